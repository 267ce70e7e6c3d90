import { gapsWithin } from '../core/coverage/gaps.ts'
import type { KnownCoverage } from '../core/coverage/known-coverage.ts'
import type { Filter } from '../core/query/filter.ts'
import { compareIds, maxId, type Snowflake, timeOf } from '../core/snowflake.ts'
import { pluralize } from '../core/text/numbers.ts'
import { utcDay, utcMoment, utcMomentNear } from '../core/time/utc.ts'

const GAPS_NAMED = 3

type Window = Pick<Filter, 'from' | 'to'>

/** The footer of an answer: its window and its coverage. */
export function windowAndCoverage({ from, to }: Window, coverage: KnownCoverage): string {
  return `${windowLine(from, to)} · ${coverageLine(coverage, from, to)}`
}

function windowLine(from: Snowflake | undefined, to: Snowflake | undefined): string {
  if (from === undefined && to === undefined) return 'All time'
  if (from === undefined) return `Until ${utcMoment(timeOf(to ?? '0'))}`
  if (to === undefined) return `Since ${utcMoment(timeOf(from))}`
  return `${utcMoment(timeOf(from))} to ${utcMoment(timeOf(to))}`
}

/** `Complete since 26 Aug 2026`, or `Incomplete: …` with the gaps of the window. Counts that may be lower say of when. */
export function coverageLine(coverage: KnownCoverage, from?: Snowflake, to?: Snowflake): string {
  const missing = missingIn({ from, to }, coverage)
  if (missing !== undefined) return `Incomplete: ${missing}`
  const [first] = coverage.ranges
  const begin = from === undefined ? first?.start : maxId(from, coverage.guildId)
  const around = coverage.ranges.findLast(({ start }) => begin !== undefined && compareIds(start, begin) <= 0)
  const { askedAt, countsAsOf } = coverage
  const counts = countsAsOf === undefined ? '' : ` · counts as of ${utcMomentNear(countsAsOf, askedAt)}`
  return `Complete since ${utcDay(timeOf(around?.start ?? '0'))}${counts}`
}

/** What is missing from a window: `nothing is known since …; nothing is known before …`. Undefined if it is complete. */
export function missingIn({ from, to }: Window, coverage: KnownCoverage): string | undefined {
  if (coverage.ranges.length === 0) return 'nothing has been read yet'
  const { missingBefore, between, missingSince } = gapsWithin(coverage, from, to)
  const named = between.slice(0, GAPS_NAMED).map(({ after, before }) => {
    return `nothing is known from ${utcMoment(timeOf(after))} to ${utcMoment(timeOf(before))}`
  })
  const missing = [
    ...(missingSince === null
      ? []
      : [`nothing is known since ${utcMomentNear(timeOf(missingSince), coverage.askedAt)}`]),
    ...(missingBefore === null ? [] : [`nothing is known before ${utcDay(timeOf(missingBefore))}`]),
    ...named,
    ...(between.length > GAPS_NAMED ? [pluralize(between.length - GAPS_NAMED, 'more gap')] : []),
  ]
  return missing.length === 0 ? undefined : missing.join('; ')
}
