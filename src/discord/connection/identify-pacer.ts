import type { Clock } from '../../core/clock.ts'
import { MINUTE } from '../../core/time/units.ts'
import { retryPause } from '../retry-pause.ts'

/** How often a shard may identify without an extra pause. discord.js waits five seconds between two attempts. */
const FREE_ATTEMPTS = 5

/** The longest pause, in milliseconds. With it, half of the attempts that Discord allows in a day are left. */
const MAX_PAUSE = 180_000

/** How long a session has to last to reset the count of attempts, in milliseconds. */
const STABLE_SESSION = MINUTE

/**
 * Slows down a shard that identifies repeatedly without a session that lasts. Discord allows 1,000 attempts a day,
 * and resets the token of a bot that makes more. https://docs.discord.com/developers/events/gateway#identifying
 */
export class IdentifyPacer {
  readonly #clock: Clock
  #attempts = 0
  /** In the clock's elapsed time, like the next field. */
  #notBefore = 0
  #sessionStart: number | undefined

  constructor(clock: Clock) {
    this.#clock = clock
  }

  /** Resolves when the shard may identify; rejects when the signal aborts first. */
  async wait(signal: AbortSignal): Promise<void> {
    const clock = this.#clock
    if (this.#sessionStart !== undefined && clock.elapsed() - this.#sessionStart >= STABLE_SESSION) {
      this.#attempts = 0
      this.#notBefore = 0
    }
    const wait = this.#notBefore - clock.elapsed()
    if (wait > 0) await clock.sleep(wait, signal)
    this.#sessionStart = undefined
    const paced = ++this.#attempts - FREE_ATTEMPTS
    if (paced >= 0) this.#notBefore = clock.elapsed() + retryPause(paced + 1, { longest: MAX_PAUSE })
  }

  /** A session started. */
  sessionStarted(): void {
    this.#sessionStart = this.#clock.elapsed()
  }
}
