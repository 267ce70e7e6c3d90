import { type Kysely, sql } from 'kysely'
import type { Slice } from '../../core/query/slice.ts'
import { firstIdAt, type Snowflake } from '../../core/snowflake.ts'
import { DAY } from '../../core/time/units.ts'
import { idAsText } from '../rows.ts'
import { NOBODY, type Schema } from '../schema.ts'
import { isNoBot, matching, ofKinds, type ResolvedFilter } from '../where.ts'
import { type Piece, splitIntoDays } from './pieces.ts'

type Db = Kysely<Schema>

/** A piece of a list, and how many of its entries it has. */
interface Stretch {
  readonly filter: ResolvedFilter
  readonly entries: number
}

/**
 * The id of the nth entry of a list, counted from 0; undefined if the list has fewer. Where the daily sums suffice, they
 * say on which day it is, so that only the entries of that day are counted one by one. Any other list is short, or is a
 * search that reads every entry anyway.
 */
export async function nthId(
  db: Db,
  guildId: Snowflake,
  filter: ResolvedFilter,
  order: Slice['order'],
  nth: number,
): Promise<Snowflake | undefined> {
  const pieces = splitIntoDays(filter)
  const [only, ...others] = pieces
  if (only && 'filter' in only && others.length === 0) return offsetId(db, guildId, only.filter, order, nth)
  const stretches = (await Promise.all(pieces.map((piece) => stretchesOf(db, guildId, filter, piece)))).flat()
  let left = nth
  for (const { filter: within, entries } of order === 'newest' ? stretches.reverse() : stretches) {
    if (left < entries) return offsetId(db, guildId, within, order, left)
    left -= entries
  }
  return undefined
}

/** The days of a piece that have entries, oldest first. A piece that is not of whole days is one stretch. */
async function stretchesOf(
  db: Db,
  guildId: Snowflake,
  filter: ResolvedFilter,
  piece: Piece,
): Promise<Stretch[]> {
  if ('filter' in piece) {
    const { entries } = await db
      .selectFrom('entry')
      .select(sql<number>`count(*)`.as('entries'))
      .where(matching(guildId, piece.filter))
      .executeTakeFirstOrThrow()
    return [{ filter: piece.filter, entries }]
  }
  const { executorId, kinds, withoutBots } = filter
  const [start, end] = piece.days
  const days = await db
    .selectFrom('daily')
    .select(['day', sql<number>`sum(entries)`.as('entries')])
    .where('guild_id', '=', BigInt(guildId))
    .where('day', '>=', start)
    .where('day', '<', end)
    .$if(executorId !== undefined, (query) => query.where('executor', '=', BigInt(executorId ?? NOBODY)))
    .$if(kinds !== undefined, (query) => query.where(ofKinds(kinds ?? { noneOf: [] })))
    .$if(withoutBots === true, (query) => query.where(isNoBot(guildId)))
    .groupBy('day')
    .orderBy('day')
    .execute()
  return days.map(({ day, entries }) => ({
    filter: { ...filter, from: firstIdAt(day * DAY), to: firstIdAt((day + 1) * DAY) },
    entries,
  }))
}

async function offsetId(
  db: Db,
  guildId: Snowflake,
  filter: ResolvedFilter,
  order: Slice['order'],
  nth: number,
): Promise<Snowflake | undefined> {
  const row = await db
    .selectFrom('entry')
    .select(idAsText<string>('id').as('nth'))
    .where(matching(guildId, filter))
    .orderBy('id', order === 'newest' ? 'desc' : 'asc')
    .limit(1)
    .offset(nth)
    .executeTakeFirst()
  return row?.nth
}
