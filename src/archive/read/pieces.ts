import { type RawBuilder, sql } from 'kysely'
import { compareIds, dayOf, firstIdAt, type Snowflake } from '../../core/snowflake.ts'
import { DAY } from '../../core/time/units.ts'
import type { ResolvedFilter } from '../where.ts'

/** A piece of a window: whole days, the end excluded, or a filter for the rest and for what the daily sums do not have. */
export type Piece = { readonly days: readonly [number, number] } | { readonly filter: ResolvedFilter }

/** Later than the day of any snowflake. */
const LAST_DAY = 1_000_000

/** Splits a filter's window into whole days and the rest. The daily sums have executors and kinds only. */
export function splitIntoDays(filter: ResolvedFilter): Piece[] {
  const { from, to, targetId, channelId, reason, attributions } = filter
  const start = from === undefined ? 0 : firstWholeDay(from)
  const end = to === undefined ? LAST_DAY : dayOf(to)
  const daysSuffice = [targetId, channelId, reason, attributions].every(
    (narrowing) => narrowing === undefined,
  )
  if (!daysSuffice || start >= end) return [{ filter }]
  return [
    ...(from === undefined ? [] : [{ filter: { ...filter, to: firstIdAt(start * DAY) } }]),
    { days: [start, end] },
    ...(to === undefined ? [] : [{ filter: { ...filter, from: firstIdAt(end * DAY) } }]),
  ]
}

/** A table and condition for the rows of a guild within a piece of a window; more conditions can follow. */
export function rowsWithin(
  guildId: Snowflake,
  piece: Piece,
  sums: 'daily' | 'daily_attribution' = 'daily',
): RawBuilder<unknown> {
  const guild = BigInt(guildId)
  if ('days' in piece) {
    const [start, end] = piece.days
    return sql`${sql.table(sums)} WHERE guild_id = ${guild} AND day >= ${start} AND day < ${end}`
  }
  const { from = '0', to } = piece.filter
  const end = to === undefined ? sql`true` : sql`id < ${BigInt(to)}`
  return sql`entry WHERE guild_id = ${guild} AND id >= ${BigInt(from)} AND ${end}`
}

function firstWholeDay(from: Snowflake): number {
  const day = dayOf(from)
  return compareIds(from, firstIdAt(day * DAY)) <= 0 ? day : day + 1
}
