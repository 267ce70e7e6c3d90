import { type Kysely, sql } from 'kysely'

/**
 * Creates what the archive needs to forget: up to where a guild or a member is forgotten, and which guilds were
 * left. Sums that have come down to nothing go too, since a claim among them is a name.
 */
export async function createForgotten(db: Kysely<unknown>): Promise<void> {
  await sql`
    CREATE TABLE forgotten (
      guild INTEGER NOT NULL,
      member INTEGER NOT NULL,
      up_to INTEGER NOT NULL,
      pending INTEGER NOT NULL,
      PRIMARY KEY (guild, member)
    ) STRICT, WITHOUT ROWID`.execute(db)
  await sql`CREATE TABLE departure (guild INTEGER PRIMARY KEY, at INTEGER NOT NULL) STRICT, WITHOUT ROWID`.execute(
    db,
  )
  await sql`
    CREATE TRIGGER day_emptied AFTER UPDATE OF entries ON daily WHEN new.entries <= 0 BEGIN
      DELETE FROM daily
      WHERE guild = new.guild AND executor = new.executor AND kind = new.kind AND day = new.day;
    END`.execute(db)
  await sql`
    CREATE TRIGGER claim_emptied AFTER UPDATE OF entries ON claimed WHEN new.entries <= 0 BEGIN
      DELETE FROM claimed
      WHERE guild = new.guild AND claim = new.claim AND executor = new.executor AND day = new.day;
    END`.execute(db)
  await sql`DELETE FROM daily WHERE entries <= 0`.execute(db)
  await sql`DELETE FROM claimed WHERE entries <= 0`.execute(db)
}
