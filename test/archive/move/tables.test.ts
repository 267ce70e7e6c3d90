import { sql } from 'kysely'
import { expect, inject, test } from 'vitest'
import { MOVED_TABLES, REBUILT_TABLES } from '../../../src/archive/move/tables.ts'
import { parsePostgresUrl } from '../../../src/archive/postgres/address/parse-url.ts'
import { connect } from '../../../src/archive/postgres/connection/connections.ts'
import { openInProcess } from '../../../src/archive/sqlite/connection/in-process.ts'
import { migrate } from '../../../src/archive/sqlite/migrate.ts'
import { SILENT } from '../../../src/core/log.ts'
import { postgresDatabase } from '../../support/postgres/postgres-database.ts'

/** The columns of PostgreSQL that are made of others. */
const DERIVED = ['entry.target_text', 'entry.reason_folded']

/** What processes that run share, which is worth nothing elsewhere. */
const OF_PROCESSES = ['identify', 'shard_lease']

const moved = MOVED_TABLES.flatMap(({ name, columns }) =>
  Object.keys(columns).map((column) => `${name}.${column}`),
)

test('a move copies every column of every table of the database that Custos does not fill by itself', async () => {
  const others = [...REBUILT_TABLES, ...OF_PROCESSES]
  const isCopied = (column: string) =>
    !DERIVED.includes(column) && !others.includes(column.split('.')[0] ?? '')
  expect((await columnsOfDatabase()).filter(isCopied).sort()).toEqual(moved.sort())
})

async function columnsOfDatabase(): Promise<string[]> {
  const query =
    inject('postgres') === undefined
      ? sql<{ name: string }>`
          SELECT t.name || '.' || c.name AS name FROM pragma_table_list AS t, pragma_table_info(t.name) AS c
          WHERE t.schema = 'main' AND t.name NOT LIKE 'sqlite_%' AND t.name NOT LIKE 'kysely_%'`
      : sql<{ name: string }>`
          SELECT table_name || '.' || column_name AS name FROM information_schema.columns
          WHERE table_schema = current_schema() AND table_name NOT LIKE 'kysely_%'`
  if (inject('postgres') === undefined) {
    const db = openInProcess<unknown>(':memory:')
    await migrate(db)
    const { rows } = await query.execute(db)
    await db.destroy()
    return rows.map(({ name }) => name)
  }
  const connections = connect(parsePostgresUrl(await postgresDatabase(), 'the database'), SILENT)
  const { rows } = await query.execute(connections.reader())
  await connections.close()
  return rows.map(({ name }) => name)
}
