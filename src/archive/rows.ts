import { sql } from 'kysely'
import { attributionIn } from '../core/attribution/attribution.ts'
import { actionOf } from '../core/audit-log/action.ts'
import { actsOnChannel, type Entry, type EntryPayload, parseEntry } from '../core/audit-log/entry.ts'
import { scrub } from '../core/audit-log/erased.ts'
import type { Snowflake } from '../core/snowflake.ts'
import { TARGET_AS_TEXT } from './dialect-sql.ts'
import { type EntryRow, indexable, storable } from './entry-row.ts'
import { restorePayload, subtractPayload } from './payload-rest.ts'

type PayloadColumns = Omit<EntryRow, 'attribution' | 'payloadRest'>

/**
 * An entry's row. The payload can be restored from it exactly: what a column cannot hold, such as the character
 * U+0000, half a surrogate pair or a target of thousands of characters, stays in the rest of the payload, as JSON.
 */
export function toRow(entry: Entry): EntryRow {
  const columns = {
    id: entry.id,
    kind: entry.kind,
    executor: entry.executorId,
    target: indexable(entry.targetId),
    channel: entry.channelId,
    count: entry.count,
    reason: storable(entry.reason),
  }
  return {
    ...columns,
    attribution: attributionOf(columns),
    payloadRest: subtractPayload(entry.payload, payloadIn(columns)),
  }
}

/** The row of an entry whose texts are erased. The attribution is passed in, because the reason no longer has it. */
export function scrubbedRow(entry: Entry, attribution: string | null): EntryRow {
  return { ...toRow(scrub(entry)), attribution }
}

/** A target who is named in the reason is not the one who had it done to themselves. */
function attributionOf({ reason, target }: Pick<EntryRow, 'reason' | 'target'>): string | null {
  const attribution = reason === null ? undefined : attributionIn(reason)
  return attribution === undefined || attribution === target ? null : attribution
}

/**
 * The entry of a row, with the row's kind and executor, which later entries can change, and the highest count seen.
 * @throws Error when the row is no entry
 */
export function fromRow(guildId: Snowflake, row: EntryRow): Entry {
  const parsed = parseEntry(guildId, restorePayload(payloadIn(row), row.payloadRest))
  if ('rejected' in parsed)
    throw new Error(`The archive has a row that is not an entry (${row.id}): ${parsed.rejected}.`)
  return { ...parsed.entry, kind: row.kind, executorId: row.executor, count: row.count }
}

/** The part of a payload that the columns hold, as Discord would most likely have written it. */
function payloadIn(columns: PayloadColumns): EntryPayload {
  const { id, kind, executor, target, channel, count, reason } = columns
  const options = {
    ...(channel !== null && !actsOnChannel(kind) && { channel_id: channel }),
    ...(count !== null && { count: String(count) }),
  }
  return {
    id,
    action_type: actionOf(kind).type,
    user_id: executor,
    target_id: target,
    ...(reason !== null && { reason }),
    ...(Object.keys(options).length > 0 && { options }),
  }
}

/** Selects an id column as text, which keeps all its digits. */
export function idAsText<T extends string | null>(column: string) {
  return sql<T>`CAST(${sql.ref(column)} AS TEXT)`
}

/** Selects the columns of an `EntryRow`. */
export const ENTRY_COLUMNS = [
  idAsText<string>('id').as('id'),
  'kind',
  idAsText<string | null>('executor').as('executor'),
  TARGET_AS_TEXT.as('target'),
  idAsText<string | null>('channel').as('channel'),
  'count',
  'reason',
  'attribution',
  'payload_rest as payloadRest',
] as const
