import { type Kysely, sql } from 'kysely'
import type { Ranking, RankOptions } from '../../core/query/ranking.ts'
import { mostFirst } from '../../core/query/tally.ts'
import { maxId, minId, type Snowflake, timeOf } from '../../core/snowflake.ts'
import { TARGET_ORDER } from '../dialect-sql.ts'
import { rankPacked } from '../packed-days/rank.ts'
import type { Schema } from '../schema.ts'
import type { ResolvedFilter } from '../where.ts'
import { countAll, fromEntries } from './counts.ts'
import { endOf } from './entries.ts'

/** Reading a whole index costs a tenth of looking up and sorting as many entries. */
const WIDE = 0.1

export async function rankBy(
  db: Kysely<Schema>,
  guildId: Snowflake,
  filter: ResolvedFilter,
  { by, most, top }: RankOptions,
): Promise<Ranking> {
  if (by === 'executor') {
    const counts = await countAll(db, guildId, filter, by)
    return { top: counts.sort(mostFirst(most)).slice(0, top), size: counts.length }
  }
  const ranking = await rankPacked(db, guildId, filter, { by, most, top })
  if (ranking) return ranking
  // There can be too many targets to pass to this thread, so the database returns the first ones only.
  const rows = await fromEntries(db, guildId, filter, by, await isWide(db, guildId, filter))
    .select(sql<number>`count(*) OVER ()`.as('size'))
    .orderBy(most, 'desc')
    .orderBy('entries', 'desc')
    .orderBy(by === 'target' ? TARGET_ORDER : sql`channel NULLS FIRST`)
    .limit(top)
    .execute()
  return { top: rows.map(({ size: _, ...count }) => count), size: rows[0]?.size ?? 0 }
}

/** Whether a window is a large part of a guild's log. The database cannot tell, and assumes that it is small. */
async function isWide(
  db: Kysely<Schema>,
  guildId: Snowflake,
  { from, to }: ResolvedFilter,
): Promise<boolean> {
  const [oldest, newest] = await Promise.all([endOf(db, guildId, 'oldest'), endOf(db, guildId, 'newest')])
  if (oldest === undefined || newest === undefined) return false
  const start = maxId(from ?? oldest, oldest)
  const end = minId(to ?? newest, newest)
  return timeOf(end) - timeOf(start) > WIDE * (timeOf(newest) - timeOf(oldest))
}
