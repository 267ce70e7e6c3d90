import { type Kysely, type RawBuilder, sql } from 'kysely'
import { isSnowflake, type Snowflake } from '../../../core/snowflake.ts'
import { removeWhere } from '../in-batches.ts'
import { idAsText } from '../rows.ts'
import type { Schema } from '../schema.ts'
import { removeErased } from './erase.ts'

type Db = Kysely<Schema>

/**
 * Every table that holds rows of guilds, and by which columns they are told apart. Not among them are the ids that keep
 * what was forgotten from coming back.
 */
const TABLES: readonly (readonly [table: keyof Schema, key: readonly string[]])[] = [
  ['coverage', ['guild', 'start']],
  ['guild', ['guild']],
  ['question', ['number']],
  ['name', ['guild', 'id', 'class']],
  ['entry', ['guild', 'id']],
  ['daily', ['guild', 'executor', 'kind', 'day']],
  ['claimed', ['guild', 'claim', 'executor', 'day']],
]

/** The guilds that anything is held of. Each look-up leaps to the next guild, past all rows of the last. */
export async function guildsHeld(db: Db): Promise<Snowflake[]> {
  const each = TABLES.map(([table]) => {
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

/** When the bot was removed from guilds, by the trusted time, in milliseconds since the Unix epoch. */
export async function readDepartures(db: Db): Promise<Map<Snowflake, number>> {
  const rows = await db
    .selectFrom('departure')
    .select([idAsText<string>('guild').as('guild'), sql<number>`ifnull(trusted_at, at)`.as('at')])
    .execute()
  return new Map(rows.map(({ guild, at }) => [guild, at]))
}

/**
 * Remembers when the bot was removed from a guild, in milliseconds since the Unix epoch. Gives whether that is news.
 * @param at by Discord's time
 * @param trustedAt by the trusted time, which may be behind
 */
export async function recordDeparture(db: Db, guildId: Snowflake, at: number, trustedAt: number): Promise<boolean> {
  const { rows } = await sql<{ held: number }>`SELECT ${isHeld(sql`${BigInt(guildId)}`)} AS held`.execute(db)
  if (rows[0]?.held !== 1) return false
  const { numInsertedOrUpdatedRows = 0n } = await db
    .insertInto('departure')
    .values({ guild: BigInt(guildId), at: Math.floor(at), trusted_at: Math.floor(trustedAt) })
    .onConflict((conflict) => conflict.doNothing())
    .executeTakeFirstOrThrow()
  return numInsertedOrUpdatedRows > 0n
}

/** Forgets that the bot was removed from a guild. Gives whether it was remembered. */
export async function clearDeparture(db: Db, guildId: Snowflake): Promise<boolean> {
  const { numDeletedRows } = await db
    .deleteFrom('departure')
    .where('guild', '=', BigInt(guildId))
    .executeTakeFirstOrThrow()
  return numDeletedRows > 0n
}

/**
 * Removes every row of a guild that the bot was removed from, but for the ids that tell what was forgotten: Discord
 * still has that, and would bring it back with the bot. Should the bot come back meanwhile, what is left stays; what was
 * complete is no longer said to be, so that it is read again.
 * @returns how many entries went
 */
export async function purge(db: Db, guildId: Snowflake): Promise<number> {
  const guild = BigInt(guildId)
  const isGone = sql`guild = ${guild} AND EXISTS (SELECT 1 FROM departure WHERE guild = ${guild})`
  let entries = 0
  // A name that is still to be forgotten tells here alone which entries were done for its member.
  await removeErased(db, guildId)
  await keepAttributions(db, guild)
  for (const [table, key] of TABLES) {
    const removed = await removeWhere(db, table, key, isGone)
    if (table === 'entry') entries = removed
  }
  await clearDeparture(db, guildId)
  return entries
}

/**
 * Drops the ids that tell what a purged guild had forgotten before another id.
 * @returns of how many guilds and members
 */
export async function dropBounds(db: Db, before: Snowflake): Promise<number> {
  const { numAffectedRows = 0n } = await sql`
    DELETE FROM forgotten WHERE up_to < ${BigInt(before)} AND pending = 0 AND NOT ${isHeld(sql`forgotten.guild`)}`.execute(
    db,
  )
  await sql`
    DELETE FROM forgotten_credit
    WHERE NOT EXISTS (
      SELECT 1 FROM forgotten
      WHERE forgotten.guild = forgotten_credit.guild AND forgotten.member = forgotten_credit.member
    )`.execute(db)
  return Number(numAffectedRows)
}

/** Of entries that were done for a forgotten member only the claim tells so, in which their id stands for a name. */
async function keepAttributions(db: Db, guild: bigint): Promise<void> {
  await sql`
    INSERT OR REPLACE INTO forgotten_credit (guild, entry, member)
    SELECT entry.guild, entry.id, forgotten.member
    FROM forgotten JOIN entry
      ON entry.guild = forgotten.guild AND entry.claim = CAST(forgotten.member AS TEXT) AND entry.id <= forgotten.up_to
    WHERE forgotten.guild = ${guild}`.execute(db)
}

/** Whether anything is held of a guild, beside what it has forgotten. */
function isHeld(guild: RawBuilder<unknown>): RawBuilder<unknown> {
  const rows = TABLES.map(([table]) => sql`EXISTS (SELECT 1 FROM ${sql.table(table)} WHERE guild = ${guild})`)
  return sql`(${sql.join(rows, sql` OR `)})`
}
