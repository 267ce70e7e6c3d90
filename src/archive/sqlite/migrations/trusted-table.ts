import { type Kysely, sql } from 'kysely'

/**
 * Creates what the archive needs so that no clock can make it forget too much, and no purge too little: the last moment
 * that was trusted, and which purged entries were done for a member who was forgotten, since no name tells it any more.
 */
export async function createTrusted(db: Kysely<unknown>): Promise<void> {
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
