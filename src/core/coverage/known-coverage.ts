import { compareIds, firstIdAt, type Snowflake, timeOf } from '../snowflake.ts'
import { type Coverage, isDatedAhead, oldestKept, oldestWanted, withLive } from './coverage.ts'
import { newestRange, type Range, rangesUpTo } from './ranges.ts'
import { hasFailed, type SyncOutcome, type SyncStatus } from './sync-status.ts'

/** Discord's `Date` header has whole seconds, so a gap this short at the end is none, in milliseconds. */
const WHOLE_SECONDS = 2000

/** The coverage of a guild's log at the moment a query was run. */
export interface KnownCoverage {
  /** The guild: no entry is older. */
  readonly guildId: Snowflake
  /** The oldest id that can still be read from Discord. */
  readonly oldest: Snowflake
  /** Complete ranges, oldest first. They do not touch each other. */
  readonly ranges: readonly Range[]
  /** When Discord was last read successfully, in milliseconds since the Unix epoch; null before the first time. */
  readonly readAt: number | null
  /** When the query was run, in milliseconds since the Unix epoch. */
  readonly askedAt: number
  /**
   * When counts that can have grown were last read, in milliseconds since the Unix epoch; absent if the query needs none,
   * or has read them.
   */
  readonly countsAsOf?: number
}

/**
 * The coverage at a moment: what was read, and what the gateway has sent since without an interruption. After a failed
 * read, it ends at the last successful one, even if the failed one read a part of the log.
 * @param askedAt the moment, in milliseconds since the Unix epoch
 */
export function coverageAt(
  guildId: Snowflake,
  coverage: Coverage,
  { liveFrom, lastRead }: SyncStatus,
  askedAt: number,
): KnownCoverage {
  const { ranges, readAt } = coverage
  const known = { guildId, oldest: oldestWanted(guildId, askedAt, coverage), readAt, askedAt }
  const now = firstIdAt(askedAt)
  if (liveFrom !== undefined && compareIds(liveFrom, now) <= 0)
    return { ...known, ranges: withLive(coverage, liveFrom, now) }
  if (readAt === null) return { ...known, ranges }
  if (isDatedAhead(readAt, askedAt))
    return { ...known, ranges: rangesUpTo(ranges, oldestKept(guildId, askedAt)) }
  return { ...known, ranges: hasFailed(lastRead) ? rangesUpTo(ranges, firstIdAt(readAt)) : ranges }
}

/**
 * The coverage for an answer after its sync. If events are not stored yet, it ends at the last read.
 * @param countsAsOf when counts that can have grown were last read, in milliseconds since the Unix epoch
 */
export function coverageAfterSync(
  outcome: SyncOutcome,
  known: KnownCoverage,
  countsAsOf?: number,
): KnownCoverage {
  const { ranges, readAt, askedAt } = known
  if (countsAsOf !== undefined) return { ...known, countsAsOf }
  if (outcome !== 'unstored') return known
  const end = Math.min(readAt ?? 0, askedAt - WHOLE_SECONDS)
  return { ...known, ranges: rangesUpTo(ranges, firstIdAt(end)) }
}

/**
 * The coverage that the first page of an answer had, for a page that is shown later.
 * @param known the coverage now
 * @param end where the coverage ended then
 * @param askedAt when the query was run, in milliseconds since the Unix epoch
 * @param countsAsOf when its counts were read, in milliseconds since the Unix epoch; undefined if they were right then
 */
export function coverageAsOf(
  known: KnownCoverage,
  end: Snowflake,
  askedAt: number,
  countsAsOf?: number,
): KnownCoverage {
  const ranges = rangesUpTo(known.ranges, end)
  return { ...known, ranges, askedAt, ...(countsAsOf !== undefined && { countsAsOf }) }
}

/** The id at which coverage ends; `0` if there is none. */
export function coveredTo({ ranges }: KnownCoverage): Snowflake {
  return newestRange(ranges)?.end ?? '0'
}

/** Whether coverage that ends at an id reaches up to the moment of the query. */
export function reachesNow({ askedAt }: KnownCoverage, end: Snowflake): boolean {
  return askedAt - timeOf(end) < WHOLE_SECONDS
}
