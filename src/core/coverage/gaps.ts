import { compareIds, firstIdAt, maxId, minId, type Snowflake } from '../snowflake.ts'
import { type KnownCoverage, reachesNow } from './known-coverage.ts'
import { joinRanges, type Range } from './ranges.ts'

/** A gap between two complete ranges, both ends excluded. */
export type Hole = { readonly after: Snowflake; readonly before: Snowflake }

/** What is missing from a window: before the archive's beginning, in the middle, and at the end. */
export interface Gaps {
  /** The id since which something is known, where the window begins before it; null where nothing is missing there. */
  readonly nothingBefore: Snowflake | null
  readonly holes: readonly Hole[]
  /** The id up to which something is known, where the window ends after it; null where nothing is missing there. */
  readonly nothingSince: Snowflake | null
}

/** A bound of a window. An absent one is open: back to what Discord still has, or up to the moment of the query. */
type Bound = Snowflake | undefined

/** What is missing from a window. */
export function gapsWithin(known: KnownCoverage, from: Bound, to: Bound): Gaps {
  const ranges = joinRanges(known.ranges)
  const [first, last] = [ranges[0], ranges.at(-1)]
  if (!first || !last) return { nothingBefore: null, holes: [], nothingSince: null }
  const end = minId(to ?? firstIdAt(known.askedAt), firstIdAt(known.askedAt))
  const holes = ranges
    .slice(1)
    .map((range, index) => ({ after: ranges[index]?.end ?? first.end, before: range.start }))
    .filter((hole) => (from ? compareIds(hole.before, from) > 0 : true))
    .filter((hole) => compareIds(hole.after, end) < 0)
    .map((hole) => ({
      after: from ? maxId(hole.after, from) : hole.after,
      before: minId(hole.before, end),
    }))
  const isBefore = to !== undefined && compareIds(to, first.start) <= 0
  const begin = isBefore ? '0' : (from ?? known.oldest)
  const lacksBeginning = compareIds(maxId(begin, known.guildId), first.start) < 0
  const lacksEnd = compareIds(last.end, end) < 0 && !reachesNow(known, last.end)
  return {
    nothingBefore: lacksBeginning ? first.start : null,
    holes,
    nothingSince: lacksEnd ? last.end : null,
  }
}

/** Whether nothing is missing from a window. */
export function isWhole(known: KnownCoverage, from: Bound, to: Bound): boolean {
  const { nothingBefore, holes, nothingSince } = gapsWithin(known, from, to)
  return known.ranges.length > 0 && nothingBefore === null && holes.length === 0 && nothingSince === null
}

/** Whether a window is wholly unknown, or misses more than what Discord had dropped before the archive began. */
export function hasHoles(known: KnownCoverage, from: Bound, to: Bound): boolean {
  return isUnread(known, from, to) || knowsNothing(known, from, to)
}

/** Whether a window misses something that Discord may still have had when it could first be read. */
export function isUnread(known: KnownCoverage, from: Bound, to: Bound): boolean {
  const { nothingBefore, holes, nothingSince } = gapsWithin(known, from, to)
  const isBeginningUnread =
    nothingBefore !== null &&
    compareIds(known.oldest, nothingBefore) < 0 &&
    (to === undefined || compareIds(known.oldest, to) < 0)
  return known.ranges.length === 0 || isBeginningUnread || holes.length > 0 || nothingSince !== null
}

/** Whether nothing at all is known of a window. */
export function knowsNothing(known: KnownCoverage, from: Bound, to: Bound): boolean {
  // A window can begin in the future, if the clock of whoever wrote it is fast.
  const begin = minId(from ?? '0', firstIdAt(known.askedAt))
  const isWithin = ({ start, end }: Range) =>
    (compareIds(begin, end) < 0 || reachesNow(known, end)) && (to === undefined || compareIds(start, to) < 0)
  return !known.ranges.some(isWithin)
}
