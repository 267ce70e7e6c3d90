import type { Clock } from '../core/clock.ts'
import { MINUTE } from '../core/time/units.ts'

/** How long the background waits for the requests of moderators, in milliseconds. Then it gets one permit. */
const LONGEST_DELAY = 10_000

/**
 * How many requests may be made to Discord: a token bucket that holds a minute's worth of requests and fills steadily.
 * Requests for a moderator are made at once and counted; the background waits for a permit.
 */
export class ReadBudget {
  readonly #clock: Clock
  readonly #perMinute: number
  #tokens: number
  #filledAt: number
  #waiting = 0
  #quiet = Promise.withResolvers<void>()

  constructor(clock: Clock, perMinute: number) {
    this.#clock = clock
    this.#perMinute = perMinute
    this.#tokens = perMinute
    this.#filledAt = clock.elapsed()
  }

  /** Counts a request. */
  spend(): void {
    this.#fill()
    this.#tokens--
  }

  /** Holds the background back while a moderator waits for something. */
  async prioritize<T>(answer: Promise<T>): Promise<T> {
    this.#waiting++
    try {
      return await answer
    } finally {
      if (--this.#waiting === 0) {
        this.#quiet.resolve()
        this.#quiet = Promise.withResolvers<void>()
      }
    }
  }

  /** Resolves when the background may make a request, which is not counted yet; rejects when the signal aborts first. */
  async permit(signal: AbortSignal): Promise<void> {
    if (this.#waiting > 0) await Promise.race([this.#quiet.promise, this.#clock.sleep(LONGEST_DELAY, signal)])
    await this.#token(signal)
  }

  /** Waits for a token and counts a request. For answers that may need many requests. */
  async take(signal: AbortSignal): Promise<void> {
    await this.#token(signal)
    this.#tokens--
  }

  /** Resolves when there is a token. */
  async #token(signal: AbortSignal): Promise<void> {
    signal.throwIfAborted()
    for (this.#fill(); this.#tokens < 1; this.#fill()) {
      await this.#clock.sleep(Math.ceil(((1 - this.#tokens) * MINUTE) / this.#perMinute), signal)
    }
  }

  #fill(): void {
    const now = this.#clock.elapsed()
    const gained = ((now - this.#filledAt) * this.#perMinute) / MINUTE
    this.#tokens = Math.min(this.#perMinute, this.#tokens + gained)
    this.#filledAt = now
  }
}
