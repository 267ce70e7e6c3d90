import { actionOf, catalogue } from './action.ts'
import { GROUPS, type Group } from './action-table.ts'
import type { Kinds } from './filter.ts'
import { inert } from './inert.ts'
import { UserError } from './user-error.ts'

const CATEGORIES = ['created', 'updated', 'deleted'] as const

/** A name that `action:` takes, and the kinds it stands for. */
interface ActionName {
  readonly name: string
  readonly kinds: Kinds
  /** What it is, for the list that autocomplete shows. */
  readonly is: 'action' | 'group' | 'category'
}

/** Every name that `action:` takes: groups, then categories, then actions in the order of Discord's types. */
export const ACTION_NAMES: readonly ActionName[] = [
  ...GROUPS.map((group) => ({ name: group, kinds: kindsOfGroup(group), is: 'group' as const })),
  ...CATEGORIES.map((category) => ({
    name: category,
    kinds: kindsWhere((kind) => actionOf(kind).category === category),
    is: 'category' as const,
  })),
  ...[...new Set([...catalogue.values()].map((action) => action.name))].map((name) => ({
    name,
    kinds: kindsWhere((kind) => actionOf(kind).name === name || nameOfType(kind) === name),
    is: 'action' as const,
  })),
]

/**
 * The kinds a name stands for: an action, a group or a category, in any case and with or without spaces.
 * @throws UserError when there is no such action
 */
export function kindsNamed(text: string): Kinds {
  const wanted = fold(text)
  const unknown = /^(?:unknownaction)?(\d{1,9})$/.exec(wanted)?.[1]
  if (unknown !== undefined) {
    const type = Number(unknown)
    return catalogue.has(type) ? kindsWhere((kind) => actionOf(kind).type === type) : { anyOf: [type] }
  }
  const found = ACTION_NAMES.find(
    (action) => fold(action.name) === ALIASES.get(wanted) || fold(action.name) === wanted,
  )
  if (found) return found.kinds
  throw new UserError(
    `There is no action “${inert(text, 60)}”. Pick one from the list that appears while you type, such as ` +
      '`Member Kick`, `Bans & kicks` or `deleted`.',
  )
}

/** Names of Discord's OpenAPI specification that differ from its documentation. */
const ALIASES = new Map([['automoderationusercommdisabled', 'automoderationusercommunicationdisabled']])

function kindsOfGroup(group: Group): Kinds {
  return group === 'Other'
    ? { noneOf: [...catalogue.keys()] }
    : kindsWhere((kind) => actionOf(kind).group === group)
}

function kindsWhere(belongs: (kind: number) => boolean): Kinds {
  return { anyOf: [...catalogue.keys()].filter(belongs) }
}

/** A timeout is a Member Update to Discord, so that name finds it too. */
function nameOfType(kind: number): string {
  return actionOf(actionOf(kind).type).name
}

function fold(text: string): string {
  return text.toLowerCase().replace(/[^\p{L}\p{N}]/gu, '')
}
