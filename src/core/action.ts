import { AuditLogEvent } from 'discord-api-types/v10'
import { ACTION_ROWS, type ActionRow } from './action-table.ts'
import { type Snowflake, timeOf } from './snowflake.ts'
import { TIMEOUT_KEY, timesOut } from './timeout.ts'

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

export const catalogue: ReadonlyMap<number, Action> = new Map(
  ACTION_ROWS.map(({ enumName, ...row }) => [
    row.kind,
    { ...row, name: titleCase(enumName), category: categoryOf(row.type), object: objectOf(row.type) },
  ]),
)

/**
 * What makes nobody a moderator: what any member may do; 143 to 146 and 180, of which the actor is the offender, and
 * not the one who acted; and the later parts of a prune.
 */
const ANYBODY: readonly number[] = [
  ...[Kind.OwnUpdate, Kind.OwnRoleUpdate, Kind.PrunePart],
  ...[40, 41, 42, 100, 101, 102, 110, 111, 112, 143, 144, 145, 146, 180, 192, 193, 200, 201, 202],
]

/** What AutoMod and Discord do by themselves. Where Discord names somebody for it, that is the offender. */
const BY_THEMSELVES: ReadonlyMap<number, 'AutoMod' | 'Discord'> = new Map([
  [143, 'AutoMod'],
  [144, 'AutoMod'],
  [145, 'AutoMod'],
  [146, 'AutoMod'],
  [180, 'Discord'],
])

/** Who does what no user does, by the kind; undefined for what somebody does. */
export function doneByItself(kind: number): 'AutoMod' | 'Discord' | undefined {
  return BY_THEMSELVES.get(kind)
}

/** The kinds of actions that take a moderator's permission. */
export const MODERATING: readonly number[] = [...catalogue.keys()].filter((kind) => !ANYBODY.includes(kind))

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
  /** The entry's id, which tells when it was; without it every date lies in the future. */
  id?: Snowflake
  type: number
  executorId: string | null
  targetId: string | null
  changes: readonly { key: string; new_value?: unknown }[]
}

/** The kind of an entry: its action type, but for what Discord lumps together under member updates. */
export function kindOf({ id = '0', type, executorId, targetId, changes }: Deed): number {
  const own = executorId !== null && executorId === targetId
  if (type === 25) return own ? Kind.OwnRoleUpdate : 25
  if (type !== 24) return type
  const timeout = changes.find(({ key }) => key === TIMEOUT_KEY)
  if (timeout) return timesOut(timeout.new_value, timeOf(id)) ? Kind.Timeout : Kind.TimeoutRemove
  return own ? Kind.OwnUpdate : 24
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
