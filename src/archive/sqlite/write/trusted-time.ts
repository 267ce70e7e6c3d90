import { type Kysely, sql } from 'kysely'
import { compareIds, isSnowflake, type Snowflake } from '../../../core/snowflake.ts'
import { guildsHeld } from '../erase/departures.ts'
import type { Schema } from '../schema.ts'

/** The newest id, up to another, of all entries; where there is none, of all guilds that anything is held of. */
export async function newestKnown(db: Kysely<Schema>, upTo: Snowflake): Promise<Snowflake | undefined> {
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

/** The last moment that was trusted, in milliseconds since the Unix epoch; undefined before the first. */
export async function readTrustedTime(db: Kysely<Schema>): Promise<number | undefined> {
  return (await db.selectFrom('trusted').select('at').executeTakeFirst())?.at
}

/**
 * Remembers a moment that was trusted, in milliseconds since the Unix epoch. For a departure, only time that has passed
 * counts: one that was dated behind Discord's time moves on with the leap, up to that.
 * @param leap by how much more than has passed it is past the last one, in milliseconds
 */
export async function recordTrustedTime(db: Kysely<Schema>, at: number, leap: number): Promise<void> {
  await db.transaction().execute(async (transaction) => {
    await sql`
      INSERT INTO trusted (one, at) VALUES (1, ${Math.floor(at)})
      ON CONFLICT (one) DO UPDATE SET at = excluded.at`.execute(transaction)
    await sql`
      UPDATE departure SET trusted_at = min(trusted_at + ${Math.floor(leap)}, at)
      WHERE ${leap} > 0 AND trusted_at < at`.execute(transaction)
  })
}
