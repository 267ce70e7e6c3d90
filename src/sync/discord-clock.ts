import type { Clock } from '../core/clock.ts'
import { type Snowflake, timeOf } from '../core/snowflake.ts'

/** What the delay of an answer and the whole seconds of its `Date` header can make a clock seem to differ, in milliseconds. */
const NOISE = 5000

/** For how long an interaction can be answered, in milliseconds: none that arrives is older. */
const INTERACTION_LIFE = 15 * 60_000

/** For how long Discord is never silent: logs are read every hour. In milliseconds. */
const LONGEST_SILENCE = 86_400_000

/**
 * Discord's time, told by a host's clock that may be wrong by days: every answer of Discord says what time it is there.
 * What is complete, and what `24h` means, is measured by this clock; elapsed time is the host's.
 */
export class DiscordClock implements Clock {
  /** Resolves once Discord was heard. Until then this is the host's clock, and nothing may be erased by it. */
  readonly heard: Promise<void>
  readonly #host: Clock
  readonly #first = Promise.withResolvers<void>()
  #hostAhead = 0
  #told: number | undefined

  constructor(host: Clock) {
    this.#host = host
    this.heard = this.#first.promise
  }

  /** Discord's time in milliseconds since the Unix epoch, to a few seconds. The host's until Discord was heard. */
  now(): number {
    return this.#host.now() - this.#hostAhead
  }

  /** Resolves after so many milliseconds of the host's time. */
  sleep(milliseconds: number, signal?: AbortSignal): Promise<void> {
    return this.#host.sleep(milliseconds, signal)
  }

  /** How far the host's clock is ahead of Discord's, in milliseconds; below zero when it is behind. */
  get hostAhead(): number {
    return this.#hostAhead
  }

  /**
   * Takes Discord's word for the time.
   * @param discordTime when Discord answered, by its own clock, in milliseconds since the Unix epoch
   */
  hear(discordTime: number): void {
    this.#told = discordTime
    const ahead = this.#host.now() - discordTime
    this.#hostAhead = Math.abs(ahead) <= NOISE ? 0 : ahead
    this.#first.resolve()
  }

  /** When an interaction was made, in milliseconds since the Unix epoch: its id tells, to the millisecond. */
  momentOf(interactionId: Snowflake): number {
    const time = timeOf(interactionId)
    const isNow = [this.now(), this.#host.now()].some((now) => Math.abs(now - time) <= INTERACTION_LIFE)
    return isNow || this.#isSoonAfterTold(time) ? time : this.now()
  }

  /** Whether a moment can be one of now where the host's clock was moved since Discord was heard. */
  #isSoonAfterTold(time: number): boolean {
    if (this.#told === undefined) return false
    return time >= this.#told - INTERACTION_LIFE && time <= this.#told + LONGEST_SILENCE
  }
}
