import { type Coverage, gapsWithin } from '../core/coverage.ts'
import type { Filter } from '../core/filter.ts'
import { compareIds, type Snowflake, timeOf } from '../core/snowflake.ts'
import { utcDay, utcMoment } from '../core/utc.ts'

const HOLES_NAMED = 3

/** The window of an answer and how far it can be trusted, for its footer. */
export function windowAndCoverage({ from, to }: Pick<Filter, 'from' | 'to'>, coverage: Coverage): string {
  return `${windowLine(from, to)} · ${coverageLine(coverage, from, to)}`
}

function windowLine(from: Snowflake | undefined, to: Snowflake | undefined): string {
  if (from === undefined && to === undefined) return 'All that is known'
  if (from === undefined) return `Until ${utcMoment(timeOf(to ?? '0'))}`
  if (to === undefined) return `Since ${utcMoment(timeOf(from))}`
  return `${utcMoment(timeOf(from))} to ${utcMoment(timeOf(to))}`
}

/** `Complete since 26 Aug 2026`, or `Incomplete: …` with what is missing from the window. */
export function coverageLine(coverage: Coverage, from?: Snowflake, to?: Snowflake): string {
  const first = coverage.ranges[0]
  if (!first) return 'Incomplete: nothing has been read yet'
  const { nothingBefore, holes } = gapsWithin(coverage, from, to)
  const missing = [
    ...(nothingBefore === null ? [] : [`nothing is known before ${utcDay(timeOf(nothingBefore))}`]),
    ...holes
      .slice(0, HOLES_NAMED)
      .map(
        ({ after, before }) =>
          `nothing is known from ${utcMoment(timeOf(after))} to ${utcMoment(timeOf(before))}`,
      ),
    ...(holes.length > HOLES_NAMED ? [`${holes.length - HOLES_NAMED} more holes`] : []),
  ]
  if (missing.length > 0) return `Incomplete: ${missing.join('; ')}`
  const around =
    coverage.ranges.findLast(({ start }) => from === undefined || compareIds(start, from) <= 0) ?? first
  return `Complete since ${utcDay(timeOf(from === undefined ? first.start : around.start))}`
}
