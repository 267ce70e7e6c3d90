import type { Clock } from '../core/clock.ts'
import type { Snowflake } from '../core/snowflake.ts'

/** How long Discord is left alone after it has refused twice in a row, in milliseconds; then twice as long, … */
const SECOND_REFUSAL = 2000

/** … and never longer than this. */
const LONGEST = 300_000

interface Refusal {
  readonly error: Error
  readonly times: number
  /** By the clock's elapsed time. */
  readonly until: number
}

/**
 * Remembers which guilds' logs Discord refuses, so that it is not asked in vain again and again: those who get
 * 10,000 refusals in ten minutes are shut out for a while. A single refusal is put to the test at once, since the
 * moderator who reads of it will mend it and ask again.
 * https://docs.discord.com/developers/topics/rate-limits#invalid-request-limit-aka-cloudflare-bans
 */
export class ForbiddenBackoff {
  readonly #clock: Clock
  readonly #refused = new Map<Snowflake, Refusal>()

  constructor(clock: Clock) {
    this.#clock = clock
  }

  /** Throws the refusal that still stands. */
  check(guildId: Snowflake): void {
    const refusal = this.#refused.get(guildId)
    if (refusal && this.#clock.elapsed() < refusal.until) throw refusal.error
  }

  /** Remembers that Discord has just refused a guild's log. */
  note(guildId: Snowflake, error: Error): void {
    const times = (this.#refused.get(guildId)?.times ?? 0) + 1
    const wait = times === 1 ? 0 : Math.min(LONGEST, SECOND_REFUSAL * 2 ** (times - 2))
    this.#refused.set(guildId, { error, times, until: this.#clock.elapsed() + wait })
  }

  /** Discord has given a guild's log, or is to be asked in any case. */
  forget(guildId: Snowflake): void {
    this.#refused.delete(guildId)
  }

  /** How many guilds anything is remembered of. */
  get size(): number {
    return this.#refused.size
  }
}
