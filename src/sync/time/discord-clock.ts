import type { Clock } from '../../core/clock.ts'
import { type Snowflake, timeOf } from '../../core/snowflake.ts'
import { MINUTE } from '../../core/time/units.ts'

/** How far a correct clock can differ from a `Date` header, which is delayed and has whole seconds, in milliseconds. */
const NOISE = 5000

/** How far two times may differ and still agree, in milliseconds. */
const AGREES = MINUTE

/** How long an interaction can be answered, in milliseconds: none that arrives is older. */
const INTERACTION_LIFE = 15 * MINUTE

/** A time of Discord's, and the host's elapsed time at that moment. */
interface Sample {
  readonly time: number
  readonly elapsed: number
}

/**
 * Discord's time: the `Date` header of the last response, plus the host's elapsed time since. The host's time of day can
 * be wrong, or step, by days; it has no effect here.
 */
export class DiscordClock implements Clock {
  /** Resolves at the first response of Discord. Until then this is the host's clock, and nothing may be erased by it. */
  readonly synchronized: Promise<void>
  readonly #host: Clock
  readonly #first = Promise.withResolvers<void>()
  #sample: Sample | undefined
  /** Whether a second response, or the host's clock, has confirmed the sample. */
  #isConfirmed = false
  /** The last response that did not agree, while no other has confirmed or contradicted it. */
  #candidate: Sample | undefined

  constructor(host: Clock) {
    this.#host = host
    this.synchronized = this.#first.promise
  }

  /** Discord's time in whole milliseconds since the Unix epoch, to a few seconds; the host's before the first response. */
  now(): number {
    return this.#sample === undefined ? this.#host.now() : this.#timeBy(this.#sample)
  }

  /** The host's elapsed time, in milliseconds. */
  elapsed(): number {
    return this.#host.elapsed()
  }

  /** Resolves after so many milliseconds of the host's elapsed time. */
  sleep(milliseconds: number, signal?: AbortSignal): Promise<void> {
    return this.#host.sleep(milliseconds, signal)
  }

  /** Whether Discord has responded. */
  get isSynchronized(): boolean {
    return this.#sample !== undefined
  }

  /** How far the host's clock is ahead of Discord's, in milliseconds; below zero when it is behind. */
  get hostAhead(): number {
    const ahead = this.#host.now() - this.now()
    return Math.abs(ahead) <= NOISE ? 0 : ahead
  }

  /**
   * Accepts the time of a response. No response is from the future, so of two times within a minute the later is right. A
   * time that is off by more can come from a cache or a fault: it is accepted when a second response agrees, or when the
   * host's clock agrees and there was only one response before.
   * @param discordTime when Discord responded, by its own clock, in milliseconds since the Unix epoch
   */
  update(discordTime: number): void {
    if (this.#sample === undefined || this.#agreesWithHost(discordTime)) this.#accept(discordTime)
    else if (this.#confirmsCandidate(discordTime)) {
      this.#isConfirmed = true
      this.#accept(discordTime)
    } else if (!this.agrees(discordTime)) this.#candidate = { time: discordTime, elapsed: this.elapsed() }
    else {
      this.#isConfirmed = true
      this.#candidate = undefined
      if (discordTime > this.now()) this.#accept(discordTime)
    }
  }

  /** Whether a time, in milliseconds since the Unix epoch, is within a minute of now. */
  agrees(time: number): boolean {
    return Math.abs(time - this.now()) <= AGREES
  }

  /** When an interaction was made, in milliseconds since the Unix epoch; its id says so to the millisecond. */
  momentOf(interactionId: Snowflake): number {
    const time = timeOf(interactionId)
    const isNow = [this.now(), this.#host.now()].some((now) => Math.abs(now - time) <= INTERACTION_LIFE)
    return isNow ? time : this.now()
  }

  #accept(time: number): void {
    // A host's clock that agrees is more precise than the header.
    const host = this.#host.now()
    const isHostRight = host >= time && host - time <= NOISE
    this.#isConfirmed ||= Math.abs(host - time) <= AGREES
    this.#sample = { time: isHostRight ? host : time, elapsed: this.elapsed() }
    this.#candidate = undefined
    this.#first.resolve()
  }

  /** Whether a time agrees with the candidate. A time that a cache repeats does not, because it does not advance. */
  #confirmsCandidate(time: number): boolean {
    const candidate = this.#candidate
    return (
      candidate !== undefined && time > candidate.time && Math.abs(time - this.#timeBy(candidate)) <= NOISE
    )
  }

  /** Whether the host's clock agrees with a time, and not with the only one before it. */
  #agreesWithHost(time: number): boolean {
    return !this.#isConfirmed && !this.agrees(time) && Math.abs(time - this.#host.now()) <= AGREES
  }

  #timeBy({ time, elapsed }: Sample): number {
    return Math.round(time + (this.elapsed() - elapsed))
  }
}
