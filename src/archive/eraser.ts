import type { ErasureCounts } from '../core/archive.ts'
import type { ErasureResult, Erasing, ErasureProgress, ErasureRequest, NextTry } from '../core/erasure.ts'
import type { Snowflake } from '../core/snowflake.ts'
import { VacuumQueue, type VacuumQueueOptions } from './vacuum-queue.ts'

/**
 * How long an answer waits for each of the two steps, in milliseconds: until nothing is shown, and until nothing is left
 * on the disk. An interaction can be answered for 15 minutes.
 */
const PATIENCE = 6 * 60_000

/** Erases what members confirm, and says how far it came. What could not be finished is, later or at the next start. */
export class Eraser implements Erasing {
  readonly #options: VacuumQueueOptions
  readonly #rewriting: VacuumQueue

  constructor(options: VacuumQueueOptions) {
    this.#options = options
    this.#rewriting = new VacuumQueue(options)
  }

  /** Finishes what was confirmed before Custos was started, or tries again later. Resolves after the first try. */
  async resume(): Promise<void> {
    const { archive, log, signal } = this.#options
    const isLeft = await archive.isErasing().catch((error: unknown) => {
      if (!signal.aborted) log.error({ err: error }, 'Whether an erasure is unfinished could not be read.')
      // What cannot be read may be: it is tried, and tried again later.
      return true
    })
    if (isLeft) await this.#rewriting.again()
  }

  async erase(request: ErasureRequest, progress: ErasureProgress): Promise<ErasureResult> {
    const { guildId, upTo, memberId } = request
    await this.#options.archive.beginErasing(guildId, upTo, memberId)
    progress.begun()
    const gone = await this.#inTime(this.#remove(request), () => undefined)
    if (gone === undefined) return { type: 'begun', nextTry: this.#rewriting.later() }
    const nextTry = await this.#inTime(this.#wiped(guildId, progress), () => this.#rewriting.nextTry)
    return nextTry === undefined ? { type: 'gone', gone } : { type: 'hidden', gone, nextTry }
  }

  /** @returns undefined where not all could be removed */
  async #remove({ guildId, memberId, by }: ErasureRequest): Promise<ErasureCounts | undefined> {
    const { archive, log, signal } = this.#options
    const facts = { guild: guildId, by, ...(memberId && { member: memberId }) }
    try {
      const gone = await archive.finishErasing(guildId)
      log.info({ ...facts, ...gone }, 'A moderator had something forgotten.')
      return gone
    } catch (error) {
      if (!signal.aborted) log.error({ ...facts, err: error }, 'An erasure could not be finished.')
      return undefined
    }
  }

  /** @returns when it is tried again, or undefined when nothing is left on the disk */
  async #wiped(guildId: Snowflake, progress: ErasureProgress): Promise<NextTry | undefined> {
    const rewriting = this.#rewriting
    if (rewriting.isRunning) {
      progress.waiting(0)
      await rewriting.over()
      // Where that cannot be read, another turn finds nothing left to do.
      const isLeft = await this.#options.archive.isErasing(guildId).catch(() => true)
      if (!isLeft) return undefined
    }
    const { left } = rewriting
    if (left > 0) progress.waiting(left)
    const wiped = rewriting.next()
    return left > PATIENCE ? left : wiped
  }

  /** What comes of a step, or something else where an answer cannot wait for it. */
  async #inTime<Result>(step: Promise<Result>, otherwise: () => Result): Promise<Result> {
    const { clock, signal } = this.#options
    const over = new AbortController()
    const late = clock.sleep(PATIENCE, AbortSignal.any([signal, over.signal])).then(otherwise, otherwise)
    const result = await Promise.race([step, late])
    over.abort()
    return result
  }
}
