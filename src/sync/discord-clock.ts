import type { Clock } from '../core/clock.ts'
import { type Snowflake, timeOf } from '../core/snowflake.ts'

/** What the delay of an answer and the whole seconds of its `Date` header can make a clock seem to differ, in milliseconds. */
const NOISE = 5000

/**
 * Discord's time, told by a host's clock that may be wrong by days: every answer of Discord says what time it is there.
 * What is complete, and what `24h` means, is measured by this clock; elapsed time is the host's.
 */
export class DiscordClock implements Clock {
  readonly #host: Clock
  #hostAhead = 0
  #isTold = false

  constructor(host: Clock) {
    this.#host = host
  }

  /** Discord's time in milliseconds since the Unix epoch, to a few seconds. The host's until Discord was heard. */
  now(): number {
    return this.#host.now() - this.#hostAhead
  }

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
    this.#isTold = true
    this.#set(discordTime)
  }

  /**
   * When an interaction was made, in milliseconds since the Unix epoch: its id tells, to the millisecond. Where no
   * answer told the time, it is taken for Discord's word.
   */
  momentOf(interactionId: Snowflake): number {
    const time = timeOf(interactionId)
    if (!this.#isTold) this.#set(time)
    return time
  }

  #set(discordTime: number): void {
    const ahead = this.#host.now() - discordTime
    this.#hostAhead = Math.abs(ahead) <= NOISE ? 0 : ahead
  }
}
