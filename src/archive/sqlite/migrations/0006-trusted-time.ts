import { type Kysely, sql } from 'kysely'

/**
 * Creates the table of the last trusted time, so that a wrong clock cannot make the archive erase too much, and the table
 * of purged entries that bots made for an erased member, whose name is no longer stored to recognize them by.
 */
export async function up(db: Kysely<unknown>): Promise<void> {
  await sql`CREATE TABLE trusted (one INTEGER PRIMARY KEY CHECK (one = 1), at INTEGER NOT NULL) STRICT`.execute(
    db,
  )
  await sql`ALTER TABLE departure ADD COLUMN trusted_at INTEGER`.execute(db)
  await sql`
    CREATE TABLE forgotten_credit (
      guild INTEGER NOT NULL,
      entry INTEGER NOT NULL,
      member INTEGER NOT NULL,
      PRIMARY KEY (guild, entry)
    ) STRICT, WITHOUT ROWID`.execute(db)
}
