import { type Kysely, sql } from 'kysely'

/** Creates the tables of each guild's settings, and of what its members had Custos do: settings, exports, erasures. */
export async function up(db: Kysely<unknown>): Promise<void> {
  await sql`
    CREATE TABLE setting (
      guild INTEGER PRIMARY KEY,
      time_zone TEXT,
      asked INTEGER NOT NULL DEFAULT 0
    ) STRICT, WITHOUT ROWID`.execute(db)
  await sql`
    CREATE TABLE operation (
      guild INTEGER NOT NULL,
      id INTEGER NOT NULL,
      executor INTEGER NOT NULL,
      type TEXT NOT NULL,
      detail TEXT NOT NULL,
      PRIMARY KEY (guild, id)
    ) STRICT, WITHOUT ROWID`.execute(db)
  // A member has run a command where there is a query, or where one confirmed an erasure (its bound is an interaction's
  // id, which never ends in 22 ones) or where one member was erased.
  await sql`
    INSERT INTO setting (guild, asked)
    SELECT guild, 1 FROM saved_query
    UNION SELECT guild, 1 FROM erasure WHERE member <> -1 OR up_to & 4194303 <> 4194303`.execute(db)
}
