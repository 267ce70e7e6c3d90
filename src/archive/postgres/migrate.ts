import { type Kysely, sql } from 'kysely'
import { Migrator } from 'kysely/migration'
import { OperatorError } from '../../core/errors.ts'
import type { Schema } from '../schema.ts'
import { migrations } from './migrations/index.ts'

/** What is the first version with all that the statements need. */
const OLDEST_SERVER = 15

/**
 * Brings a database to the current schema, in one transaction. Of several processes that do so at once, one does, and the
 * others wait for it.
 * @throws OperatorError when the server is too old, or the database is not one of this version
 */
export async function migrate(db: Kysely<Schema>): Promise<void> {
  await requireServer(db)
  await requireKnown(db)
  const migrator = new Migrator({ db, provider: { getMigrations: async () => migrations } })
  const { error } = await migrator.migrateToLatest()
  if (error !== undefined) throw error
}

async function requireServer(db: Kysely<Schema>): Promise<void> {
  const { rows } = await sql<{ version: number }>`
    SELECT current_setting('server_version_num')::integer / 10000 AS version`.execute(db)
  const version = rows[0]?.version ?? 0
  if (version >= OLDEST_SERVER) return
  throw new OperatorError(
    `The archive needs PostgreSQL ${OLDEST_SERVER} or later, but the server is PostgreSQL ${version}. Upgrade the server.`,
  )
}

async function requireKnown(db: Kysely<Schema>): Promise<void> {
  const { rows } = await sql<{ table: string }>`
    SELECT tablename AS "table" FROM pg_tables WHERE schemaname = current_schema()`.execute(db)
  const tables = rows.map(({ table }) => table)
  if (!tables.includes('kysely_migration')) {
    if (!tables.includes('entry')) return
    throw new OperatorError(
      'The database has tables of another program. Create a database for Custos, and set DATABASE_URL to that.',
    )
  }
  const { rows: applied } = await sql<{ name: string }>`SELECT name FROM kysely_migration`.execute(db)
  if (applied.every(({ name }) => Object.hasOwn(migrations, name))) return
  throw new OperatorError(
    'A newer version of Custos has changed the database, so this version cannot use it. Run the newer version, or ' +
      'restore a backup from before the upgrade.',
  )
}
