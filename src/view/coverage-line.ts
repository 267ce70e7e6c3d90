import { gapsWithin } from '../core/coverage/gaps.ts'
import type { KnownCoverage } from '../core/coverage/known-coverage.ts'
import type { SavedQuery } from '../core/query/saved-query.ts'
import { compareIds, maxId, type Snowflake, timeOf } from '../core/snowflake.ts'
import { pluralize } from '../core/text/numbers.ts'
import { formatDay, formatMoment, formatMomentNear } from '../core/time/format-time.ts'

const GAPS_NAMED = 3

/** The window of a query, and the time zone that its times are shown in. */
type Windowed = Pick<SavedQuery, 'filter' | 'timeZone'>

/** The footer of an answer: its window and its coverage. */
export function windowAndCoverage(query: Windowed, coverage: KnownCoverage): string {
  return `${windowLine(query)} · ${coverageLine(query, coverage)}`
}

function windowLine({ filter: { from, to }, timeZone }: Windowed): string {
  const moment = (id: Snowflake) => formatMoment(timeOf(id), timeZone)
  if (from === undefined && to === undefined) return 'All time'
  if (from === undefined) return `Until ${moment(to ?? '0')}`
  if (to === undefined) return `Since ${moment(from)}`
  return `${moment(from)} to ${moment(to)}`
}

/** `Complete since 26 Aug 2026`, or `Incomplete: …` with the gaps of the window. Counts that may be lower say of when. */
export function coverageLine(query: Windowed, coverage: KnownCoverage): string {
  const missing = missingIn(query, coverage)
  if (missing !== undefined) return `Incomplete: ${missing}`
  const {
    timeZone,
    filter: { from },
  } = query
  const [first] = coverage.ranges
  const begin = from === undefined ? first?.start : maxId(from, coverage.guildId)
  const around = coverage.ranges.findLast(({ start }) => begin !== undefined && compareIds(start, begin) <= 0)
  const { askedAt, countsAsOf } = coverage
  const counts =
    countsAsOf === undefined ? '' : ` · counts as of ${formatMomentNear(countsAsOf, askedAt, timeZone)}`
  return `Complete since ${formatDay(timeOf(around?.start ?? '0'), timeZone)}${counts}`
}

/** What is missing from a window: `nothing is known since …; nothing is known before …`. Undefined if it is complete. */
export function missingIn(
  { filter: { from, to }, timeZone }: Windowed,
  coverage: KnownCoverage,
): string | undefined {
  if (coverage.ranges.length === 0) return 'nothing has been read yet'
  const { missingBefore, between, missingSince } = gapsWithin(coverage, from, to)
  const named = between.slice(0, GAPS_NAMED).map(({ after, before }) => {
    return `nothing is known from ${formatMoment(timeOf(after), timeZone)} to ${formatMoment(timeOf(before), timeZone)}`
  })
  const missing = [
    ...(missingSince === null
      ? []
      : [`nothing is known since ${formatMomentNear(timeOf(missingSince), coverage.askedAt, timeZone)}`]),
    ...(missingBefore === null
      ? []
      : [`nothing is known before ${formatDay(timeOf(missingBefore), timeZone)}`]),
    ...named,
    ...(between.length > GAPS_NAMED ? [pluralize(between.length - GAPS_NAMED, 'more gap')] : []),
  ]
  return missing.length === 0 ? undefined : missing.join('; ')
}
