import { type Kysely, sql } from 'kysely'
import type { SpanCount } from '../../core/query/activity.ts'
import { compareIds, firstIdAt, type Snowflake, timeOf } from '../../core/snowflake.ts'
import { DAY } from '../../core/time/units.ts'
import { idList, table, unindexed } from '../dialect-sql.ts'
import type { Schema } from '../schema.ts'

/** A part of a UTC day without a bound inside it. */
interface DayPart {
  readonly day: number
  readonly from: Snowflake
  readonly to: Snowflake
}

/**
 * Counts what some executors did within spans, by kind. The daily sums are by UTC day, and spans can be days or weeks of
 * another time zone. So a UTC day that lies in several spans is counted for the one that has the longest part of it, and
 * the entries of its other parts are counted in the index and moved. Never more than half a day is read for each bound.
 * @param bounds where each span begins, oldest first, and where the last one ends
 */
export async function countBySpan(
  db: Kysely<Schema>,
  guildId: Snowflake,
  bounds: readonly Snowflake[],
  executorIds: readonly Snowflake[],
): Promise<SpanCount[]> {
  if (bounds.length === 0 || executorIds.length === 0) return []
  const days = new Map([...new Set(bounds.map(dayOf))].map((day) => [day, longestFirst(day, bounds)]))
  const moved = [...days.values()].flatMap(([, ...others]) => others)
  const spanOf = (id: Snowflake) => bounds.findLastIndex((bound) => compareIds(bound, id) <= 0)
  const counts = new Map<string, SpanCount>()
  const add = (key: number, kind: number, entries: number) => {
    const before = counts.get(`${key} ${kind}`)?.entries ?? 0
    counts.set(`${key} ${kind}`, { key, kind, entries: before + entries })
  }
  for (const { day, kind, part, entries } of await readDays(db, guildId, bounds, moved, executorIds)) {
    const wholeDay = spanOf(days.get(day)?.[0]?.from ?? firstIdAt(day * DAY))
    const from = part === null ? undefined : moved[part]?.from
    add(wholeDay, kind, from === undefined ? entries : -entries)
    if (from !== undefined) add(spanOf(from), kind, entries)
  }
  const isWithin = (span: number) => span >= 0 && span < bounds.length - 1
  return [...counts.values()].filter(({ key, entries }) => isWithin(key) && entries > 0)
}

/** Entries of one kind on a UTC day: all of them, or those in one of the parts, by its index. */
interface DayCount {
  readonly day: number
  readonly kind: number
  readonly part: number | null
  readonly entries: number
}

/** Counts the entries of whole UTC days and of parts of some, in one statement, so that nothing is written in between. */
async function readDays(
  db: Kysely<Schema>,
  guildId: Snowflake,
  bounds: readonly Snowflake[],
  parts: readonly DayPart[],
  executorIds: readonly Snowflake[],
): Promise<readonly DayCount[]> {
  const guild = BigInt(guildId)
  const isTheirs = sql`executor IN ${idList(executorIds)}`
  const [first, last] = [dayOf(bounds[0] ?? '0'), dayOf(bounds.at(-1) ?? '0')]
  const columns = { part: 'integer', day: 'integer', start: 'bigint', end: 'bigint' } as const
  const rowsOfParts = parts.map(({ day, from, to }, part) => [part, day, from, to])
  const { rows } = await sql<DayCount>`
    WITH
      sums AS MATERIALIZED (
        SELECT day, kind, sum(entries) AS entries FROM daily
        WHERE guild_id = ${guild} AND day >= ${first} AND day <= ${last} AND ${isTheirs}
        GROUP BY day, kind
      ),
      parts AS MATERIALIZED (
        SELECT * FROM ${table(columns, rowsOfParts)} AS given
      )
    SELECT day, kind, NULL AS part, entries FROM sums
    UNION ALL
    SELECT day, sums.kind, part, (
      SELECT count(*) FROM entry
      WHERE guild_id = ${guild} AND kind = sums.kind AND id >= start AND id < "end" AND ${unindexed(sql`executor`)} IN ${idList(executorIds)}
    )
    FROM parts JOIN sums USING (day)`.execute(db)
  return rows
}

/** The parts that bounds cut a UTC day into, the longest first. */
function longestFirst(day: number, bounds: readonly Snowflake[]): DayPart[] {
  const [start, end] = [firstIdAt(day * DAY), firstIdAt((day + 1) * DAY)]
  const within = bounds.filter((bound) => compareIds(start, bound) < 0 && compareIds(bound, end) < 0)
  const ends = [...within, end]
  const lengthOf = ({ from, to }: DayPart) => timeOf(to) - timeOf(from)
  return [start, ...within]
    .map((from, index) => ({ day, from, to: ends[index] ?? end }))
    .sort((a, b) => lengthOf(b) - lengthOf(a))
}

function dayOf(id: Snowflake): number {
  return Math.floor(timeOf(id) / DAY)
}
