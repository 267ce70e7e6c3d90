import { AuditLogEvent } from 'discord-api-types/v10'
import { type Snowflake, timeOf } from '../snowflake.ts'
import { ACTION_ROWS, type ActionRow } from './action-table.ts'
import { TIMEOUT_KEY, timesOut } from './timeout.ts'
import { ActionType } from './undocumented.ts'

/** What an action does to its object, by the ending of its name at Discord. */
export type Category = 'created' | 'updated' | 'deleted' | 'none'

/** What an entry is about: one row of the catalogue, or a type Discord has not told anybody of. */
export interface Action extends Omit<ActionRow, 'enumName'> {
  /** Discord's own name in title case: `Member Ban Add`. */
  readonly name: string
  readonly category: Category
  /** What sort of object the action is done to, such as `channel_overwrite`. */
  readonly object: string
}

/**
 * Kinds below zero are what Discord logs under one action type and a moderator tells apart. The archive keeps
 * the kind of each entry, so that counts can tell them apart too.
 */
export const Kind = {
  Timeout: -1,
  TimeoutRemove: -2,
  OwnUpdate: -3,
  OwnRoleUpdate: -4,
  /** A later part of a large prune, for which Discord names a pruned member (see `judgePrunes`). */
  PrunePart: -5,
} as const

/** Every action that is known, by its kind. */
export const catalogue: ReadonlyMap<number, Action> = new Map(
  ACTION_ROWS.map(({ enumName, ...row }) => [
    row.kind,
    { ...row, name: titleCase(enumName), category: categoryOf(row.type), object: objectOf(row.type) },
  ]),
)

/** What members do without a moderator's permission. */
const BY_ANY_MEMBER: ReadonlySet<number> = new Set([
  Kind.OwnUpdate,
  Kind.OwnRoleUpdate,
  ActionType.InviteCreate,
  ActionType.InviteUpdate,
  ActionType.InviteDelete,
  ActionType.GuildScheduledEventCreate,
  ActionType.GuildScheduledEventUpdate,
  ActionType.GuildScheduledEventDelete,
  ActionType.GuildScheduledEventExceptionCreate,
  ActionType.GuildScheduledEventExceptionUpdate,
  ActionType.GuildScheduledEventExceptionDelete,
  ActionType.ThreadCreate,
  ActionType.ThreadUpdate,
  ActionType.ThreadDelete,
  ActionType.VoiceChannelStatusCreate,
  ActionType.VoiceChannelStatusDelete,
])

/** What AutoMod and Discord do by themselves. Where Discord names somebody for it, that is the offender. */
const BY_THEMSELVES: ReadonlyMap<number, 'AutoMod' | 'Discord'> = new Map([
  [ActionType.AutoModerationBlockMessage, 'AutoMod'],
  [ActionType.AutoModerationFlagToChannel, 'AutoMod'],
  [ActionType.AutoModerationUserCommunicationDisabled, 'AutoMod'],
  [ActionType.AutoModerationQuarantineUser, 'AutoMod'],
  [ActionType.HarmfulLinksBlockedMessage, 'Discord'],
])

/** Which of the two does what a kind of entry tells; undefined for what users do. */
export function doneByItself(kind: number): 'AutoMod' | 'Discord' | undefined {
  return BY_THEMSELVES.get(kind)
}

/** The kinds of actions that take a moderator's permission. */
export const MODERATING: readonly number[] = [...catalogue.keys()].filter(
  (kind) => kind !== Kind.PrunePart && !BY_ANY_MEMBER.has(kind) && !BY_THEMSELVES.has(kind),
)

/**
 * The kinds whose entries Discord folds later acts into: their count grows, and no event tells of it.
 * https://docs.discord.com/developers/resources/audit-log#audit-log-entry-object-optional-audit-entry-info
 */
export const GROWING: readonly number[] = [
  AuditLogEvent.MessageDelete,
  AuditLogEvent.MemberMove,
  AuditLogEvent.MemberDisconnect,
]

/** The catalogue's row for a kind; a kind nobody knows is described as such, never dropped. */
export function actionOf(kind: number): Action {
  return (
    catalogue.get(kind) ?? {
      kind,
      type: kind,
      name: `Unknown action ${kind}`,
      category: 'none',
      object: 'unknown',
      group: 'Other',
      target: 'thing',
      emoji: '❔',
      says: '{by} did something Custos does not know yet[ to {target}]',
    }
  )
}

interface Deed {
  /** The entry's id, which tells when it was made. Without it, every date counts as later. */
  id?: Snowflake
  type: number
  executorId: string | null
  targetId: string | null
  changes: readonly { key: string; new_value?: unknown }[]
}

/** The kind of an entry: its action type, but for what Discord lumps together under member updates. */
export function kindOf({ id = '0', type, executorId, targetId, changes }: Deed): number {
  const own = executorId !== null && executorId === targetId
  if (type === ActionType.MemberRoleUpdate) return own ? Kind.OwnRoleUpdate : type
  if (type !== ActionType.MemberUpdate) return type
  const timeout = changes.find(({ key }) => key === TIMEOUT_KEY)
  if (timeout) return timesOut(timeout.new_value, timeOf(id)) ? Kind.Timeout : Kind.TimeoutRemove
  return own ? Kind.OwnUpdate : type
}

function titleCase(enumName: string): string {
  return enumName
    .toLowerCase()
    .split('_')
    .map((word) => (word === 'ai' ? 'AI' : word.charAt(0).toUpperCase() + word.slice(1)))
    .join(' ')
}

/** Discord's own name for a type, which a timeout shares with every Member Update. */
function nameOfType(type: number): string {
  return ACTION_ROWS.find(({ kind }) => kind === type)?.enumName ?? ''
}

function categoryOf(type: number): Category {
  const name = nameOfType(type)
  if (name.endsWith('_CREATE')) return 'created'
  if (name.endsWith('_UPDATE')) return 'updated'
  return name.endsWith('_DELETE') ? 'deleted' : 'none'
}

function objectOf(type: number): string {
  return nameOfType(type)
    .replace(/_[A-Z]+$/, '')
    .toLowerCase()
}
