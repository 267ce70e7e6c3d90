import { type Kysely, sql } from 'kysely'
import { DEFAULT_MIGRATION_TABLE, Migrator } from 'kysely/migration'
import { OperatorError } from '../../core/errors.ts'
import { type Log, SILENT } from '../../core/log.ts'
import { logUpgrade } from '../open/log-upgrade.ts'
import type { Schema } from '../schema.ts'
import { migrations } from './migrations/index.ts'

/** What is the first version with all that the statements need. */
const OLDEST_SERVER = 15

/**
 * Brings a database to the current schema, in one transaction. Of several processes that do so at once, one does, and the
 * others wait for it.
 * @throws OperatorError when the server is too old, or the database is not one of this version or cannot store every text
 */
export async function migrate(db: Kysely<Schema>, log: Log = SILENT): Promise<void> {
  await requireServer(db)
  await requireEncoding(db)
  const migrationTableSchema = await requireSchema(db)
  await requireKnown(db)
  const migrator = new Migrator({
    db,
    provider: { getMigrations: async () => migrations },
    // Without it, Kysely takes the table of an archive in another schema for this one's.
    migrationTableSchema,
  })
  await logUpgrade(migrator, log)
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

/** With any other encoding, entries whose names or reasons have characters that it lacks could not be stored. */
async function requireEncoding(db: Kysely<Schema>): Promise<void> {
  const { rows } = await sql<{ encoding: string }>`
    SELECT current_setting('server_encoding') AS encoding`.execute(db)
  const encoding = rows[0]?.encoding
  if (encoding === 'UTF8') return
  throw new OperatorError(
    `The database stores texts in ${encoding}, which lacks characters that names and reasons have. Create another one: ` +
      "CREATE DATABASE … TEMPLATE template0 ENCODING 'UTF8'.",
  )
}

/** The schema that the archive's tables are in: the first one of the search path that exists. */
async function requireSchema(db: Kysely<Schema>): Promise<string> {
  const { rows } = await sql<{ schema: string | null; path: string }>`
    SELECT current_schema() AS schema, current_setting('search_path') AS path`.execute(db)
  const { schema = null, path = '' } = rows[0] ?? {}
  if (schema !== null) return schema
  throw new OperatorError(
    `The database has no schema for the archive: none of its search_path (${path}) exists. Create it with CREATE SCHEMA, ` +
      'or correct search_path in DATABASE_URL.',
  )
}

async function requireKnown(db: Kysely<Schema>): Promise<void> {
  const tables = await tablesIn(db)
  if (tables.length === 0) return
  const applied = tables.includes(DEFAULT_MIGRATION_TABLE) ? await appliedIn(db) : undefined
  if (applied?.every((name) => Object.hasOwn(migrations, name))) return
  throw new OperatorError(
    applied?.some((name) => Object.hasOwn(migrations, name))
      ? 'A newer version of Custos has changed the database, so this version cannot use it. Run the newer version, or ' +
          'restore a backup from before the upgrade.'
      : 'The database has tables of another program. Create a database for Custos, and set DATABASE_URL to that.',
  )
}

/** The tables in the archive's schema, but those that belong to an extension. */
export async function tablesIn(db: Kysely<Schema>): Promise<string[]> {
  const { rows } = await sql<{ table: string }>`
    SELECT relname AS "table" FROM pg_class
    WHERE relnamespace = current_schema()::regnamespace AND relkind IN ('r', 'p')
      AND NOT EXISTS (
        SELECT 1 FROM pg_depend WHERE classid = 'pg_class'::regclass AND objid = pg_class.oid AND deptype = 'e'
      )`.execute(db)
  return rows.map(({ table }) => table)
}

/** The migrations that a database has. */
export async function appliedIn(db: Kysely<Schema>): Promise<string[]> {
  const { rows } = await sql<{
    name: string
  }>`SELECT name FROM ${sql.table(DEFAULT_MIGRATION_TABLE)}`.execute(db)
  return rows.map(({ name }) => name)
}
