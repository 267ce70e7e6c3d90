import { classOf } from '../names/entity-class.ts'
import type { Names } from '../names/names.ts'
import { timeOf } from '../snowflake.ts'
import { actionOf } from './action.ts'
import { isEntityType, type TargetType } from './actions/row.ts'
import type { Entry } from './entry.ts'
import { namedBy } from './prune-parts.ts'

/**
 * One entry in an export. Values from Discord are exported as Discord sent them. Names are the last ones recorded, without
 * marks; null if none is.
 */
export interface ExportRow {
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
  readonly executor_name: string | null
  readonly target_name: string | null
  readonly channel_name: string | null
  /** The member whom a bot acted for. */
  readonly on_behalf_of_id: string | null
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
  'executor_name',
  'target_name',
  'channel_name',
  'on_behalf_of_id',
] as const satisfies readonly (keyof ExportRow)[]

/** The ids whose names are in the row of an entry. */
export function namedInRow(entry: Entry): string[] {
  return [namedBy(entry), entry.targetId, entry.channelId].filter((id) => id !== null)
}

/** An entry as a row of an export. */
export function exportRow(entry: Entry, names: Names): ExportRow {
  const { id, targetId, channelId, count, reason, payload } = entry
  const { name, type, category, target } = actionOf(entry.kind)
  const executorId = namedBy(entry)
  return {
    id,
    time: new Date(timeOf(id)).toISOString(),
    action: name,
    action_type: type,
    category,
    executor_id: executorId,
    target_id: targetId,
    target_type: targetId !== null && isEntityType(target) ? target : null,
    channel_id: channelId,
    count,
    reason,
    changes: payload.changes ?? [],
    executor_name: executorId === null ? null : nameIn(names, executorId, 'user'),
    target_name: targetId === null ? null : nameIn(names, targetId, target),
    channel_name: channelId === null ? null : nameIn(names, channelId, 'channel'),
    on_behalf_of_id: entry.onBehalfOfId,
    options: payload.options ?? {},
  }
}

/** The name of what has an id. The author of a message is a user or a webhook. */
function nameIn(names: Names, id: string, type: TargetType): string | null {
  const isUser = isEntityType(type) && classOf(type) === 'user'
  const sought = isUser ? names.authorClass(id) : type
  return names.find(id, isEntityType(sought) ? sought : undefined)?.name ?? null
}
