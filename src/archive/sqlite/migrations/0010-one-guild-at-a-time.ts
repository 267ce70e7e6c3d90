import { type Kysely, sql } from 'kysely'

/** Every table but that of guilds, which gets its column below. */
const TABLES = [
  'entry',
  'daily',
  'daily_attribution',
  'coverage',
  'name',
  'saved_query',
  'erasure',
  'departure',
  'erased_attribution',
  'setting',
  'operation',
]

/** Those of them that make a guild one of which something is stored. */
const HELD = ['entry', 'coverage', 'name', 'saved_query', 'setting', 'operation']

const TRIGGERS = [
  'entry_added',
  'entry_changed',
  'entry_removed',
  'day_emptied',
  'attribution_added',
  'attribution_dropped',
  'attribution_changed',
  'attribution_removed',
  'attribution_emptied',
]

/**
 * Names the guild's column `guild_id`, as other databases do; drops the triggers, since the daily sums are now changed by
 * the statements that change the entries; and makes `guild` the register of all guilds of which something is stored.
 */
export async function up(db: Kysely<unknown>): Promise<void> {
  for (const trigger of TRIGGERS) await sql`DROP TRIGGER ${sql.ref(trigger)}`.execute(db)
  for (const table of TABLES)
    await sql`ALTER TABLE ${sql.table(table)} RENAME COLUMN guild TO guild_id`.execute(db)
  await sql`
    CREATE TABLE registered_guild (guild_id INTEGER PRIMARY KEY, read_at INTEGER, swept_at INTEGER)
    STRICT, WITHOUT ROWID`.execute(db)
  await sql`INSERT INTO registered_guild (guild_id, read_at, swept_at) SELECT * FROM guild`.execute(db)
  await sql`DROP TABLE guild`.execute(db)
  await sql`ALTER TABLE registered_guild RENAME TO guild`.execute(db)
  for (const table of HELD) {
    // Each step looks up the next guild, past all rows of the last one.
    await sql`
      WITH RECURSIVE held (guild_id) AS (
        SELECT min(guild_id) FROM ${sql.table(table)}
        UNION ALL
        SELECT (SELECT min(guild_id) FROM ${sql.table(table)} WHERE guild_id > held.guild_id)
        FROM held WHERE guild_id IS NOT NULL
      )
      INSERT INTO guild (guild_id) SELECT guild_id FROM held WHERE guild_id IS NOT NULL
      ON CONFLICT DO NOTHING`.execute(db)
  }
}
