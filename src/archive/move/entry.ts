import { type EntryRow, storable } from '../entry-row.ts'
import { fromRow, toRow } from '../rows.ts'
import type { MovedTable, Row } from './tables.ts'

/** @throws Error when a column is null that never is */
export function toEntryRow(row: Row): EntryRow {
  const { count = null } = row
  return {
    id: required(row, 'id'),
    kind: Number(required(row, 'kind')),
    executor: row.executor ?? null,
    target: row.target ?? null,
    channel: row.channel ?? null,
    count: count === null ? null : Number(count),
    reason: row.reason ?? null,
    attribution: row.attribution ?? null,
    payloadRest: required(row, 'payload_rest'),
  }
}

/**
 * A row without the character U+0000, which PostgreSQL cannot store in texts, and which earlier versions stored in SQLite.
 * The payload of an entry keeps it, in the rest of the payload.
 */
export function withoutNul({ name }: MovedTable, row: Row): Row {
  if (!Object.values(row).some((value) => value?.includes('\0'))) return row
  const texts = Object.fromEntries(Object.entries(row).map(([column, value]) => [column, storable(value)]))
  if (name !== 'entry') return texts
  const { payloadRest } = toRow(fromRow(required(row, 'guild_id'), toEntryRow(row)))
  return { ...texts, payload_rest: payloadRest }
}

function required(row: Row, column: string): string {
  const value = row[column] ?? null
  if (value === null) throw new Error(`A row of the source has no ${column}.`)
  return value
}
