import { DAY } from '../world/units.ts'

/** How many sessions a bot may start in a day. */
const DAILY = 1000

/**
 * Counts the sessions that bots start. After a day they may start as many again.
 * https://docs.discord.com/developers/events/gateway#session-start-limit-object
 */
export class SessionStarts {
  readonly total = DAILY
  /** How many sessions may still be started today. */
  left = DAILY
  readonly #now: () => number
  #resetsAt: number | undefined

  constructor(now: () => number) {
    this.#now = now
  }

  /** How long until they are counted anew, in milliseconds. */
  get resetAfter(): number {
    return this.#resetsAt === undefined ? DAY : Math.min(Math.max(this.#resetsAt - this.#now(), 0), DAY)
  }

  /** Counts one. @returns whether it was allowed */
  take(): boolean {
    if (this.#resetsAt === undefined || this.resetAfter === 0) {
      if (this.#resetsAt !== undefined) this.left = DAILY
      this.#resetsAt = this.#now() + DAY
    }
    if (this.left === 0) return false
    this.left--
    return true
  }
}
