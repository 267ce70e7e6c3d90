import { type Kysely, sql } from 'kysely'
import type { Snowflake } from '../../core/snowflake.ts'
import { flag } from '../dialect-sql.ts'
import { isHeld } from '../read/guilds.ts'
import { idAsText } from '../rows.ts'
import type { Schema } from '../schema.ts'
import { inGuild } from '../transaction.ts'
import { deleteEntries, deleteWhere } from './delete-rows.ts'
import { removeErased } from './erase.ts'

type Db = Kysely<Schema>

/**
 * What a purge deletes besides coverage and entries, with the rest of the primary keys. Erasures stay, so that erased
 * entries do not come back.
 */
const OTHER_TABLES = [
  // Before the settings, which have the last numbers of these.
  ['watch', ['number']],
  ['arrival', ['number']],
  ['post', ['watch', 'number']],
  ['saved_query', ['number']],
  ['setting', []],
  ['operation', ['id']],
  ['name', ['id', 'class']],
] as const

/** When the bot was removed from guilds, by the trusted time, in milliseconds since the Unix epoch. */
export async function readDepartures(db: Db): Promise<Map<Snowflake, number>> {
  const rows = await db
    .selectFrom('departure')
    .select([idAsText<string>('guild_id').as('guild'), sql<number>`coalesce(trusted_at, at)`.as('at')])
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
  const held = flag(isHeld(sql`${BigInt(guildId)}`))
  const { rows } = await sql<{ held: number }>`SELECT ${held} AS held`.execute(db)
  if (rows[0]?.held !== 1) return false
  const { numInsertedOrUpdatedRows = 0n } = await db
    .insertInto('departure')
    .values({ guild_id: BigInt(guildId), at: Math.floor(at), trusted_at: Math.floor(trustedAt) })
    .onConflict((conflict) => conflict.doNothing())
    .executeTakeFirstOrThrow()
  return numInsertedOrUpdatedRows > 0n
}

/** Removes the departure from a guild. @returns whether there was one */
export async function clearDeparture(db: Db, guildId: Snowflake): Promise<boolean> {
  const { numDeletedRows } = await db
    .deleteFrom('departure')
    .where('guild_id', '=', BigInt(guildId))
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
  const isGone = sql`EXISTS (SELECT 1 FROM departure WHERE guild_id = ${guild})`
  // While a member's erasure is unfinished, only their name shows which entries bots made for them.
  await removeErased(db, guildId)
  await inGuild(db, guildId, (transaction) => keepAttributions(transaction, guild))
  await deleteWhere(db, guildId, 'coverage', ['start'], isGone)
  await sql`
    UPDATE guild SET read_at = NULL, swept_at = NULL WHERE guild_id = ${guild} AND ${isGone}`.execute(db)
  const entries = await deleteEntries(db, guildId, isGone)
  for (const [table, key] of OTHER_TABLES) await deleteWhere(db, guildId, table, key, isGone)
  // The register keeps a guild of which something was written meanwhile, which would never be deleted otherwise.
  const isLeft = ['entry', 'coverage', ...OTHER_TABLES.map(([table]) => table)].map(
    (table) => sql`EXISTS (SELECT 1 FROM ${sql.table(table)} WHERE guild_id = ${guild})`,
  )
  await inGuild(db, guildId, (transaction) =>
    sql`
      DELETE FROM guild
      WHERE guild_id = ${guild} AND ${isGone} AND NOT (${sql.join(isLeft, sql` OR `)})`.execute(transaction),
  )
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
    WHERE up_to < ${BigInt(before)} AND stage = 0 AND NOT ${isHeld(sql`erasure.guild_id`)}`.execute(db)
  await sql`
    DELETE FROM erased_attribution
    WHERE NOT EXISTS (
      SELECT 1 FROM erasure
      WHERE erasure.guild_id = erased_attribution.guild_id AND erasure.member = erased_attribution.member
    )`.execute(db)
  return Number(numAffectedRows)
}

/** Stores which entries bots made for erased members, whose ids are then the attributions of these entries. */
async function keepAttributions(db: Db, guild: bigint): Promise<void> {
  await sql`
    INSERT INTO erased_attribution (guild_id, entry, member)
    SELECT entry.guild_id, entry.id, erasure.member
    FROM erasure JOIN entry
      ON entry.guild_id = erasure.guild_id AND entry.attribution = CAST(erasure.member AS TEXT)
        AND entry.id <= erasure.up_to
    WHERE erasure.guild_id = ${guild} AND entry.guild_id = ${guild}
    ON CONFLICT (guild_id, entry) DO UPDATE SET member = excluded.member`.execute(db)
}
