import {
  compareIds,
  firstIdAt,
  idAfter,
  LARGEST_SNOWFLAKE,
  maxId,
  minId,
  type Snowflake,
  timeOf,
} from '../snowflake.ts'
import { DAY, MINUTE } from '../time/units.ts'
import { hasFailed, type SyncOutcome, type SyncStatus } from './sync-status.ts'

/** A stretch of a guild's log that is known to be complete, both ends included. */
export interface Range {
  readonly start: Snowflake
  readonly end: Snowflake
}

/** Discord keeps an audit log for 45 days. https://docs.discord.com/developers/resources/audit-log */
const DISCORD_KEEPS = 45 * DAY

/** The oldest id that Discord can be counted on to keep at a moment: none is older than the guild itself. */
export function oldestKept(guildId: Snowflake, now: number): Snowflake {
  return maxId(guildId, firstIdAt(now - DISCORD_KEEPS))
}

/** The oldest id worth reading: what Discord can be counted on to keep, but for what was erased here on purpose. */
export function oldestWanted(
  guildId: Snowflake,
  now: number,
  { forgottenTo }: Pick<Coverage, 'forgottenTo'>,
): Snowflake {
  const oldest = oldestKept(guildId, now)
  return forgottenTo === undefined ? oldest : maxId(oldest, idAfter(forgottenTo))
}

/** Joins ranges that touch or overlap; the result is in order, oldest first. */
export function joinRanges(ranges: readonly Range[]): Range[] {
  const joined: Range[] = []
  for (const range of [...ranges].sort((a, b) => compareIds(a.start, b.start))) {
    const last = joined.at(-1)
    if (last && compareIds(range.start, last.end) <= 0) {
      joined[joined.length - 1] = { start: last.start, end: maxId(last.end, range.end) }
    } else {
      joined.push(range)
    }
  }
  return joined
}

/** Coverage with all that comes from an id on, where the gateway's stream has been unbroken since. */
export function withLive<Covered extends Pick<Coverage, 'ranges'>>(
  coverage: Covered,
  from: Snowflake,
): Covered {
  return { ...coverage, ranges: joinRanges([...coverage.ranges, { start: from, end: LARGEST_SNOWFLAKE }]) }
}

/** The newest range: the one that questions about today are answered from. */
export function newestRange(ranges: readonly Range[]): Range | undefined {
  return joinRanges(ranges).at(-1)
}

/** What is known about one guild's log. */
export interface Coverage {
  /** In order, oldest first, none touching another. */
  readonly ranges: readonly Range[]
  /** When Discord was last read with success, in milliseconds since the Unix epoch; null before the first time. */
  readonly readAt: number | null
  /** When what was read before was last read again for counts that had grown, in milliseconds; absent before. */
  readonly sweptAt?: number
  /** Up to here everything was erased on purpose: it is neither held nor to be read again. Absent where nothing was. */
  readonly forgottenTo?: Snowflake
}

/**
 * Whether a reading is dated in the future: by a host's clock that was ahead. When it was, and what it read, nobody can
 * tell. Both moments are in milliseconds since the Unix epoch.
 */
export function isDatedAhead(readAt: number, now: number): boolean {
  return readAt > now + MINUTE
}

/** What is known of a guild's log at a moment at which something is asked of it. */
export interface KnownCoverage {
  /** Before it there was no guild, and so no entry. */
  readonly guildId: Snowflake
  /** The oldest id that can still be read at Discord. */
  readonly oldest: Snowflake
  /** Complete stretches, in order, oldest first, none touching another. */
  readonly ranges: readonly Range[]
  /** When Discord was last read with success, in milliseconds since the Unix epoch; null before the first time. */
  readonly readAt: number | null
  /** The moment, in milliseconds since the Unix epoch. */
  readonly askedAt: number
}

/**
 * What is known at a moment: what was read, and what the gateway has told since without a break. A reading that failed
 * leaves the time since the last good one unknown, even where a part of it was read.
 */
export function knownAt(
  guildId: Snowflake,
  coverage: Coverage,
  { liveFrom, reading }: SyncStatus,
  askedAt: number,
): KnownCoverage {
  const { ranges, readAt } = coverage
  const known = { guildId, oldest: oldestWanted(guildId, askedAt, coverage), readAt, askedAt }
  const now = firstIdAt(askedAt)
  if (liveFrom !== undefined && compareIds(liveFrom, now) <= 0) {
    return { ...known, ranges: joinRanges([...ranges, { start: liveFrom, end: now }]) }
  }
  if (readAt === null) return { ...known, ranges }
  if (isDatedAhead(readAt, askedAt))
    return { ...known, ranges: rangesUpTo(ranges, oldestKept(guildId, askedAt)) }
  return { ...known, ranges: hasFailed(reading) ? rangesUpTo(ranges, firstIdAt(readAt)) : ranges }
}

/** What is known for an answer after its reading: where counts may have grown, nothing but what was read before. */
export function knownAfter(reading: SyncOutcome, known: KnownCoverage): KnownCoverage {
  const { ranges, readAt, askedAt } = known
  if (reading !== 'uncounted') return known
  const end = Math.min(readAt ?? 0, askedAt - WHOLE_SECONDS)
  return { ...known, ranges: rangesUpTo(ranges, firstIdAt(end)) }
}

/**
 * What was known when an answer was first given, for a page of it that is shown later.
 * @param known what is known now
 * @param knownTo up to where the log was known then
 * @param askedAt when that was, in milliseconds since the Unix epoch
 */
export function knownSince(known: KnownCoverage, knownTo: Snowflake, askedAt: number): KnownCoverage {
  return { ...known, ranges: rangesUpTo(known.ranges, knownTo), askedAt }
}

/** Up to where a log is known. */
export function knownTo({ ranges }: KnownCoverage): Snowflake {
  return newestRange(ranges)?.end ?? '0'
}

function rangesUpTo(ranges: readonly Range[], end: Snowflake): Range[] {
  return ranges
    .filter(({ start }) => compareIds(start, end) <= 0)
    .map((range) => ({ start: range.start, end: minId(range.end, end) }))
}

/** A stretch between two complete ranges of which nothing is known, both ends excluded. */
export type Hole = { readonly after: Snowflake; readonly before: Snowflake }

/** What a window misses: what lies before the archive's beginning, the holes within, and what came since its end. */
export interface Gaps {
  /** Since when anything is known at all, where the window lacks something before that. */
  readonly nothingBefore: Snowflake | null
  readonly holes: readonly Hole[]
  /** Up to when anything is known, where the window reaches further than that. */
  readonly nothingSince: Snowflake | null
}

/** Discord says what time it is in whole seconds: a shorter stretch at the end is no gap, in milliseconds. */
const WHOLE_SECONDS = 2000

/** Whether what is known up to an id is known up to the moment of asking. */
function reachesNow({ askedAt }: KnownCoverage, end: Snowflake): boolean {
  return askedAt - timeOf(end) < WHOLE_SECONDS
}

/**
 * What is missing from a window. An open side means everything on that side: back to what Discord still has, and up to
 * the moment of asking.
 */
export function gapsWithin(
  known: KnownCoverage,
  from: Snowflake | undefined,
  to: Snowflake | undefined,
): Gaps {
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
  const reachesBack = compareIds(maxId(begin, known.guildId), first.start) < 0
  const reachesOn = compareIds(last.end, end) < 0 && !reachesNow(known, last.end)
  return {
    nothingBefore: reachesBack ? first.start : null,
    holes,
    nothingSince: reachesOn ? last.end : null,
  }
}

/** Whether nothing is missing from a window. */
export function isWhole(
  known: KnownCoverage,
  from: Snowflake | undefined,
  to: Snowflake | undefined,
): boolean {
  const { nothingBefore, holes, nothingSince } = gapsWithin(known, from, to)
  return known.ranges.length > 0 && nothingBefore === null && holes.length === 0 && nothingSince === null
}

/** Whether a window misses more than what Discord had forgotten before the archive began; or all. */
export function hasHoles(
  known: KnownCoverage,
  from: Snowflake | undefined,
  to: Snowflake | undefined,
): boolean {
  return isUnread(known, from, to) || knowsNothing(known, from, to)
}

/** Whether a window misses something that Discord may have had, and has still where it is not too long ago. */
export function isUnread(
  known: KnownCoverage,
  from: Snowflake | undefined,
  to: Snowflake | undefined,
): boolean {
  const { nothingBefore, holes, nothingSince } = gapsWithin(known, from, to)
  const isBeginningUnread =
    nothingBefore !== null &&
    compareIds(known.oldest, nothingBefore) < 0 &&
    (to === undefined || compareIds(known.oldest, to) < 0)
  return known.ranges.length === 0 || isBeginningUnread || holes.length > 0 || nothingSince !== null
}

/** Whether nothing at all is known of a window. */
export function knowsNothing(
  known: KnownCoverage,
  from: Snowflake | undefined,
  to: Snowflake | undefined,
): boolean {
  // A window may begin later than it was asked for, by somebody whose watch is fast.
  const begin = minId(from ?? '0', firstIdAt(known.askedAt))
  const isWithin = ({ start, end }: Range) =>
    (compareIds(begin, end) < 0 || reachesNow(known, end)) && (to === undefined || compareIds(start, to) < 0)
  return !known.ranges.some(isWithin)
}
