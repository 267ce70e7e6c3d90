import { type Kysely, sql } from 'kysely'

/**
 * Keys the daily sums by kind before executor: a guild has few kinds, so that every query can look up each of them. Sums of
 * nothing are left out. Creates the table of packed days, which are written later.
 */
export async function up(db: Kysely<unknown>): Promise<void> {
  await sql`
    CREATE TABLE daily_by_kind (
      guild_id INTEGER NOT NULL,
      executor INTEGER NOT NULL,
      kind INTEGER NOT NULL,
      day INTEGER NOT NULL,
      entries INTEGER NOT NULL,
      units INTEGER NOT NULL,
      PRIMARY KEY (guild_id, kind, executor, day)
    ) STRICT, WITHOUT ROWID`.execute(db)
  await sql`
    INSERT INTO daily_by_kind (guild_id, executor, kind, day, entries, units)
    SELECT guild_id, executor, kind, day, entries, units FROM daily WHERE entries > 0
    ORDER BY guild_id, kind, executor, day`.execute(db)
  await sql`DROP TABLE daily`.execute(db)
  await sql`ALTER TABLE daily_by_kind RENAME TO daily`.execute(db)
  await sql`
    CREATE TABLE packed_day (
      guild_id INTEGER NOT NULL,
      day INTEGER NOT NULL,
      counts BLOB NOT NULL,
      targets BLOB NOT NULL,
      kinds BLOB NOT NULL,
      channels BLOB NOT NULL,
      PRIMARY KEY (guild_id, day)
    ) STRICT, WITHOUT ROWID`.execute(db)
}
