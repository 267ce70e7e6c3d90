import { UserError } from '../errors.ts'
import { areSameKinds, eitherKinds, hasKinds, isAmong, type Kinds } from '../query/filter.ts'
import { escapeMarkdown } from '../text/escape.ts'
import { ACTIONS, actionOf } from './action.ts'
import { GROUPS, type Group } from './actions/row.ts'
import { PUNISHMENTS, PUNISHMENTS_NAME } from './punishments.ts'

const CATEGORIES = ['created', 'updated', 'deleted'] as const

/** A name that the option `action` accepts, and the kinds it stands for. */
export interface ActionName {
  readonly name: string
  readonly kinds: Kinds
  readonly type: 'action' | 'group' | 'category'
  /** A more common name, if there is one. */
  readonly also?: string | undefined
}

/** Common names of actions whose name in Discord's enum is not what people search for. */
const COMMON_NAMES: Readonly<Record<string, string>> = {
  'Member Prune': 'prune',
  'Member Ban Add': 'ban',
  'Member Ban Remove': 'unban',
  'Member Timeout': 'mute',
  'Member Timeout Remove': 'unmute',
  'Member Update': 'nickname, voice mute or deafen',
  'Member Role Update': 'roles given or taken',
  'Member Move': 'moved in voice',
  'Message Bulk Delete': 'purge',
  'Guild Update': 'server settings',
  'Channel Overwrite Update': 'channel permissions',
}

/** All names that the option `action` accepts: groups, then categories, then actions in the order of their types. */
export const ACTION_NAMES: readonly ActionName[] = [
  ...GROUPS.map((group) => ({ name: group, kinds: kindsOfGroup(group), type: 'group' as const })),
  ...CATEGORIES.map((category) => ({
    name: category,
    kinds: kindsWhere((kind) => actionOf(kind).category === category),
    type: 'category' as const,
  })),
  ...[...new Set([...ACTIONS.values()].map((action) => action.name))].map((name) => ({
    name,
    kinds: kindsWhere((kind) => actionOf(kind).name === name || nameOfType(kind) === name),
    type: 'action' as const,
    also: COMMON_NAMES[name],
  })),
]

/** Names in Discord's OpenAPI specification that differ from those in its documentation. */
const ALIASES: ReadonlyMap<string, string> = new Map([
  ['automoderationusercommdisabled', 'automoderationusercommunicationdisabled'],
])

/**
 * The kinds that a text stands for: actions, groups and categories, separated by commas, each in any case and with or
 * without spaces, or the number of an action type.
 * @throws UserError if one of them does not exist
 */
export function kindsNamed(text: string): Kinds {
  const [first = text, ...others] = namesIn(text).filter((name) => name !== '')
  return others.reduce((kinds, name) => eitherKinds(kinds, kindsOfName(name)), kindsOfName(first))
}

/**
 * The texts between the commas of a list, which may be empty. Discord puts the whole text of a choice into the option, so
 * what a choice says in brackets is left out.
 */
export function namesIn(text: string): string[] {
  return text
    .replace(/\([^()]*\)?/g, '')
    .split(/[,\uFF0C\u060C\u3001]/)
    .map((name) => name.trim())
}

/** @throws UserError if there is no such action */
function kindsOfName(name: string): Kinds {
  const kinds = findKinds(name)
  if (kinds) return kinds
  throw new UserError(
    `There is no action “${escapeMarkdown(name, 60)}”. Pick one from the list that appears while you type, such as ` +
      '`Member Kick`, `Bans & kicks` or `deleted`.',
  )
}

/** The kinds that one name, or the number of an action type, stands for. */
export function findKinds(name: string): Kinds | undefined {
  const wanted = fold(name)
  const type = /^(?:unknownaction)?(\d{1,9})$/.exec(wanted)?.[1]
  if (type !== undefined) return kindsOfType(Number(type))
  const known = ALIASES.get(wanted) ?? wanted
  return ACTION_NAMES.find((action) => fold(action.name) === known)?.kinds
}

/** How many names a selection of kinds is described by. */
const MOST_NAMES = 4

/** What a selection of kinds is called: `Bans & kicks, Deletes`, or `Bans & kicks, Deletes, Member Move and 3 more`. */
export function nameOfKinds(kinds: Kinds): string {
  if (areSameKinds(kinds, PUNISHMENTS)) return PUNISHMENTS_NAME
  const names = namesOfKinds(kinds)
  if (names.length <= MOST_NAMES) return names.join(', ')
  const shown = names.slice(0, MOST_NAMES - 1)
  return `${shown.join(', ')} and ${names.length - shown.length} more`
}

/** The names that together stand for a selection: each time the one that stands for most of what is left. */
function namesOfKinds(kinds: Kinds): string[] {
  const unknown = 'anyOf' in kinds ? kinds.anyOf.filter((kind) => !ACTIONS.has(kind)) : []
  const left = new Set([...ACTIONS.keys()].filter((kind) => isAmong(kind, kinds)))
  if ('noneOf' in kinds && left.size === ACTIONS.size) return ['every action']
  const within = ACTION_NAMES.filter((action) => hasKinds(kinds, action.kinds))
  // Only “Other” stands for kinds that are not known.
  const chosen = new Set(within.filter((action) => 'noneOf' in action.kinds))
  const leftIn = ({ kinds }: ActionName) =>
    'anyOf' in kinds ? kinds.anyOf.filter((kind) => left.has(kind)) : []
  for (;;) {
    const counts = within.map((action) => leftIn(action).length)
    const best = within[counts.indexOf(Math.max(...counts))]
    if (!best || leftIn(best).length === 0) break
    chosen.add(best)
    for (const kind of leftIn(best)) left.delete(kind)
  }
  const named = ACTION_NAMES.filter((action) => chosen.has(action)).map(({ name }) => name)
  return [...named, ...new Set([...left, ...unknown].map((kind) => actionOf(kind).name))]
}

function kindsOfType(type: number): Kinds {
  return ACTIONS.has(type) ? kindsWhere((kind) => actionOf(kind).type === type) : { anyOf: [type] }
}

function kindsOfGroup(group: Group): Kinds {
  return group === 'Other'
    ? { noneOf: [...ACTIONS.keys()] }
    : kindsWhere((kind) => actionOf(kind).group === group)
}

function kindsWhere(isSelected: (kind: number) => boolean): Kinds {
  return { anyOf: [...ACTIONS.keys()].filter(isSelected) }
}

/** The name of a kind's action type. Discord logs a timeout as a Member Update, so that name finds timeouts as well. */
function nameOfType(kind: number): string {
  return actionOf(actionOf(kind).type).name
}

/** A text without case, spaces and punctuation, as names are compared. */
export function fold(text: string): string {
  return text.toLowerCase().replace(/[^\p{L}\p{N}]/gu, '')
}
