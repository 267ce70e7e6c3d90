import { type EntryRow, indexable, storable } from '../entry-row.ts'
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

/** Columns of text with an index. */
const INDEXED: readonly string[] = ['target', 'name', 'folded', 'alias']

/**
 * A row without what PostgreSQL cannot store, and earlier versions stored in SQLite: the character U+0000, and texts that
 * no index can hold. The payload of an entry keeps it, in the rest of the payload.
 */
export function asStorable({ name }: MovedTable, row: Row): Row {
  const columns = Object.entries(row)
  if (columns.every(isStorable)) return row
  const texts = Object.fromEntries(columns.map(([column, value]) => [column, stored(column, value)]))
  if (name !== 'entry') return texts
  const { payloadRest } = toRow(fromRow(required(row, 'guild_id'), toEntryRow(row)))
  return { ...texts, payload_rest: payloadRest }
}

function isStorable([column, value]: readonly [column: string, value: string | null]): boolean {
  // Millions of rows have nothing else to look at.
  if (!INDEXED.includes(column)) return value?.includes('\0') !== true
  return value === stored(column, value)
}

function stored(column: string, value: string | null): string | null {
  return INDEXED.includes(column) ? indexable(value) : storable(value)
}

function required(row: Row, column: string): string {
  const value = row[column] ?? null
  if (value === null) throw new Error(`A row of the source has no ${column}.`)
  return value
}
