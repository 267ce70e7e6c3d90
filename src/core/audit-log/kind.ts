import { type Snowflake, timeOf } from '../snowflake.ts'
import { TIMEOUT_KEY, timesOut } from './timeout.ts'
import { ActionType } from './undocumented.ts'

/**
 * The kinds below zero: actions that Discord logs under the type of another action. Every other kind is the action type
 * itself. The archive stores the kind of each entry, so these numbers must never change.
 */
export const Kind = {
  Timeout: -1,
  TimeoutRemove: -2,
  OwnUpdate: -3,
  OwnRoleUpdate: -4,
  /** A later part of a large prune. Discord names a pruned member as its executor (see `judgePrunes`). */
  PrunePart: -5,
} as const

/** The fields of an entry that its kind depends on. */
interface KindFacts {
  /** The entry's id, which contains its time. Without it, the end of a timeout counts as in the future. */
  readonly id?: Snowflake
  readonly type: number
  readonly executorId: string | null
  readonly targetId: string | null
  readonly changes: readonly { readonly key: string; readonly new_value?: unknown }[]
}

/** The kind of an entry: one of `Kind` for some member updates, and the action type for all others. */
export function kindOf({ id = '0', type, executorId, targetId, changes }: KindFacts): number {
  const isOwn = executorId !== null && executorId === targetId
  if (type === ActionType.MemberRoleUpdate) return isOwn ? Kind.OwnRoleUpdate : type
  if (type !== ActionType.MemberUpdate) return type
  const timeout = changes.find(({ key }) => key === TIMEOUT_KEY)
  if (timeout) return timesOut(timeout.new_value, timeOf(id)) ? Kind.Timeout : Kind.TimeoutRemove
  return isOwn ? Kind.OwnUpdate : type
}
