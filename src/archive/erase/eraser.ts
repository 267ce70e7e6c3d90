import type { Erasing, ErasureProgress, ErasureRequest, ErasureResult, NextTry } from '../../core/erasure.ts'
import { inTime } from '../../core/in-time.ts'
import type { Snowflake } from '../../core/snowflake.ts'
import { MINUTE } from '../../core/time/units.ts'
import { VacuumQueue, type VacuumQueueOptions } from './vacuum-queue.ts'

/**
 * How long an answer waits for each of the two steps, in milliseconds: until the rows are deleted, and until nothing is
 * left on the disk. An interaction can be answered for 15 minutes.
 */
const STEP_TIMEOUT = 6 * MINUTE

/** Erases what members confirm, and reports how far it came. What remains is done later, or at the next start. */
export class Eraser implements Erasing {
  readonly #options: VacuumQueueOptions
  readonly #queue: VacuumQueue

  constructor(options: VacuumQueueOptions) {
    this.#options = options
    this.#queue = new VacuumQueue(options)
  }

  /** Finishes the erasures that an earlier process left unfinished. Resolves after the first try. */
  async resume(): Promise<void> {
    const { archive, serves, log, signal } = this.#options
    const guildIds = await archive.guildsErasing().catch((error: unknown) => {
      if (!signal.aborted) log.error({ err: error }, 'Checking for unfinished erasures failed.')
      return undefined
    })
    // If that cannot be read there may be one, so it is tried now and later.
    if (!guildIds || guildIds.some(serves)) await this.#queue.resume()
  }

  async erase(request: ErasureRequest, progress: ErasureProgress): Promise<ErasureResult> {
    const { guildId } = request
    // Not the number of rows that are removed: those of an earlier erasure may be among them.
    const entries = await this.#options.archive.beginErasing(request)
    progress.begun()
    const isRemoved = await this.#inTime(this.#removeRows(request), () => false)
    if (!isRemoved) return { type: 'begun', nextTry: this.#queue.retryLater() }
    const nextTry = await this.#inTime(this.#vacuum(guildId, progress), () => this.#queue.nextTry)
    return nextTry === undefined ? { type: 'gone', entries } : { type: 'hidden', entries, nextTry }
  }

  /** @returns whether all rows are deleted */
  async #removeRows({ guildId, memberId, by }: ErasureRequest): Promise<boolean> {
    const { archive, log, signal } = this.#options
    const fields = { guild: guildId, by, ...(memberId && { member: memberId }) }
    try {
      const counts = await archive.finishErasing(guildId)
      log.info({ ...fields, ...counts }, 'Erased at the request of a member.')
      return true
    } catch (error) {
      if (!signal.aborted) log.error({ ...fields, err: error }, 'Finishing an erasure failed.')
      return false
    }
  }

  /** @returns when it is tried again, or undefined when nothing is left on the disk */
  async #vacuum(guildId: Snowflake, progress: ErasureProgress): Promise<NextTry | undefined> {
    const queue = this.#queue
    if (queue.isRunning) {
      progress.waiting(0)
      await queue.finished()
      // If that cannot be read, another vacuum is run.
      const isLeft = await this.#options.archive.isErasing(guildId).catch(() => true)
      if (!isLeft) return undefined
    }
    const { pauseLeft } = queue
    if (pauseLeft > 0) progress.waiting(pauseLeft)
    const vacuumed = queue.next()
    return pauseLeft > STEP_TIMEOUT ? pauseLeft : vacuumed
  }

  /** The result of a step, or of `otherwise` if the step takes longer than an answer can wait. */
  #inTime<Result>(step: Promise<Result>, otherwise: () => Result): Promise<Result> {
    const { clock, signal } = this.#options
    return inTime({ clock, timeout: STEP_TIMEOUT, signal }, () => step, otherwise)
  }
}
