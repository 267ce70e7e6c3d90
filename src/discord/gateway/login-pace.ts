import { backoff } from '../../core/backoff.ts'
import type { Clock } from '../../core/clock.ts'
import { MINUTE } from '../../core/time/units.ts'

/** How often a shard may log in without a pause of its own. discord.js leaves five seconds between two logins. */
const FREE = 5

/** The longest pause, in milliseconds. With it, half of the logins of a day are left. */
const LONGEST = 180_000

/** How long a session has to last, in milliseconds, for the logins before it not to count. */
const LASTING = MINUTE

/**
 * Lets a shard log in less and less often while no session lasts: Discord allows 1,000 logins a day, and resets the
 * token of a bot that logs in more often. https://docs.discord.com/developers/events/gateway#identifying
 */
export class LoginPace {
  readonly #clock: Clock
  #logins = 0
  /** By the clock's elapsed time, as what follows. */
  #notBefore = 0
  #begunAt: number | undefined

  constructor(clock: Clock) {
    this.#clock = clock
  }

  /** Resolves when the shard may log in; rejects when the signal aborts first. */
  async turn(signal: AbortSignal): Promise<void> {
    const clock = this.#clock
    if (this.#begunAt !== undefined && clock.elapsed() - this.#begunAt >= LASTING) {
      this.#logins = 0
      this.#notBefore = 0
    }
    const wait = this.#notBefore - clock.elapsed()
    if (wait > 0) await clock.sleep(wait, signal)
    this.#begunAt = undefined
    const paced = ++this.#logins - FREE
    if (paced >= 0)
      this.#notBefore = clock.elapsed() + backoff(paced + 1, { longest: LONGEST, random: Math.random() })
  }

  /** A session began. */
  begun(): void {
    this.#begunAt = this.#clock.elapsed()
  }
}
