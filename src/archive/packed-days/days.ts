import { type Kysely, sql } from 'kysely'
import { dayOf, firstIdAt, type Snowflake } from '../../core/snowflake.ts'
import { DAY } from '../../core/time/units.ts'
import { table } from '../dialect-sql.ts'
import { endOf } from '../read/entries.ts'
import type { Schema } from '../schema.ts'
import type { IdRange } from './read-columns.ts'

/** The days within a window that have entries. */
export interface HeldDays {
  readonly packed: readonly number[]
  readonly unpacked: readonly number[]
}

/**
 * Which days of a guild are packed, and which are not although they have entries.
 * @param days the first, and the one after the last
 */
export async function heldDays(
  db: Kysely<Schema>,
  guildId: Snowflake,
  [start, end]: readonly [number, number],
): Promise<HeldDays> {
  const [rows, oldest, newest] = await Promise.all([
    db
      .selectFrom('packed_day')
      .select('day')
      .where('guild_id', '=', BigInt(guildId))
      .where('day', '>=', start)
      .where('day', '<', end)
      .orderBy('day')
      .execute(),
    endOf(db, guildId, 'oldest'),
    endOf(db, guildId, 'newest'),
  ])
  if (oldest === undefined || newest === undefined) return { packed: [], unpacked: [] }
  const packed = rows.map(({ day }) => day)
  const isPacked = new Set(packed)
  const first = Math.max(start, dayOf(oldest))
  const days = Array.from(
    { length: Math.max(Math.min(end, dayOf(newest) + 1) - first, 0) },
    (_, index) => first + index,
  )
  return {
    packed,
    unpacked: await withEntries(
      db,
      guildId,
      days.filter((day) => !isPacked.has(day)),
    ),
  }
}

export function idsOfDay(day: number): IdRange {
  return { from: firstIdAt(day * DAY), to: firstIdAt((day + 1) * DAY) }
}

/** Those of some days that have entries. */
async function withEntries(
  db: Kysely<Schema>,
  guildId: Snowflake,
  days: readonly number[],
): Promise<number[]> {
  if (days.length === 0) return []
  const rows = days.map((day) => {
    const { from, to } = idsOfDay(day)
    return [day, from, to]
  })
  const { rows: held } = await sql<{ day: number }>`
    SELECT day FROM ${table({ day: 'integer', start: 'bigint', end: 'bigint' }, rows)} AS days
    WHERE EXISTS (
      SELECT 1 FROM entry WHERE guild_id = ${BigInt(guildId)} AND id >= days.start AND id < days."end"
    )
    ORDER BY day`.execute(db)
  return held.map(({ day }) => day)
}
