import { type Kysely, sql } from 'kysely'
import type { Snowflake } from '../../core/snowflake.ts'
import { flag } from '../dialect-sql.ts'
import type { Schema } from '../schema.ts'

/** Stores that a member has run a command in a guild. */
export async function markAsked(db: Kysely<Schema>, guildId: Snowflake): Promise<void> {
  await sql`
    INSERT INTO setting (guild_id, asked) VALUES (${BigInt(guildId)}, 1)
    ON CONFLICT (guild_id) DO UPDATE SET asked = 1 WHERE setting.asked = 0`.execute(db)
}

/**
 * Sets a guild's time zone, unless a newer operation has set another.
 * @param id the operation that sets it
 * @returns whether it was another zone before
 */
export async function setTimeZone(
  db: Kysely<Schema>,
  guildId: Snowflake,
  timeZone: string,
  id: Snowflake,
): Promise<boolean> {
  const guild = BigInt(guildId)
  const { rows } = await sql<{ isSame: number; isOlder: number }>`
    SELECT
      ${flag(sql`EXISTS (SELECT 1 FROM setting WHERE guild_id = ${guild} AND time_zone = ${timeZone})`)} AS "isSame",
      ${flag(sql`EXISTS (
        SELECT 1 FROM operation WHERE guild_id = ${guild} AND type = 'time zone' AND id > ${BigInt(id)}
      )`)} AS "isOlder"`.execute(db)
  if (rows[0]?.isSame === 1) return false
  if (rows[0]?.isOlder === 1) return true
  await db
    .insertInto('setting')
    .values({ guild_id: guild, time_zone: timeZone })
    .onConflict((conflict) => conflict.column('guild_id').doUpdateSet({ time_zone: timeZone }))
    .execute()
  return true
}
