import { compareIds, firstIdAt, idAfter, LARGEST_SNOWFLAKE, maxId, type Snowflake } from '../snowflake.ts'
import { DAY, MINUTE } from '../time/units.ts'
import { joinRanges, type Range } from './ranges.ts'

/** Which ranges of a guild's log the archive has, as stored. */
export interface Coverage {
  /** Complete ranges, oldest first. They do not touch each other. */
  readonly ranges: readonly Range[]
  /** When Discord was last read successfully, in milliseconds since the Unix epoch; null before the first time. */
  readonly readAt: number | null
  /** When earlier entries were last read again for counts that have grown, in milliseconds since the Unix epoch. */
  readonly sweptAt?: number
  /** Everything up to this id was erased and is not read again; absent if nothing was erased. */
  readonly erasedTo?: Snowflake
}

/** Discord keeps an audit log for 45 days. https://docs.discord.com/developers/resources/audit-log */
const DISCORD_KEEPS = 45 * DAY

/** The oldest id that Discord certainly still has at a moment. No entry is older than its guild. */
export function oldestKept(guildId: Snowflake, now: number): Snowflake {
  return maxId(guildId, firstIdAt(now - DISCORD_KEEPS))
}

/** The oldest id to read: of what Discord still has, except what was erased from the archive. */
export function oldestWanted(
  guildId: Snowflake,
  now: number,
  { erasedTo }: Pick<Coverage, 'erasedTo'>,
): Snowflake {
  const oldest = oldestKept(guildId, now)
  return erasedTo === undefined ? oldest : maxId(oldest, idAfter(erasedTo))
}

/** The complete ranges, with everything since an id where the gateway's stream has been live since then. */
export function withLive(
  { ranges, erasedTo }: Coverage,
  liveFrom: Snowflake,
  end: Snowflake = LARGEST_SNOWFLAKE,
): Range[] {
  const start = erasedTo === undefined ? liveFrom : maxId(liveFrom, idAfter(erasedTo))
  return compareIds(start, end) > 0 ? [...ranges] : joinRanges([...ranges, { start, end }])
}

/**
 * Whether a read is dated in the future, because the host's clock was ahead. Its real time and coverage are unknown.
 * Both times are in milliseconds since the Unix epoch.
 */
export function isDatedAhead(readAt: number, now: number): boolean {
  return readAt > now + MINUTE
}
