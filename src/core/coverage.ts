import { compareIds, firstIdAt, idAfter, maxId, minId, type Snowflake } from './snowflake.ts'

/** A stretch of a guild's log that is known to be complete, both ends included. */
export interface Range {
  readonly start: Snowflake
  readonly end: Snowflake
}

/** Discord keeps an audit log for 45 days. https://docs.discord.com/developers/resources/audit-log */
const DISCORD_KEEPS = 45 * 86_400_000

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

/** A stretch between two complete ranges of which nothing is known, both ends excluded. */
export type Hole = { readonly after: Snowflake; readonly before: Snowflake }

/** What a window misses: what lies before the archive's beginning, and the holes within. */
export interface Gaps {
  /** Since when anything is known at all, where the window reaches further back than that. */
  readonly nothingBefore: Snowflake | null
  readonly holes: readonly Hole[]
}

/** What is missing from a window. An open side means everything on that side. */
export function gapsWithin(coverage: Coverage, from: Snowflake | undefined, to: Snowflake | undefined): Gaps {
  const ranges = joinRanges(coverage.ranges)
  const first = ranges[0]
  if (!first) return { nothingBefore: null, holes: [] }
  const holes = ranges
    .slice(1)
    .map((range, index) => ({ after: ranges[index]?.end ?? first.end, before: range.start }))
    .filter((hole) => (from ? compareIds(hole.before, from) > 0 : true))
    .filter((hole) => (to ? compareIds(hole.after, to) < 0 : true))
    .map((hole) => ({
      after: from ? maxId(hole.after, from) : hole.after,
      before: to ? minId(hole.before, to) : hole.before,
    }))
  const reachesBack = from !== undefined && compareIds(from, first.start) < 0
  return { nothingBefore: reachesBack ? first.start : null, holes }
}
