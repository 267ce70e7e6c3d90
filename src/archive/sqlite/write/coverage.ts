import { sql, type Transaction } from 'kysely'
import type { ArchiveUpdate } from '../../../core/archive.ts'
import { joinRanges, type Range } from '../../../core/coverage/ranges.ts'
import type { Snowflake } from '../../../core/snowflake.ts'
import { jsonInteger } from '../json-parameters.ts'
import { readRanges } from '../read/coverage.ts'
import type { Schema } from '../schema.ts'

/** Removes coverage from an id on. */
export async function invalidate(
  db: Transaction<Schema>,
  guildId: Snowflake,
  from: Snowflake,
): Promise<void> {
  const [guild, end] = [BigInt(guildId), BigInt(from)]
  await db.deleteFrom('coverage').where('guild', '=', guild).where('start', '>=', end).execute()
  await db
    .updateTable('coverage')
    .set({ end })
    .where('guild', '=', guild)
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
  await db.deleteFrom('coverage').where('guild', '=', guild).execute()
  const rows = joinRanges([...before, ...ranges]).map(({ start, end }) => [start, end].map(jsonInteger))
  await sql`
    INSERT INTO coverage (guild, start, end)
    SELECT ${guild}, value ->> 0, value ->> 1 FROM json_each(${JSON.stringify(rows)})`.execute(db)
}

/** Stores when the log was read, and when its latest entries were read again. */
export async function writeReadTimes(
  db: Transaction<Schema>,
  guildId: Snowflake,
  { readAt, sweptAt }: Pick<ArchiveUpdate, 'readAt' | 'sweptAt'>,
): Promise<void> {
  const guild = BigInt(guildId)
  if (readAt !== undefined) {
    await db
      .insertInto('guild')
      .values({ guild, read_at: readAt, swept_at: null })
      .onConflict((conflict) => conflict.column('guild').doUpdateSet({ read_at: readAt }))
      .execute()
  }
  if (sweptAt !== undefined) {
    await db.updateTable('guild').set({ swept_at: sweptAt }).where('guild', '=', guild).execute()
  }
}
