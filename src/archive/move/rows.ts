import { type Kysely, type RawBuilder, sql } from 'kysely'
import {
  byDialect,
  type Columns,
  type ColumnValue,
  type DialectSql,
  TARGET_AS_TEXT,
  table as tableOf,
} from '../dialect-sql.ts'
import type { Schema } from '../schema.ts'
import { asStorable, toEntryRow } from './entry.ts'
import type { MovedTable, Row } from './tables.ts'

/** How many rows are read and written at once. Most have a few hundred bytes. */
const PAGE = 4000

/**
 * Reads a table in the order of its key, in pages. The next page is requested while one is used.
 * @param past the key of the row before the first
 */
export async function* pagesOf(
  db: Kysely<Schema>,
  table: MovedTable,
  past?: Row,
): AsyncGenerator<readonly Row[]> {
  let next: Promise<readonly Row[]> | undefined = readPage(db, table, past)
  while (next !== undefined) {
    const page: readonly Row[] = await next
    const last = page.at(-1)
    if (!last) return
    next = page.length < PAGE ? undefined : readPage(db, table, last)
    // It fails where it is waited for, and nobody waits for it after an error.
    next?.catch(() => {})
    yield page.map((row) => asStorable(table, row))
  }
}

async function readPage(
  db: Kysely<Schema>,
  table: MovedTable,
  past: Row | undefined,
): Promise<readonly Row[]> {
  const { name, key, columns } = table
  const selected = Object.entries(columns).map(([column, type]) => asText(name, column, type))
  const order = sql.join(key.map((column) => reference(name, column)))
  const after =
    past && sql`WHERE (${order}) > (${sql.join(key.map((column) => keyValue(table, column, past)))})`
  const { rows } = await sql<Row>`
    SELECT ${sql.join(selected)} FROM ${sql.table(name)} ${after ?? sql``}
    ORDER BY ${order} LIMIT ${sql.lit(PAGE)}`.execute(db)
  return rows
}

/** The key of the last row of a table. */
export async function lastKeyOf(
  db: Kysely<Schema>,
  { name, key, columns }: MovedTable,
): Promise<Row | undefined> {
  const selected = key.map((column) => asText(name, column, columns[column]))
  const order = key.map((column) => sql`${reference(name, column)} DESC`)
  const { rows } = await sql<Row>`
    SELECT ${sql.join(selected)} FROM ${sql.table(name)} ORDER BY ${sql.join(order)} LIMIT 1`.execute(db)
  return rows[0]
}

/** Adds new rows: all of them or none. */
export async function insertRows(db: Kysely<Schema>, table: MovedTable, rows: readonly Row[]): Promise<void> {
  await sql`${byDialect((dialect) => insertion(dialect, table, rows))}`.execute(db)
}

function insertion(dialect: DialectSql, table: MovedTable, rows: readonly Row[]): RawBuilder<unknown> {
  const { columns, values } = table.name === 'entry' ? entriesFor(dialect, rows) : valuesOf(table, rows)
  const names = sql.join(Object.keys(columns).map((name) => sql.ref(name)))
  return sql`
    INSERT INTO ${sql.table(table.name)} (${names}) SELECT ${names} FROM ${tableOf(columns, values)} AS moved`
}

interface Values {
  readonly columns: Columns
  readonly values: readonly (readonly ColumnValue[])[]
}

function valuesOf({ columns }: MovedTable, rows: readonly Row[]): Values {
  return { columns, values: rows.map((row) => Object.keys(columns).map((column) => row[column] ?? null)) }
}

/** The columns of `entry` are not the same in both databases. */
function entriesFor({ entryColumns }: DialectSql, rows: readonly Row[]): Values {
  return {
    columns: {
      guild_id: 'bigint',
      id: 'bigint',
      ...Object.fromEntries(entryColumns.map(({ name, type }) => [name, type])),
    },
    values: rows.map((row) => {
      const entry = toEntryRow(row)
      return [row.guild_id ?? null, entry.id, ...entryColumns.map(({ of }) => of(entry))]
    }),
  }
}

function reference(table: string, column: string): RawBuilder<unknown> {
  return sql.ref(`${table}.${column}`)
}

function asText(table: string, column: string, type: Columns[string] | undefined): RawBuilder<unknown> {
  const isTarget = table === 'entry' && column === 'target'
  const value = isTarget ? TARGET_AS_TEXT : reference(table, column)
  const isText = type === 'text' || type === 'json'
  return sql`${isText ? value : sql`CAST(${value} AS TEXT)`} AS ${sql.ref(column)}`
}

function keyValue({ columns }: MovedTable, column: string, row: Row): string | bigint {
  const value = row[column] ?? ''
  return columns[column] === 'text' ? value : BigInt(value)
}
