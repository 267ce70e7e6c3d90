import type { Archive } from '../../core/archive.ts'
import { isLeap, trustedTime } from '../../core/coverage/trusted-time.ts'
import { firstIdAt, LARGEST_SNOWFLAKE, timeOf } from '../../core/snowflake.ts'
import { MINUTE } from '../../core/time/units.ts'
import { TaskQueue } from '../task-queue.ts'
import type { DiscordClock } from './discord-clock.ts'

interface Deps {
  readonly archive: Pick<Archive, 'newestKnown' | 'recordTrustedTime' | 'trustedTime'>
  readonly clock: DiscordClock
  /** Requests Discord's time, in milliseconds since the Unix epoch. */
  readonly fetchTime: () => Promise<number>
}

/** The time by which old entries are removed, by the rule of `trustedTime`. It is stored in the archive. */
export class TrustedTime {
  readonly #deps: Deps
  #last: { readonly time: number; readonly elapsed: number } | undefined
  /** What the archive has. */
  #stored: number | undefined
  readonly #work = new TaskQueue()

  constructor(deps: Deps) {
    this.#deps = deps
  }

  /**
   * The trusted time in milliseconds since the Unix epoch; undefined while there is nothing to derive it from, and before
   * the first response from Discord.
   * @throws when Discord's time is needed again, and Discord does not respond
   */
  now(): Promise<number | undefined> {
    return this.#work.run(() => this.#move())
  }

  /** The latest time that it can be now, by Discord's clock and the last trusted time. */
  get latest(): number {
    return Math.max(this.#deps.clock.now(), this.#last?.time ?? 0)
  }

  /**
   * The two times to store with a departure, after a call of `now`: when the time until the purge begins, and the trusted
   * time, which a later leap is measured from. A clock that is behind must not make the departure look older.
   */
  async departure(): Promise<{ readonly at: number; readonly trustedAt: number }> {
    const { archive } = this.#deps
    const newest = await archive.newestKnown(LARGEST_SNOWFLAKE)
    // Another process may have stored a later one, whose leap would not be added to this departure.
    const stored = (await archive.trustedTime()) ?? 0
    const at = Math.max(this.latest, newest === undefined ? 0 : timeOf(newest), stored)
    return { at, trustedAt: Math.max(this.#last?.time ?? at, stored) }
  }

  async #move(): Promise<number | undefined> {
    const { archive, clock } = this.#deps
    if (!clock.isSynchronized) return undefined
    const elapsed = clock.elapsed()
    const last = this.#last?.time ?? (await archive.trustedTime())
    const passed = this.#last ? elapsed - this.#last.elapsed : 0
    const time = await this.#trusted(last, passed)
    if (time === undefined) return undefined
    const latest = Math.max(time, last ?? time)
    const leap = last === undefined ? 0 : Math.max(0, latest - (last + passed))
    if (leap > 0 || latest - (this.#stored ?? 0) >= MINUTE) {
      await archive.recordTrustedTime(latest, leap)
      this.#stored = latest
    }
    this.#last = { time: latest, elapsed }
    return time
  }

  async #trusted(last: number | undefined, passed: number): Promise<number | undefined> {
    const { archive, clock, fetchTime } = this.#deps
    const by = async (discord: number) => {
      const newest = await archive.newestKnown(firstIdAt(discord))
      return trustedTime({ discord, newest: newest === undefined ? undefined : timeOf(newest), last, passed })
    }
    const discord = clock.now()
    const isCurrent = this.#last !== undefined && discord - (this.#last.time + passed) < MINUTE
    if (isCurrent) return trustedTime({ discord, newest: undefined, last, passed })
    const time = await by(discord)
    // The first removal of a run can be large, after the retention was shortened: Discord's time is checked for it too.
    const isChecked = this.#last !== undefined && last !== undefined && !isLeap(time ?? 0, last)
    return time === undefined || isChecked ? time : by(Math.min(discord, await fetchTime()))
  }
}
