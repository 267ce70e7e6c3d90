import { sql, type Transaction } from 'kysely'
import type { ArchiveUpdate } from '../../core/archive.ts'
import { joinRanges, type Range } from '../../core/coverage/ranges.ts'
import type { Snowflake } from '../../core/snowflake.ts'
import { table } from '../dialect-sql.ts'
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
  const guild = BigInt(guildId)
  await db.deleteFrom('coverage').where('guild_id', '=', guild).execute()
  const rows = joinRanges([...before, ...ranges]).map(({ start, end }) => [guildId, start, end])
  const columns = { guild_id: 'bigint', start: 'bigint', end: 'bigint' } as const
  await sql`
    INSERT INTO coverage (guild_id, start, "end") SELECT * FROM ${table(columns, rows)} AS given`.execute(db)
}

/** Stores when the log was read, and when its latest entries were read again. */
export async function writeReadTimes(
  db: Transaction<Schema>,
  guildId: Snowflake,
  { readAt, sweptAt }: Pick<ArchiveUpdate, 'readAt' | 'sweptAt'>,
): Promise<void> {
  if (readAt === undefined && sweptAt === undefined) return
  await db
    .updateTable('guild')
    .set({
      ...(readAt !== undefined && { read_at: readAt }),
      ...(sweptAt !== undefined && { swept_at: sweptAt }),
    })
    .where('guild_id', '=', BigInt(guildId))
    .execute()
}
