import { sql, type Transaction } from 'kysely'
import { joinRanges, type Range } from '../../core/coverage/ranges.ts'
import type { Snowflake } from '../../core/snowflake.ts'
import { idList, table } from '../dialect-sql.ts'
import { readRanges } from '../read/coverage.ts'
import type { Schema } from '../schema.ts'

/** Removes coverage from an id on. */
export async function invalidate(
  db: Transaction<Schema>,
  guildId: Snowflake,
  from: Snowflake,
): Promise<void> {
  const [guild, end] = [BigInt(guildId), BigInt(from)]
  await db.deleteFrom('coverage').where('guild_id', '=', guild).where('start', '>=', end).execute()
  await db
    .updateTable('coverage')
    .set({ end })
    .where('guild_id', '=', guild)
    .where('coverage.end', '>', end)
    .execute()
}

/** Adds ranges to the coverage and joins those that touch. */
export async function writeRanges(
  db: Transaction<Schema>,
  guildId: Snowflake,
  ranges: readonly Range[],
): Promise<void> {
  const before = await readRanges(db, guildId)
  const after = joinRanges([...before, ...ranges])
  const has = (all: readonly Range[], { start, end }: Range) =>
    all.some((range) => range.start === start && range.end === end)
  const gone = before.filter((range) => !has(after, range)).map(({ start }) => start)
  const added = after.filter((range) => !has(before, range)).map(({ start, end }) => [guildId, start, end])
  if (gone.length > 0) {
    await db
      .deleteFrom('coverage')
      .where('guild_id', '=', BigInt(guildId))
      .where('start', 'in', idList(gone))
      .execute()
  }
  if (added.length === 0) return
  const columns = { guild_id: 'bigint', start: 'bigint', end: 'bigint' } as const
  await sql`
    INSERT INTO coverage (guild_id, start, "end") SELECT * FROM ${table(columns, added)} AS given`.execute(db)
}
