import type { Clock } from '../core/clock.ts'
import { type Snowflake, timeOf } from '../core/snowflake.ts'
import { MINUTE } from '../core/time/units.ts'

/** What the delay of an answer and the whole seconds of its `Date` header can make a clock seem to differ, in milliseconds. */
const NOISE = 5000

/** How far an answer may differ from what was told before and still agree with it, in milliseconds. */
const AGREES = MINUTE

/** For how long an interaction can be answered, in milliseconds: none that arrives is older. */
const INTERACTION_LIFE = 15 * MINUTE

/** A moment of Discord's, and when it was by the host's elapsed time. */
interface Told {
  readonly time: number
  readonly elapsed: number
}

/**
 * Discord's time: every answer of Discord says what time it is there, and the host's elapsed time carries it on from
 * one answer to the next. The host's time of day may be wrong by days, or step by days, and changes nothing here.
 */
export class DiscordClock implements Clock {
  /** Resolves once Discord was heard. Until then this is the host's clock, and nothing may be erased by it. */
  readonly heard: Promise<void>
  readonly #host: Clock
  readonly #first = Promise.withResolvers<void>()
  #told: Told | undefined
  /** Whether what was told is borne out, by a second answer or by the host's clock. */
  #isSure = false
  /** The last answer that did not agree, while no second one has confirmed or contradicted it. */
  #doubted: Told | undefined

  constructor(host: Clock) {
    this.#host = host
    this.heard = this.#first.promise
  }

  /** Discord's time in whole milliseconds since the Unix epoch, right to a few seconds. The host's until Discord was heard. */
  now(): number {
    return this.#told === undefined ? this.#host.now() : this.#since(this.#told)
  }

  /** The host's elapsed time, in milliseconds. */
  elapsed(): number {
    return this.#host.elapsed()
  }

  /** Resolves after so many milliseconds of the host's elapsed time. */
  sleep(milliseconds: number, signal?: AbortSignal): Promise<void> {
    return this.#host.sleep(milliseconds, signal)
  }

  /** Whether Discord was heard. */
  get isHeard(): boolean {
    return this.#told !== undefined
  }

  /** How far the host's clock is ahead of Discord's, in milliseconds; below zero when it is behind. */
  get hostAhead(): number {
    const ahead = this.#host.now() - this.now()
    return Math.abs(ahead) <= NOISE ? 0 : ahead
  }

  /**
   * Takes Discord's word for the time. An answer is never from the future, so within a minute the later of two moments
   * is right. One that is off by more can be a cached or a broken answer: it is believed when a second one agrees, or
   * the host's clock does where only one answer was heard before.
   * @param discordTime when Discord answered, by its own clock, in milliseconds since the Unix epoch
   */
  hear(discordTime: number): void {
    if (this.#told === undefined || this.#isBorneOut(discordTime)) this.#believe(discordTime)
    else if (this.#isConfirmed(discordTime)) {
      this.#isSure = true
      this.#believe(discordTime)
    } else if (!this.agrees(discordTime)) this.#doubted = { time: discordTime, elapsed: this.elapsed() }
    else {
      this.#isSure = true
      this.#doubted = undefined
      if (discordTime > this.now()) this.#believe(discordTime)
    }
  }

  /** Whether a moment is the present one, to a minute. Both are in milliseconds since the Unix epoch. */
  agrees(time: number): boolean {
    return Math.abs(time - this.now()) <= AGREES
  }

  /** When an interaction was made, in milliseconds since the Unix epoch: its id tells, to the millisecond. */
  momentOf(interactionId: Snowflake): number {
    const time = timeOf(interactionId)
    const isNow = [this.now(), this.#host.now()].some((now) => Math.abs(now - time) <= INTERACTION_LIFE)
    return isNow ? time : this.now()
  }

  #believe(time: number): void {
    // Where the host's clock agrees, it is exact to the millisecond, and the answer is not.
    const host = this.#host.now()
    const isHostRight = host >= time && host - time <= NOISE
    this.#isSure ||= Math.abs(host - time) <= AGREES
    this.#told = { time: isHostRight ? host : time, elapsed: this.elapsed() }
    this.#doubted = undefined
    this.#first.resolve()
  }

  /** Whether an answer agrees with the last that was doubted. One that a cache repeats stands still, and does not. */
  #isConfirmed(time: number): boolean {
    const doubted = this.#doubted
    return doubted !== undefined && time > doubted.time && Math.abs(time - this.#since(doubted)) <= NOISE
  }

  /** Whether the host's clock agrees with an answer, and not with the only one that was heard before. */
  #isBorneOut(time: number): boolean {
    return !this.#isSure && !this.agrees(time) && Math.abs(time - this.#host.now()) <= AGREES
  }

  #since({ time, elapsed }: Told): number {
    return Math.round(time + (this.elapsed() - elapsed))
  }
}
