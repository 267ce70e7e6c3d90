import type { RateLimitData } from 'discord.js'
import type { Clock } from '../../core/clock.ts'
import type { Snowflake } from '../../core/snowflake.ts'

/**
 * The longest that a request waits for a limit, in milliseconds. Buckets are refilled sooner than that, and a request
 * that waits longer only delays those behind it.
 */
const MAX_DELAY = 15_000

/** A rate limit as discord.js describes it. A `RateLimitError` has the same fields. */
type RateLimit = Pick<
  RateLimitData,
  'global' | 'limit' | 'majorParameter' | 'retryAfter' | 'route' | 'sublimitTimeout' | 'timeToReset'
>

/** How long Discord accepts no such request, in milliseconds. */
export function waitOf({ retryAfter, sublimitTimeout, timeToReset }: RateLimit): number {
  return Math.max(retryAfter, sublimitTimeout, timeToReset)
}

/**
 * Whether a limit applies to all requests of the bot: the global limit, or one of Cloudflare, which has no buckets.
 * https://docs.discord.com/developers/topics/rate-limits#global-rate-limit
 */
export function isGlobal({ global, limit }: RateLimit): boolean {
  return global || !Number.isFinite(limit)
}

/** Whether a request fails instead of waiting for a limit. */
export function waitsTooLong(limit: RateLimit): boolean {
  return waitOf(limit) > MAX_DELAY
}

/** The rate limits that discord.js reports. */
export class RateLimits {
  readonly #clock: Clock
  /** Until when reading a guild's log is limited, or any log. */
  readonly #until = new Map<Snowflake | 'all', number>()

  constructor(clock: Clock) {
    this.#clock = clock
  }

  /** Records a limit, and decides whether the request fails instead of waiting for it. */
  readonly rejects = (limit: RateLimit): boolean => {
    const { route, majorParameter } = limit
    const until = this.#clock.now() + waitOf(limit)
    if (route.startsWith('/guilds/')) {
      if (isGlobal(limit)) this.#until.set('all', until)
      else if (route.endsWith('/audit-logs')) this.#until.set(majorParameter, until)
    }
    return waitsTooLong(limit)
  }

  /** Until when reading a guild's log is limited, in milliseconds since the Unix epoch; undefined if it is not. */
  heldUntil(guildId: Snowflake): number | undefined {
    const now = this.#clock.now()
    for (const [key, until] of this.#until) if (until <= now) this.#until.delete(key)
    const held = ['all', guildId].flatMap((key) => this.#until.get(key) ?? [])
    return held.length === 0 ? undefined : Math.max(...held)
  }
}
