import type { RateLimitData } from 'discord.js'
import type { Clock } from '../../core/clock.ts'
import type { Snowflake } from '../../core/snowflake.ts'

/**
 * The longest wait for a limit that a request sits through, in milliseconds. Buckets fill up again sooner than that,
 * and a request that waits longer only holds up those behind it.
 */
const LONGEST_WAIT = 15_000

/** What a limit says of itself; a `RateLimitError` says the same. */
type Limit = Pick<
  RateLimitData,
  'global' | 'limit' | 'majorParameter' | 'retryAfter' | 'route' | 'sublimitTimeout' | 'timeToReset'
>

/** How long Discord wants no such request, in milliseconds. */
export function waitOf({ retryAfter, sublimitTimeout, timeToReset }: Limit): number {
  return Math.max(retryAfter, sublimitTimeout, timeToReset)
}

/**
 * Whether a limit holds for whatever the bot asks, and not for one guild alone: the global limit, or Cloudflare, which
 * knows no buckets. https://docs.discord.com/developers/topics/rate-limits#global-rate-limit
 */
export function isForAll({ global, limit }: Limit): boolean {
  return global || !Number.isFinite(limit)
}

/** Whether a request gives up rather than wait for a limit. */
export function waitsTooLong(limit: Limit): boolean {
  return waitOf(limit) > LONGEST_WAIT
}

/** The limits that requests of a bot wait for, by discord.js. */
export class RateLimits {
  readonly #clock: Clock
  /** Until when readings of a guild's log wait, or of all. */
  readonly #until = new Map<Snowflake | 'all', number>()

  constructor(clock: Clock) {
    this.#clock = clock
  }

  /** Notes a limit, and tells whether a request gives up rather than wait for it. */
  readonly rejects = (limit: Limit): boolean => {
    const { route, majorParameter } = limit
    const until = this.#clock.now() + waitOf(limit)
    if (route.startsWith('/guilds/')) {
      if (isForAll(limit)) this.#until.set('all', until)
      else if (route.endsWith('/audit-logs')) this.#until.set(majorParameter, until)
    }
    return waitsTooLong(limit)
  }

  /** Until when readings of a guild's log wait, in milliseconds since the Unix epoch; undefined where they do not. */
  heldUntil(guildId: Snowflake): number | undefined {
    const now = this.#clock.now()
    for (const [key, until] of this.#until) if (until <= now) this.#until.delete(key)
    const held = ['all', guildId].flatMap((key) => this.#until.get(key) ?? [])
    return held.length === 0 ? undefined : Math.max(...held)
  }
}
