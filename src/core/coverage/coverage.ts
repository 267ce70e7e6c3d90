import { firstIdAt, idAfter, LARGEST_SNOWFLAKE, maxId, type Snowflake } from '../snowflake.ts'
import { DAY, MINUTE } from '../time/units.ts'
import { joinRanges, type Range } from './ranges.ts'

/** What of a guild's log the archive has read. */
export interface Coverage {
  /** In order, oldest first; none touches another. */
  readonly ranges: readonly Range[]
  /** When Discord was last read successfully, in milliseconds since the Unix epoch; null before the first time. */
  readonly readAt: number | null
  /** When earlier entries were last read again for counts that have grown, in milliseconds since the Unix epoch. */
  readonly sweptAt?: number
  /** Everything up to this id was erased on purpose: it is not stored, and not read again. Absent where nothing was. */
  readonly forgottenTo?: Snowflake
}

/** Discord keeps an audit log for 45 days. https://docs.discord.com/developers/resources/audit-log */
const DISCORD_KEEPS = 45 * DAY

/** The oldest id that Discord still has for certain at a moment. No entry is older than its guild. */
export function oldestKept(guildId: Snowflake, now: number): Snowflake {
  return maxId(guildId, firstIdAt(now - DISCORD_KEEPS))
}

/** The oldest id worth reading: what Discord still has, except what was erased here on purpose. */
export function oldestWanted(
  guildId: Snowflake,
  now: number,
  { forgottenTo }: Pick<Coverage, 'forgottenTo'>,
): Snowflake {
  const oldest = oldestKept(guildId, now)
  return forgottenTo === undefined ? oldest : maxId(oldest, idAfter(forgottenTo))
}

/** Coverage that includes everything from an id on, where the gateway's stream has been live since. */
export function withLive<Covered extends Pick<Coverage, 'ranges'>>(
  coverage: Covered,
  from: Snowflake,
): Covered {
  return { ...coverage, ranges: joinRanges([...coverage.ranges, { start: from, end: LARGEST_SNOWFLAKE }]) }
}

/**
 * Whether a read is dated in the future, by a host's clock that was ahead: nobody knows when it was and what it covered.
 * Both moments are in milliseconds since the Unix epoch.
 */
export function isDatedAhead(readAt: number, now: number): boolean {
  return readAt > now + MINUTE
}
