import { type Kysely, sql } from 'kysely'
import { isSnowflake, type Snowflake } from '../core/snowflake.ts'
import { idAsText } from './rows.ts'
import type { Schema } from './schema.ts'
import { removeWhere } from './slices.ts'

type Db = Kysely<Schema>

/** Every table that holds rows of guilds, and by which columns they are told apart. */
const TABLES: readonly (readonly [table: keyof Schema, key: readonly string[]])[] = [
  ['coverage', ['guild', 'start']],
  ['guild', ['guild']],
  ['question', ['number']],
  ['name', ['guild', 'id', 'class']],
  ['entry', ['guild', 'id']],
  ['daily', ['guild', 'executor', 'kind', 'day']],
  ['claimed', ['guild', 'claim', 'executor', 'day']],
  ['forgotten', ['guild', 'member']],
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

/** When the bot was removed from guilds, in milliseconds since the Unix epoch. */
export async function readDepartures(db: Db): Promise<Map<Snowflake, number>> {
  const rows = await db
    .selectFrom('departure')
    .select([idAsText<string>('guild').as('guild'), 'at'])
    .execute()
  return new Map(rows.map(({ guild, at }) => [guild, at]))
}

/** Remembers when the bot was removed from a guild, in milliseconds. Gives whether that is news. */
export async function depart(db: Db, guildId: Snowflake, at: number): Promise<boolean> {
  if (!(await guildsHeld(db)).includes(guildId)) return false
  const { numInsertedOrUpdatedRows = 0n } = await db
    .insertInto('departure')
    .values({ guild: BigInt(guildId), at })
    .onConflict((conflict) => conflict.doNothing())
    .executeTakeFirstOrThrow()
  return numInsertedOrUpdatedRows > 0n
}

/** Forgets that the bot was removed from a guild. Gives whether it was remembered. */
export async function comeBack(db: Db, guildId: Snowflake): Promise<boolean> {
  const { numDeletedRows } = await db
    .deleteFrom('departure')
    .where('guild', '=', BigInt(guildId))
    .executeTakeFirstOrThrow()
  return numDeletedRows > 0n
}

/**
 * Removes every row of a guild that the bot was removed from. Should it come back meanwhile, what is left stays;
 * what was complete is no longer said to be, so that it is read again.
 * @returns how many entries went
 */
export async function purge(db: Db, guildId: Snowflake): Promise<number> {
  const guild = BigInt(guildId)
  const isGone = sql`guild = ${guild} AND EXISTS (SELECT 1 FROM departure WHERE guild = ${guild})`
  let entries = 0
  for (const [table, key] of TABLES) {
    const removed = await removeWhere(db, table, key, isGone)
    if (table === 'entry') entries = removed
  }
  await comeBack(db, guildId)
  return entries
}
