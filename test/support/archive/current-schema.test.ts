import { type Kysely, sql } from 'kysely'
import { expect, test } from 'vitest'
import type { Schema } from '../../../src/archive/schema.ts'
import { openInProcess } from '../../../src/archive/sqlite/connection/in-process.ts'
import { migrate } from '../../../src/archive/sqlite/migrate.ts'
import { createCurrentSchema } from './current-schema.ts'

test('the archives of tests have the schema and the statistics of one that was migrated', async () => {
  const migrated = openInProcess<Schema>(':memory:')
  await migrate(migrated)
  const created = openInProcess<Schema>(':memory:')
  await createCurrentSchema(created)
  expect(await partsOf(created)).toEqual(await partsOf(migrated))
})

async function partsOf(db: Kysely<Schema>) {
  const schema = await sql`SELECT type, name, tbl_name, sql FROM sqlite_schema ORDER BY type, name`.execute(
    db,
  )
  const statistics = await sql`SELECT * FROM sqlite_stat1 ORDER BY tbl, idx`.execute(db)
  return [...schema.rows, ...statistics.rows]
}
