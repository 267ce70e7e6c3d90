import type { Clock } from '../../core/clock.ts'
import type { ArchiveUnavailable } from '../../core/errors.ts'
import type { Log } from '../../core/log.ts'

/** Logs that members cannot be answered because of the archive: once, and not for each of them. */
export class ArchiveOutage {
  readonly #clock: Pick<Clock, 'elapsed'>
  /** Since when it cannot be reached; undefined while it can. */
  #since: number | undefined

  constructor(clock: Pick<Clock, 'elapsed'>) {
    this.#clock = clock
  }

  failed(log: Log, error: ArchiveUnavailable): void {
    if (error.reason === 'slow') {
      log.warn({ err: error }, 'The archive took too long for an answer.')
      return
    }
    const level = this.#since === undefined ? 'error' : 'debug'
    this.#since ??= this.#clock.elapsed()
    log[level]({ err: error }, 'The archive cannot be reached; members who ask are told so.')
  }

  /**
   * A member was answered from the archive.
   * @param waited how long the answer took, in milliseconds: one that began before the outage does not end it
   */
  answered(log: Log, waited: number): void {
    if (this.#since === undefined) return
    const lasted = this.#clock.elapsed() - this.#since
    if (waited > lasted) return
    this.#since = undefined
    log.info({ waitedSeconds: Math.round(lasted / 1000) }, 'The archive answers again.')
  }
}
