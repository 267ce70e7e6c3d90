import { type Kysely, sql } from 'kysely'
import type { SpanCount } from '../../core/query/activity.ts'
import { compareIds, dayOf, firstIdAt, type Snowflake, timeOf } from '../../core/snowflake.ts'
import { DAY } from '../../core/time/units.ts'
import { idList, table, unindexed } from '../dialect-sql.ts'
import { heldKinds } from '../held-kinds.ts'
import type { Schema } from '../schema.ts'

/** A part of a UTC day without a bound inside it. */
interface DayPart {
  readonly day: number
  readonly from: Snowflake
  readonly to: Snowflake
}

/** Successive UTC days that are counted for one span, the end excluded. */
interface Days {
  readonly span: number
  readonly start: number
  readonly end: number
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
  const split = new Map([...new Set(bounds.map(dayOf))].map((day) => [day, longestFirst(day, bounds)]))
  const moved = [...split.values()].flatMap(([, ...others]) => others)
  const spanOf = (id: Snowflake) => bounds.findLastIndex((bound) => compareIds(bound, id) <= 0)
  const spanOfDay = (day: number) => spanOf(split.get(day)?.[0]?.from ?? firstIdAt(day * DAY))
  const counts = new Map<string, SpanCount>()
  const add = (key: number, kind: number, entries: number) => {
    const before = counts.get(`${key} ${kind}`)?.entries ?? 0
    counts.set(`${key} ${kind}`, { key, kind, entries: before + entries })
  }
  const days = daysBySpan(bounds, spanOfDay)
  for (const { span, kind, part, entries } of await readSpans(db, guildId, days, moved, executorIds)) {
    const from = part === null ? undefined : moved[part]
    if (from === undefined) add(span, kind, entries)
    else {
      add(spanOfDay(from.day), kind, -entries)
      add(spanOf(from.from), kind, entries)
    }
  }
  const isWithin = (span: number) => span >= 0 && span < bounds.length - 1
  return [...counts.values()].filter(({ key, entries }) => isWithin(key) && entries > 0)
}

/** The days from the first bound to the last, by the span that each is counted for. */
function daysBySpan(bounds: readonly Snowflake[], spanOfDay: (day: number) => number): Days[] {
  // Another span begins only at the day of a bound, or after it.
  const days = [...new Set(bounds.map(dayOf).flatMap((day) => [day, day + 1]))]
  const starts = days.slice(0, -1).filter((day, index) => spanOfDay(day) !== spanOfDay(days[index - 1] ?? -1))
  return starts.map((start, index) => ({
    span: spanOfDay(start),
    start,
    end: starts[index + 1] ?? days.at(-1) ?? start,
  }))
}

/** Entries of one kind in the days of a span, or in one of the parts of days, by its index. */
interface SpanPart {
  readonly span: number
  readonly kind: number
  readonly part: number | null
  readonly entries: number
}

/** Counts the entries of whole UTC days and of parts of some, in one statement, so that nothing is written in between. */
async function readSpans(
  db: Kysely<Schema>,
  guildId: Snowflake,
  days: readonly Days[],
  parts: readonly DayPart[],
  executorIds: readonly Snowflake[],
): Promise<readonly SpanPart[]> {
  const guild = BigInt(guildId)
  const spans = table(
    { span: 'integer', start: 'integer', end: 'integer' },
    days.map(({ span, start, end }) => [span, start, end]),
  )
  const moved = table(
    { part: 'integer', start: 'bigint', end: 'bigint' },
    parts.map(({ from, to }, part) => [part, from, to]),
  )
  // Tables, because SQLite would unpack the parameters again for each kind.
  const { rows } = await sql<SpanPart>`
    WITH RECURSIVE
      ${heldKinds(guildId)},
      theirs AS MATERIALIZED (SELECT * FROM ${idList(executorIds)} AS ids),
      spans AS MATERIALIZED (SELECT * FROM ${spans} AS given),
      moved AS MATERIALIZED (SELECT * FROM ${moved} AS given),
      counted AS MATERIALIZED (
        SELECT span, kind, NULL AS part, (
          SELECT sum(entries) FROM theirs CROSS JOIN daily
          WHERE guild_id = ${guild} AND kind = held.kind AND executor = theirs.value
            AND day >= spans.start AND day < spans."end"
        ) AS entries
        FROM held CROSS JOIN spans WHERE kind IS NOT NULL
        UNION ALL
        SELECT NULL AS span, kind, part, (
          SELECT count(*) FROM entry
          WHERE guild_id = ${guild} AND kind = held.kind AND id >= moved.start AND id < moved."end"
            AND ${unindexed(sql`executor`)} IN (SELECT value FROM theirs)
        ) AS entries
        FROM held CROSS JOIN moved WHERE kind IS NOT NULL
      )
    SELECT span, kind, part, entries FROM counted WHERE entries > 0`.execute(db)
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
