import { UserError } from '../errors.ts'
import type { Kinds } from '../query/filter.ts'
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
 * The kinds that a name stands for: an action, a group or a category, in any case and with or without spaces, or the
 * number of an action type.
 * @throws UserError if there is no such action
 */
export function kindsNamed(text: string): Kinds {
  const wanted = fold(text)
  const type = /^(?:unknownaction)?(\d{1,9})$/.exec(wanted)?.[1]
  if (type !== undefined) return kindsOfType(Number(type))
  const known = ALIASES.get(wanted) ?? wanted
  const found = ACTION_NAMES.find((action) => fold(action.name) === known)
  if (found) return found.kinds
  throw new UserError(
    `There is no action “${escapeMarkdown(text, 60)}”. Pick one from the list that appears while you type, such as ` +
      '`Member Kick`, `Bans & kicks` or `deleted`.',
  )
}

/** The name of a selection of kinds; if it has none, the names of its actions. */
export function nameOfKinds(kinds: Kinds): string {
  const wanted = JSON.stringify(kinds)
  if (wanted === JSON.stringify(PUNISHMENTS)) return PUNISHMENTS_NAME
  const found = ACTION_NAMES.find((action) => JSON.stringify(action.kinds) === wanted)
  return (
    found?.name ?? ('anyOf' in kinds ? kinds.anyOf.map((kind) => actionOf(kind).name).join(', ') : 'Other')
  )
}

/**
 * The names that match a typed text, best first: names that begin with it, then names whose common name does, names
 * with a word that does, and names that contain it. Among equal matches, kinds that occurred in the guild come first.
 */
export function suggestActions(typed: string, seen: ReadonlySet<number>): ActionName[] {
  const wanted = fold(typed)
  const distanceOf = ({ name, also = '' }: ActionName): number => {
    const words = `${name} ${also}`
    if (fold(name).startsWith(wanted)) return 0
    if (also !== '' && fold(also).startsWith(wanted)) return 1
    if (words.split(/\P{L}+/u).some((word) => fold(word).startsWith(wanted))) return 2
    return fold(words).includes(wanted) ? 3 : 4
  }
  const isSeen = ({ kinds }: ActionName) =>
    'anyOf' in kinds
      ? kinds.anyOf.some((kind) => seen.has(kind))
      : [...seen].some((kind) => !ACTIONS.has(kind))
  return ACTION_NAMES.map((action) => ({
    action,
    distance: distanceOf(action),
    unseen: Number(!isSeen(action)),
  }))
    .filter((candidate) => candidate.distance < 4)
    .sort((a, b) => a.distance - b.distance || a.unseen - b.unseen)
    .map(({ action }) => action)
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

function fold(text: string): string {
  return text.toLowerCase().replace(/[^\p{L}\p{N}]/gu, '')
}
