import type { Clock } from '../core/clock.ts'
import { MINUTE } from '../core/time/units.ts'

/** How long the background gives way to moderators who wait, in milliseconds; then it takes one turn. */
const GIVES_WAY = 10_000

/**
 * What may be asked of Discord: a bucket that holds a minute's worth of requests and fills steadily. Moderators
 * take from it without asking; the background waits for its turn.
 */
export class ReadBudget {
  readonly #clock: Clock
  readonly #perMinute: number
  #left: number
  #filledAt: number
  #waiting = 0
  #quiet = Promise.withResolvers<void>()

  constructor(clock: Clock, perMinute: number) {
    this.#clock = clock
    this.#perMinute = perMinute
    this.#left = perMinute
    this.#filledAt = clock.elapsed()
  }

  /** Counts a request, whoever makes it. */
  spend(): void {
    this.#fill()
    this.#left--
  }

  /** Holds the background back while a moderator waits for something. */
  async first<T>(wanted: Promise<T>): Promise<T> {
    this.#waiting++
    try {
      return await wanted
    } finally {
      if (--this.#waiting === 0) {
        this.#quiet.resolve()
        this.#quiet = Promise.withResolvers<void>()
      }
    }
  }

  /** Resolves when it is the background's turn to make a request; rejects when the signal aborts first. */
  async turn(signal: AbortSignal): Promise<void> {
    if (this.#waiting > 0) await Promise.race([this.#quiet.promise, this.#clock.sleep(GIVES_WAY, signal)])
    await this.#filled(signal)
  }

  /**
   * Counts a request of which an answer may need many, once there is one left; rejects when the signal aborts first.
   */
  async take(signal: AbortSignal): Promise<void> {
    await this.#filled(signal)
    this.#left--
  }

  /** Resolves when a request is left. */
  async #filled(signal: AbortSignal): Promise<void> {
    signal.throwIfAborted()
    for (this.#fill(); this.#left < 1; this.#fill()) {
      await this.#clock.sleep(Math.ceil(((1 - this.#left) * MINUTE) / this.#perMinute), signal)
    }
  }

  #fill(): void {
    const now = this.#clock.elapsed()
    const gained = ((now - this.#filledAt) * this.#perMinute) / MINUTE
    this.#left = Math.min(this.#perMinute, this.#left + gained)
    this.#filledAt = now
  }
}
