import { type Kysely, sql } from 'kysely'

/**
 * Creates the tables for erasing: up to which id a guild or a member is erased, and which guilds the bot has left. Sums
 * that reach zero are removed from now on, because the name in a claim must not outlast its entries.
 */
export async function up(db: Kysely<unknown>): Promise<void> {
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
