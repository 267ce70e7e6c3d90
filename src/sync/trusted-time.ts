import type { Archive } from '../core/archive.ts'
import { isLeap, trustedTime } from '../core/coverage/trusted-time.ts'
import { firstIdAt, LARGEST_SNOWFLAKE, timeOf } from '../core/snowflake.ts'
import { MINUTE } from '../core/time/units.ts'
import type { DiscordClock } from './discord-clock.ts'

interface Deps {
  readonly archive: Pick<Archive, 'newestKnown' | 'recordTrustedTime' | 'trustedTime'>
  readonly clock: DiscordClock
  /** Asks Discord for its time, in milliseconds since the Unix epoch. */
  readonly askTime: () => Promise<number>
}

/** Keeps the moment by which what is old is removed, in the archive too. The rule is that of `trustedTime`. */
export class TrustedTime {
  readonly #deps: Deps
  #last: { readonly time: number; readonly elapsed: number } | undefined
  /** What the archive has. */
  #kept: number | undefined
  #work: Promise<unknown> = Promise.resolve()

  constructor(deps: Deps) {
    this.#deps = deps
  }

  /**
   * The trusted moment in milliseconds since the Unix epoch; undefined while nothing tells how late it is, and before
   * Discord was heard.
   * @throws when Discord has to be asked for its time, and does not answer
   */
  now(): Promise<number | undefined> {
    const moved = this.#work.then(() => this.#move())
    this.#work = moved.catch(() => {})
    return moved
  }

  /** The latest moment that can be the present, by Discord's clock and by what was trusted before. */
  get latest(): number {
    return Math.max(this.#deps.clock.now(), this.#last?.time ?? 0)
  }

  /**
   * From when on the time until a purge counts, for a departure that is noted after `now`, and up to when a leap of the
   * trusted time is made good to it: a clock that is behind must not make it older than it is.
   */
  async departure(): Promise<{ readonly at: number; readonly trustedAt: number }> {
    const newest = await this.#deps.archive.newestKnown(LARGEST_SNOWFLAKE)
    const at = Math.max(this.latest, newest === undefined ? 0 : timeOf(newest))
    return { at, trustedAt: this.#last?.time ?? at }
  }

  async #move(): Promise<number | undefined> {
    const { archive, clock } = this.#deps
    if (!clock.isHeard) return undefined
    const elapsed = clock.elapsed()
    const last = this.#last?.time ?? (await archive.trustedTime())
    const passed = this.#last ? elapsed - this.#last.elapsed : 0
    const time = await this.#trusted(last, passed)
    if (time === undefined) return undefined
    const latest = Math.max(time, last ?? time)
    const leap = last === undefined ? 0 : Math.max(0, latest - (last + passed))
    if (leap > 0 || latest - (this.#kept ?? 0) >= MINUTE) {
      await archive.recordTrustedTime(latest, leap)
      this.#kept = latest
    }
    this.#last = { time: latest, elapsed }
    return time
  }

  async #trusted(last: number | undefined, passed: number): Promise<number | undefined> {
    const { archive, clock, askTime } = this.#deps
    const by = async (discord: number) => {
      const newest = await archive.newestKnown(firstIdAt(discord))
      return trustedTime({ discord, newest: newest === undefined ? undefined : timeOf(newest), last, passed })
    }
    const discord = clock.now()
    const isCurrent = this.#last !== undefined && discord - (this.#last.time + passed) < MINUTE
    if (isCurrent) return trustedTime({ discord, newest: undefined, last, passed })
    const time = await by(discord)
    // What is removed first in a run can be much, too, if it is to be kept for less long from now on.
    const isChecked = this.#last !== undefined && last !== undefined && !isLeap(time ?? 0, last)
    return time === undefined || isChecked ? time : by(Math.min(discord, await askTime()))
  }
}
