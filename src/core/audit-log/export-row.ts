import { timeOf } from '../snowflake.ts'
import { actionOf } from './action.ts'
import { isEntityType } from './actions/row.ts'
import type { Entry } from './entry.ts'
import { namedBy } from './prune-parts.ts'

/** One entry in an export. Values from Discord are exported as Discord sent them. */
interface ExportRow {
  readonly id: string
  /** ISO 8601 in UTC, with milliseconds. */
  readonly time: string
  readonly action: string
  readonly action_type: number
  readonly category: string
  /** The executor that Discord names, even where that is wrong, as in the later parts of a large prune. */
  readonly executor_id: string | null
  readonly target_id: string | null
  readonly target_type: string | null
  readonly channel_id: string | null
  readonly count: number | null
  readonly reason: string | null
  readonly changes: unknown
  readonly options: unknown
}

/** The columns of a CSV file, in order. The other fields are only in JSON. */
export const EXPORT_COLUMNS = [
  'id',
  'time',
  'action',
  'action_type',
  'category',
  'executor_id',
  'target_id',
  'target_type',
  'channel_id',
  'count',
  'reason',
  'changes',
] as const satisfies readonly (keyof ExportRow)[]

/** An entry as a row of an export. */
export function exportRow(entry: Entry): ExportRow {
  const { name, type, category, target } = actionOf(entry.kind)
  return {
    id: entry.id,
    time: new Date(timeOf(entry.id)).toISOString(),
    action: name,
    action_type: type,
    category,
    executor_id: namedBy(entry),
    target_id: entry.targetId,
    target_type: entry.targetId !== null && isEntityType(target) ? target : null,
    channel_id: entry.channelId,
    count: entry.count,
    reason: entry.reason,
    changes: entry.payload.changes ?? [],
    options: entry.payload.options ?? {},
  }
}
