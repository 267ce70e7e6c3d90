import { type Kysely, type RawBuilder, sql } from 'kysely'
import { compareIds, isSnowflake, type Snowflake } from '../../../core/snowflake.ts'
import type { Schema } from '../schema.ts'

type Db = Kysely<Schema>

/**
 * The tables with rows of guilds, by primary key. Departures are not among them, nor are `erasure` and
 * `erased_attribution`, which outlast a purge to keep erased entries from coming back.
 */
export const GUILD_TABLES: readonly (readonly [table: keyof Schema, key: readonly string[]])[] = [
  ['coverage', ['guild', 'start']],
  ['guild', ['guild']],
  ['saved_query', ['number']],
  ['setting', ['guild']],
  ['operation', ['guild', 'id']],
  ['name', ['guild', 'id', 'class']],
  ['entry', ['guild', 'id']],
  ['daily', ['guild', 'executor', 'kind', 'day']],
  ['daily_attribution', ['guild', 'attribution', 'executor', 'day']],
]

/** The guilds that have rows in the archive. Each step looks up the next guild, past all rows of the last one. */
export async function guildsHeld(db: Db): Promise<Snowflake[]> {
  const each = GUILD_TABLES.map(([table]) => {
    const rows = sql.table(table)
    return sql`
      SELECT guild FROM (
        WITH RECURSIVE held (guild) AS (
          SELECT min(guild) FROM ${rows}
          UNION ALL
          SELECT (SELECT min(guild) FROM ${rows} WHERE guild > held.guild) FROM held WHERE guild IS NOT NULL
        )
        SELECT guild FROM held WHERE guild IS NOT NULL
      )`
  })
  const { rows } = await sql<{ guild: string }>`
    SELECT CAST(guild AS TEXT) AS guild FROM (${sql.join(each, sql` UNION `)})`.execute(db)
  return rows.map(({ guild }) => guild).filter(isSnowflake)
}

/** The condition that a guild has rows in the archive. */
export function isHeld(guild: RawBuilder<unknown>): RawBuilder<unknown> {
  const rows = GUILD_TABLES.map(
    ([table]) => sql`EXISTS (SELECT 1 FROM ${sql.table(table)} WHERE guild = ${guild})`,
  )
  return sql`(${sql.join(rows, sql` OR `)})`
}

/** The newest id, up to `upTo`, of all entries; without entries, of all guilds that have rows in the archive. */
export async function newestKnown(db: Db, upTo: Snowflake): Promise<Snowflake | undefined> {
  const { rows } = await sql<{ newest: string | null }>`
    WITH RECURSIVE held (guild) AS (
      SELECT min(guild) FROM entry
      UNION ALL
      SELECT (SELECT min(guild) FROM entry WHERE guild > held.guild) FROM held WHERE guild IS NOT NULL
    )
    SELECT CAST(max((SELECT max(id) FROM entry WHERE entry.guild = held.guild AND id <= ${BigInt(upTo)})) AS TEXT) AS newest
    FROM held WHERE guild IS NOT NULL`.execute(db)
  const newest = rows[0]?.newest
  if (isSnowflake(newest)) return newest
  const guilds = (await guildsHeld(db)).filter((id) => compareIds(id, upTo) <= 0)
  return guilds.sort(compareIds).at(-1)
}
