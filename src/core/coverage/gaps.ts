import { compareIds, firstIdAt, maxId, minId, type Snowflake } from '../snowflake.ts'
import { type KnownCoverage, reachesNow } from './known-coverage.ts'
import { joinRanges, type Range } from './ranges.ts'

/** A gap between two complete ranges, both ends excluded. */
export type Gap = { readonly after: Snowflake; readonly before: Snowflake }

/** What is missing from a window. */
export interface Gaps {
  /** The first covered id, if the window begins before it; otherwise null. */
  readonly missingBefore: Snowflake | null
  /** The gaps between complete ranges. */
  readonly between: readonly Gap[]
  /** The last covered id, if the window ends after it; otherwise null. */
  readonly missingSince: Snowflake | null
}

/** A bound of a window. Undefined is open: back to the oldest entry that Discord still has, or up to the query. */
type Bound = Snowflake | undefined

/** What is missing from a window. All fields are empty if there is no coverage at all. */
export function gapsWithin(known: KnownCoverage, from: Bound, to: Bound): Gaps {
  const ranges = joinRanges(known.ranges)
  const [first, last] = [ranges[0], ranges.at(-1)]
  if (!first || !last) return { missingBefore: null, between: [], missingSince: null }
  const end = minId(to ?? firstIdAt(known.askedAt), firstIdAt(known.askedAt))
  const between = ranges
    .slice(1)
    .map((range, index) => ({ after: ranges[index]?.end ?? first.end, before: range.start }))
    .filter((gap) => (from ? compareIds(gap.before, from) > 0 : true))
    .filter((gap) => compareIds(gap.after, end) < 0)
    .map((gap) => ({
      after: from ? maxId(gap.after, from) : gap.after,
      before: minId(gap.before, end),
    }))
  const isBefore = to !== undefined && compareIds(to, first.start) <= 0
  const begin = isBefore ? '0' : (from ?? known.oldest)
  const lacksBeginning = compareIds(maxId(begin, known.guildId), first.start) < 0
  const lacksEnd = compareIds(last.end, end) < 0 && !reachesNow(known, last.end)
  return {
    missingBefore: lacksBeginning ? first.start : null,
    between,
    missingSince: lacksEnd ? last.end : null,
  }
}

/** Whether nothing is missing from a window. */
export function isComplete(known: KnownCoverage, from: Bound, to: Bound): boolean {
  const { missingBefore, between, missingSince } = gapsWithin(known, from, to)
  return known.ranges.length > 0 && missingBefore === null && between.length === 0 && missingSince === null
}

/**
 * Whether a zero in a window may be wrong: nothing of it is covered, or a part of it was not read. A window that begins
 * before the archive lacks nothing if Discord had already dropped that part.
 */
export function mayLackEntries(known: KnownCoverage, from: Bound, to: Bound): boolean {
  return isPartlyUnread(known, from, to) || isUncovered(known, from, to)
}

/** Whether a part of a window was not read, although Discord may have had it when the log was first read. */
export function isPartlyUnread(known: KnownCoverage, from: Bound, to: Bound): boolean {
  const { missingBefore, between, missingSince } = gapsWithin(known, from, to)
  const isBeginningUnread =
    missingBefore !== null &&
    compareIds(known.oldest, missingBefore) < 0 &&
    (to === undefined || compareIds(known.oldest, to) < 0)
  return known.ranges.length === 0 || isBeginningUnread || between.length > 0 || missingSince !== null
}

/** Whether no part of a window is covered. */
export function isUncovered(known: KnownCoverage, from: Bound, to: Bound): boolean {
  // A window can begin in the future, if the clock of whoever wrote it is fast.
  const begin = minId(from ?? '0', firstIdAt(known.askedAt))
  const isWithin = ({ start, end }: Range) =>
    (compareIds(begin, end) < 0 || reachesNow(known, end)) && (to === undefined || compareIds(start, to) < 0)
  return !known.ranges.some(isWithin)
}
