import { type Kysely, sql } from 'kysely'

/** Creates the tables of each guild's settings, and of what its members had Custos do: settings, exports, erasures. */
export async function up(db: Kysely<unknown>): Promise<void> {
  await sql`CREATE TABLE setting (guild INTEGER PRIMARY KEY, time_zone TEXT) STRICT, WITHOUT ROWID`.execute(
    db,
  )
  await sql`
    CREATE TABLE operation (
      guild INTEGER NOT NULL,
      id INTEGER NOT NULL,
      executor INTEGER NOT NULL,
      type TEXT NOT NULL,
      detail TEXT NOT NULL,
      PRIMARY KEY (guild, id)
    ) STRICT, WITHOUT ROWID`.execute(db)
}
