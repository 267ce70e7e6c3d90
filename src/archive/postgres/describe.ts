import { type Kysely, sql } from 'kysely'
import type { Schema } from '../schema.ts'
import { migrations } from './migrations/index.ts'

/** The indexes for searches of a text, which a database lacks if the extensions for them could not be created. */
const TEXT_INDEXES = ['entry_by_reason', 'name_by_part']

/** What an operator has to know of a database that is open. */
interface Description {
  /** The server and its version. */
  readonly database: string
  /** The last migration of this version. */
  readonly schema: string | undefined
  /** Whether texts are searched with indexes. */
  readonly textIndexes: boolean
}

export async function describe(db: Kysely<Schema>): Promise<Description> {
  const { rows } = await sql<{ version: string; indexes: number }>`
    SELECT current_setting('server_version') AS version,
      (SELECT count(*)::integer FROM pg_class WHERE relname IN (${sql.join(TEXT_INDEXES)})
        AND relnamespace = current_schema()::regnamespace) AS indexes`.execute(db)
  const { version = '', indexes = 0 } = rows[0] ?? {}
  return {
    database: `PostgreSQL ${version}`,
    schema: Object.keys(migrations).at(-1),
    textIndexes: indexes === TEXT_INDEXES.length,
  }
}
