import { type Kysely, sql } from 'kysely'
import type { Snowflake } from '../../../core/snowflake.ts'
import { deleteWhere } from '../in-batches.ts'
import { GUILD_TABLES, isHeld } from '../read/guilds.ts'
import { idAsText } from '../rows.ts'
import type { Schema } from '../schema.ts'
import { removeErased } from './erase.ts'

type Db = Kysely<Schema>

/** When the bot was removed from guilds, by the trusted time, in milliseconds since the Unix epoch. */
export async function readDepartures(db: Db): Promise<Map<Snowflake, number>> {
  const rows = await db
    .selectFrom('departure')
    .select([idAsText<string>('guild').as('guild'), sql<number>`ifnull(trusted_at, at)`.as('at')])
    .execute()
  return new Map(rows.map(({ guild, at }) => [guild, at]))
}

/**
 * Stores when the bot was removed from a guild, in milliseconds since the Unix epoch.
 * @param at by Discord's time
 * @param trustedAt by the trusted time, which may be behind
 * @returns whether it is new, and the archive has something of the guild
 */
export async function recordDeparture(
  db: Db,
  guildId: Snowflake,
  at: number,
  trustedAt: number,
): Promise<boolean> {
  const { rows } = await sql<{ held: number }>`SELECT ${isHeld(sql`${BigInt(guildId)}`)} AS held`.execute(db)
  if (rows[0]?.held !== 1) return false
  const { numInsertedOrUpdatedRows = 0n } = await db
    .insertInto('departure')
    .values({ guild: BigInt(guildId), at: Math.floor(at), trusted_at: Math.floor(trustedAt) })
    .onConflict((conflict) => conflict.doNothing())
    .executeTakeFirstOrThrow()
  return numInsertedOrUpdatedRows > 0n
}

/** Removes the departure from a guild. @returns whether there was one */
export async function clearDeparture(db: Db, guildId: Snowflake): Promise<boolean> {
  const { numDeletedRows } = await db
    .deleteFrom('departure')
    .where('guild', '=', BigInt(guildId))
    .executeTakeFirstOrThrow()
  return numDeletedRows > 0n
}

/**
 * Deletes the rows of a guild that the bot was removed from. Its erasures stay, because Discord still has the entries and
 * would bring them back with the bot. If the bot comes back during it, the rest of the rows stays; the coverage is
 * deleted first, so that the log is read again.
 * @returns how many entries were deleted
 */
export async function purge(db: Db, guildId: Snowflake): Promise<number> {
  const guild = BigInt(guildId)
  const condition = sql`guild = ${guild} AND EXISTS (SELECT 1 FROM departure WHERE guild = ${guild})`
  // While a member's erasure is unfinished, only their name shows which entries bots made for them.
  await removeErased(db, guildId)
  await keepAttributions(db, guild)
  let entries = 0
  for (const [table, key] of GUILD_TABLES) {
    const deleted = await deleteWhere(db, table, key, condition)
    if (table === 'entry') entries = deleted
  }
  await clearDeparture(db, guildId)
  return entries
}

/**
 * Deletes the erasures of purged guilds that end before an id.
 * @returns of how many guilds and members
 */
export async function dropBounds(db: Db, before: Snowflake): Promise<number> {
  const { numAffectedRows = 0n } = await sql`
    DELETE FROM erasure
    WHERE up_to < ${BigInt(before)} AND stage = 0 AND NOT ${isHeld(sql`erasure.guild`)}`.execute(db)
  await sql`
    DELETE FROM erased_attribution
    WHERE NOT EXISTS (
      SELECT 1 FROM erasure
      WHERE erasure.guild = erased_attribution.guild AND erasure.member = erased_attribution.member
    )`.execute(db)
  return Number(numAffectedRows)
}

/** Stores which entries bots made for erased members, whose ids are then the attributions of these entries. */
async function keepAttributions(db: Db, guild: bigint): Promise<void> {
  await sql`
    INSERT OR REPLACE INTO erased_attribution (guild, entry, member)
    SELECT entry.guild, entry.id, erasure.member
    FROM erasure JOIN entry
      ON entry.guild = erasure.guild AND entry.attribution = CAST(erasure.member AS TEXT)
        AND entry.id <= erasure.up_to
    WHERE erasure.guild = ${guild}`.execute(db)
}
