import { type Kysely, sql } from 'kysely'
import type { SpanCount } from '../../../core/query/activity.ts'
import { compareIds, firstIdAt, type Snowflake, timeOf } from '../../../core/snowflake.ts'
import { DAY } from '../../../core/time/units.ts'
import { idList, jsonInteger } from '../json-parameters.ts'
import type { Schema } from '../schema.ts'

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
  const [first, last] = [bounds[0], bounds.at(-1)]
  if (first === undefined || last === undefined || executorIds.length === 0) return []
  const guild = BigInt(guildId)
  const isTheirs = sql`executor IN ${idList(executorIds)}`
  const spanOf = (id: Snowflake) => bounds.findLastIndex((bound) => compareIds(bound, id) <= 0)
  const days = new Map([...new Set(bounds.map(dayOf))].map((day) => [day, longestFirst(day, bounds)]))
  const moved = [...days].flatMap(([day, [, ...others]]) => others.map((part) => ({ ...part, day })))
  const parts = JSON.stringify(moved.map(({ day, from, to }) => [day, jsonInteger(from), jsonInteger(to)]))
  // One statement, so that nothing is written between reading the sums and the entries.
  const { rows } = await sql<{ day: number; kind: number; part: number | null; entries: number }>`
    WITH
      sums AS MATERIALIZED (
        SELECT day, kind, sum(entries) AS entries FROM daily
        WHERE guild = ${guild} AND day >= ${dayOf(first)} AND day <= ${dayOf(last)} AND ${isTheirs}
        GROUP BY day, kind
      ),
      parts AS MATERIALIZED (
        SELECT key AS part, value ->> 0 AS day, value ->> 1 AS start, value ->> 2 AS "end"
        FROM json_each(${parts})
      )
    SELECT day, kind, NULL AS part, entries FROM sums
    UNION ALL
    SELECT day, sums.kind, part, (
      SELECT count(*) FROM entry
      WHERE guild = ${guild} AND kind = sums.kind AND id >= start AND id < "end" AND +${isTheirs}
    )
    FROM parts JOIN sums USING (day)`.execute(db)
  const counts = new Map<string, SpanCount>()
  const add = (key: number, kind: number, entries: number) => {
    const before = counts.get(`${key} ${kind}`)?.entries ?? 0
    counts.set(`${key} ${kind}`, { key, kind, entries: before + entries })
  }
  for (const { day, kind, part, entries } of rows) {
    const wholeDay = spanOf(days.get(day)?.[0]?.from ?? firstIdAt(day * DAY))
    const from = part === null ? undefined : moved[part]?.from
    add(wholeDay, kind, from === undefined ? entries : -entries)
    if (from !== undefined) add(spanOf(from), kind, entries)
  }
  const isWithin = (span: number) => span >= 0 && span < bounds.length - 1
  return [...counts.values()].filter(({ key, entries }) => isWithin(key) && entries > 0)
}

/** The parts of a UTC day that bounds cut it into, the longest first. */
function longestFirst(day: number, bounds: readonly Snowflake[]) {
  const [start, end] = [firstIdAt(day * DAY), firstIdAt((day + 1) * DAY)]
  const within = bounds.filter((bound) => compareIds(start, bound) < 0 && compareIds(bound, end) < 0)
  const ends = [...within, end]
  return [start, ...within]
    .map((from, index) => ({ from, to: ends[index] ?? end }))
    .sort((a, b) => timeOf(b.to) - timeOf(b.from) - (timeOf(a.to) - timeOf(a.from)))
}

function dayOf(id: Snowflake): number {
  return Math.floor(timeOf(id) / DAY)
}
