import type { Archive } from '../core/archive.ts'
import type { Clock } from '../core/clock.ts'
import { inTime } from '../core/in-time.ts'
import type { Log } from '../core/log.ts'
import { MINUTE, SECOND } from '../core/time/units.ts'

/** How often the archive is written at most, in milliseconds. */
const INTERVAL = 10 * SECOND

/** How long somebody who asks waits for a write, in milliseconds. */
const PATIENCE = SECOND

/** How long a write may take, in milliseconds. A vacuum or a migration by another process takes a while. */
const LONGEST = MINUTE

interface Deps {
  readonly archive: Pick<Archive, 'checkWritable'>
  /** The host's clock. Only elapsed time is used. */
  readonly clock: Pick<Clock, 'elapsed' | 'sleep'>
  readonly log: Log
  /** Aborts when Custos stops. */
  readonly signal: AbortSignal
}

/** Finds out whether the archive can be written, by writing it. */
export class WriteCheck {
  readonly #deps: Deps
  #startedAt = Number.NEGATIVE_INFINITY
  /** The write under way. */
  #writing: Promise<void> | undefined
  #hasFailed = false

  constructor(deps: Deps) {
    this.#deps = deps
  }

  /** What is wrong, in sentences for the operator. Answers within about a second, by the last write if need be. */
  async problems(): Promise<string[]> {
    const { clock, signal } = this.#deps
    if (this.#writing === undefined && clock.elapsed() - this.#startedAt >= INTERVAL) this.#write()
    const writing = this.#writing
    if (writing !== undefined)
      await inTime(
        { clock, timeout: PATIENCE, signal },
        () => writing,
        () => {},
      )
    if (this.#hasFailed) return ['The archive cannot be written.']
    const isSlow = this.#writing !== undefined && clock.elapsed() - this.#startedAt > LONGEST
    return isSlow ? ['Writing to the archive has taken longer than a minute.'] : []
  }

  #write(): void {
    const { archive, clock, log, signal } = this.#deps
    this.#startedAt = clock.elapsed()
    this.#writing = archive
      .checkWritable()
      .then(
        () => {
          this.#hasFailed = false
        },
        (error: unknown) => {
          // Once and not every ten seconds, while the archive stays as it is.
          if (!this.#hasFailed && !signal.aborted) log.warn({ err: error }, 'The archive cannot be written.')
          this.#hasFailed = true
        },
      )
      .finally(() => {
        this.#writing = undefined
      })
  }
}
