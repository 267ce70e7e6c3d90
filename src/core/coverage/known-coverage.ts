import { compareIds, firstIdAt, type Snowflake, timeOf } from '../snowflake.ts'
import { type Coverage, isDatedAhead, oldestKept, oldestWanted } from './coverage.ts'
import { joinRanges, newestRange, type Range, rangesUpTo } from './ranges.ts'
import { hasFailed, type SyncOutcome, type SyncStatus } from './sync-status.ts'

/** Discord's `Date` header has whole seconds: a shorter stretch at the end is no gap, in milliseconds. */
const WHOLE_SECONDS = 2000

/** What is known of a guild's log when a query is run. */
export interface KnownCoverage {
  /** The guild: no entry is older. */
  readonly guildId: Snowflake
  /** The oldest id that can still be read from Discord. */
  readonly oldest: Snowflake
  /** Complete ranges, in order, oldest first; none touches another. */
  readonly ranges: readonly Range[]
  /** When Discord was last read successfully, in milliseconds since the Unix epoch; null before the first time. */
  readonly readAt: number | null
  /** When the query was run, in milliseconds since the Unix epoch. */
  readonly askedAt: number
}

/**
 * What is known at a moment: what was read, and what the gateway has sent since without an interruption. After a failed
 * read nothing is known since the last successful one, even where a part of the log was read.
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

/** What is known for an answer after its sync: where counts may have grown, only what was read before. */
export function knownAfter(outcome: SyncOutcome, known: KnownCoverage): KnownCoverage {
  const { ranges, readAt, askedAt } = known
  if (outcome !== 'uncounted') return known
  const end = Math.min(readAt ?? 0, askedAt - WHOLE_SECONDS)
  return { ...known, ranges: rangesUpTo(ranges, firstIdAt(end)) }
}

/**
 * What was known when an answer was first given, for a page of it that is shown later.
 * @param known what is known now
 * @param end up to which id the log was known then
 * @param askedAt when the query was run, in milliseconds since the Unix epoch
 */
export function knownSince(known: KnownCoverage, end: Snowflake, askedAt: number): KnownCoverage {
  return { ...known, ranges: rangesUpTo(known.ranges, end), askedAt }
}

/** Up to which id a log is known; `0` where nothing is. */
export function knownTo({ ranges }: KnownCoverage): Snowflake {
  return newestRange(ranges)?.end ?? '0'
}

/** Whether what is known up to an id is known up to the moment of the query. */
export function reachesNow({ askedAt }: KnownCoverage, end: Snowflake): boolean {
  return askedAt - timeOf(end) < WHOLE_SECONDS
}
