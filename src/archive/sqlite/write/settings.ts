import { type Kysely, sql } from 'kysely'
import type { Snowflake } from '../../../core/snowflake.ts'
import { idList } from '../json-parameters.ts'
import type { Schema } from '../schema.ts'

/** Stores that a member has run a command in each of some guilds. */
export async function markAsked(db: Kysely<Schema>, guildIds: readonly Snowflake[]): Promise<void> {
  await sql`
    INSERT INTO setting (guild, asked) SELECT value, 1 FROM ${idList(guildIds)} WHERE true
    ON CONFLICT (guild) DO UPDATE SET asked = 1 WHERE asked = 0`.execute(db)
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
      EXISTS (SELECT 1 FROM setting WHERE guild = ${guild} AND time_zone = ${timeZone}) AS isSame,
      EXISTS (
        SELECT 1 FROM operation WHERE guild = ${guild} AND type = 'time zone' AND id > ${BigInt(id)}
      ) AS isOlder`.execute(db)
  if (rows[0]?.isSame === 1) return false
  if (rows[0]?.isOlder === 1) return true
  await db
    .insertInto('setting')
    .values({ guild, time_zone: timeZone })
    .onConflict((conflict) => conflict.column('guild').doUpdateSet({ time_zone: timeZone }))
    .execute()
  return true
}
