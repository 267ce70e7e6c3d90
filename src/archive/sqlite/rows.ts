import { sql } from 'kysely'
import { attributionIn } from '../../core/attribution/attribution.ts'
import { actionOf } from '../../core/audit-log/action.ts'
import { actsOnChannel, type Entry, type EntryPayload, parseEntry } from '../../core/audit-log/entry.ts'
import { scrub } from '../../core/audit-log/erased.ts'
import { isSnowflake, type Snowflake } from '../../core/snowflake.ts'
import { restorePayload, subtractPayload } from './payload-rest.ts'

/** An entry as the archive reads it back: ids as text, and what its columns do not hold as JSON. */
export interface EntryRow {
  readonly id: Snowflake
  readonly kind: number
  readonly executor: Snowflake | null
  readonly target: string | null
  readonly channel: Snowflake | null
  readonly count: number | null
  readonly reason: string | null
  readonly attribution: string | null
  readonly payloadRest: string
}

/**
 * An entry's row. The payload can be put together again from it, exactly: half a surrogate pair, which SQLite
 * cannot hold, stays in the remainder, where JSON writes it as an escape.
 */
export function toRow(entry: Entry): EntryRow {
  const columns = {
    id: entry.id,
    kind: entry.kind,
    executor: entry.executorId,
    target: entry.targetId?.toWellFormed() ?? null,
    channel: entry.channelId,
    count: entry.count,
    reason: entry.reason?.toWellFormed() ?? null,
  }
  return { ...columns, attribution: claimOf(columns), payloadRest: subtractPayload(entry.payload, held(columns)) }
}

/** The row of an entry whose texts are erased; whom it was done for, the reason can no longer tell. */
export function scrubbedRow(entry: Entry, attribution: string | null): EntryRow {
  return { ...toRow(scrub(entry)), attribution: attribution }
}

/** Whom the reason says it was done for. Nobody asks for what is done to them: such a name was only spoken of. */
function claimOf({ reason, target }: Pick<EntryRow, 'reason' | 'target'>): string | null {
  const attribution = reason === null ? undefined : attributionIn(reason)
  return attribution === undefined || attribution === target ? null : attribution
}

/** The entry a row was made of, as it was judged, and with the highest count that was seen of it. */
export function fromRow(guildId: Snowflake, row: EntryRow): Entry {
  const parsed = parseEntry(guildId, restorePayload(held(row), row.payloadRest))
  if ('refused' in parsed)
    throw new Error(`The archive holds a row that is no entry (${row.id}): ${parsed.refused}.`)
  return { ...parsed.entry, kind: row.kind, executorId: row.executor, count: row.count }
}

/** The part of a payload that the columns hold, as Discord would most likely have written it. */
function held({
  id,
  kind,
  executor,
  target,
  channel,
  count,
  reason,
}: Omit<EntryRow, 'claim' | 'remainder'>): EntryPayload {
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

/** An id column, read without losing a digit. */
export function idAsText<T extends string | null>(column: string) {
  return sql<T>`CAST(${sql.ref(column)} AS TEXT)`
}

/** What is selected of the entries to make such rows. */
export const ENTRY_COLUMNS = [
  idAsText<string>('id').as('id'),
  'kind',
  idAsText<string | null>('executor').as('executor'),
  idAsText<string | null>('target').as('target'),
  idAsText<string | null>('channel').as('channel'),
  'count',
  'reason',
  'claim',
  'remainder',
] as const

/** What a target is stored as: a snowflake as an integer, any other id as the text it is. */
export function targetKey(targetId: string): bigint | string {
  return isSnowflake(targetId) ? BigInt(targetId) : targetId
}
