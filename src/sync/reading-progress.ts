import type { Clock } from '../core/clock.ts'
import type { Log } from '../core/log.ts'
import { MINUTE, SECOND } from '../core/time/units.ts'

interface Deps {
  readonly clock: Pick<Clock, 'elapsed'>
  readonly log: Log
}

/**
 * Logs how far the reading of all guilds has come: at most once a minute, however many there are. What is read again and
 * found complete is left out, unless Custos has just started.
 */
export class ReadingProgress<Guild> {
  readonly #deps: Deps
  /** The guilds that have to be read: entries are missing, or may be. */
  readonly #left = new Set<Guild>()
  /** What was read since everything was read last. */
  #guilds = 0
  #pages = 0
  #since = 0
  #isFirst = true
  #wasReported = false

  constructor(deps: Deps) {
    this.#deps = deps
  }

  /** A guild has to be read. */
  add(guild: Guild): void {
    if (this.#left.size === 0 && this.#guilds === 0) this.#since = this.#deps.clock.elapsed()
    this.#left.add(guild)
  }

  /** A page of a guild was read that was missing. */
  pageRead(guild: Guild): void {
    this.add(guild)
    this.#pages++
  }

  /** All of a guild is read. */
  finished(guild: Guild): void {
    if (!this.#left.delete(guild)) return
    this.#guilds++
    // The operator who has just started it is waiting for this line.
    if (this.#isFirst && this.#left.size === 0) this.#end()
  }

  /** A guild cannot be read for now. */
  dropped(guild: Guild): void {
    this.#left.delete(guild)
  }

  /** Called once a minute. */
  report(): void {
    if (this.#left.size === 0) {
      if (this.#guilds > 0) this.#end()
      return
    }
    if (this.#since + MINUTE > this.#deps.clock.elapsed()) return
    this.#wasReported = true
    this.#deps.log.info({ ...this.#counts, guildsLeft: this.#left.size }, 'Reading the audit logs.')
  }

  #end(): void {
    const level = this.#isFirst || this.#wasReported || this.#pages > 0 ? 'info' : 'debug'
    this.#deps.log[level](this.#counts, 'The audit logs are read.')
    this.#isFirst = false
    this.#wasReported = false
    this.#guilds = 0
    this.#pages = 0
  }

  get #counts() {
    const waited = this.#deps.clock.elapsed() - this.#since
    return { guilds: this.#guilds, pages: this.#pages, waitedSeconds: Math.round(waited / SECOND) }
  }
}
