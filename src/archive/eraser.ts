import type { Archive, Gone } from '../core/archive.ts'
import type { Clock } from '../core/clock.ts'
import type { Erased, Erasing, ErasureRequest, NextTry } from '../core/erasure.ts'
import type { Log } from '../core/log.ts'

const MINUTE = 60_000

/**
 * Nobody can write while the file is written anew. After that, the others have the archive to themselves for so many
 * times as long, so that they wait for less than a twentieth of the time.
 */
const REST = 20
const LONGEST_REST = 60 * MINUTE
const SHORTEST_REST = 1000

/** When it is tried again, in milliseconds: after a failure, or where only a reader was in the way. */
const RETRY = 10 * MINUTE
const READ_RETRY = MINUTE

/** How long an answer waits. An interaction can be answered for 15 minutes. */
const PATIENCE = 10 * MINUTE

const NOT_REWRITTEN =
  'The archive could not be written anew without what was erased. Copies of it remain in the archive’s files until it ' +
  'can be: that takes free space of twice the archive’s size in its folder. It is tried again.'
const READ_ALL_THE_TIME =
  'What was erased remains in the archive’s write-ahead log, because a search or a backup is reading. It is tried again.'

interface Means {
  readonly archive: Archive
  /** The host's time, by which waiting is. */
  readonly clock: Clock
  readonly log: Log
  /** Aborts when Custos stops. */
  readonly signal: AbortSignal
}

/** How a turn ended: whether nothing is left of what was erased, and how long the next one waits. */
interface Turn {
  readonly isDone: boolean
  readonly rest: number
}

/**
 * Erases what members confirm, and finishes it: the file of the archive is written anew, once at a time and with
 * rests between, for all who wait. What fails is tried again until it is done, and at the next start.
 */
export class Eraser implements Erasing {
  readonly #means: Means
  /** The next turn, while it has not begun; all who ask before it does share it. */
  #next: Promise<NextTry | undefined> | undefined
  /** Resolves when the last turn is over, and the rest after it. Absent when there is nothing to wait for. */
  #rested: Promise<void> | undefined
  /** When the rest is over, in milliseconds since the Unix epoch; absent while there is none. */
  #restsUntil: number | undefined
  #isFailing = false

  constructor(means: Means) {
    this.#means = means
  }

  /** Finishes in the background what was confirmed before Custos was started. */
  resume(): void {
    void this.#inTurn()
  }

  async erase(request: ErasureRequest, onWait: (left: number) => void): Promise<Erased> {
    const gone = await this.#forget(request)
    if (gone === undefined) {
      this.#rested ??= this.#rest(RETRY)
      void this.#inTurn()
      return { is: 'begun', nextTry: this.#means.signal.aborted ? 'at the next start' : this.#left() }
    }
    if (this.#rested) onWait(this.#left())
    const nextTry = await this.#patiently(this.#inTurn())
    return nextTry === undefined ? { is: 'gone', gone } : { is: 'hidden', gone, nextTry }
  }

  /** @returns undefined where it could only be begun */
  async #forget({ guildId, upTo, memberId, by }: ErasureRequest): Promise<Gone | undefined> {
    const { archive, log, signal } = this.#means
    const facts = { guild: guildId, by, ...(memberId && { member: memberId }) }
    try {
      const gone = await archive.forget(guildId, upTo, memberId)
      log.info({ ...facts, ...gone }, 'A moderator had something forgotten.')
      return gone
    } catch (error) {
      if (!(await archive.isErasing(guildId))) throw error
      if (!signal.aborted) log.error({ ...facts, err: error }, 'An erasure could not be finished.')
      return undefined
    }
  }

  /** Resolves with undefined once nothing is left of what was erased, or with when it is tried again. */
  #inTurn(): Promise<NextTry | undefined> {
    this.#next ??= this.#takeTurn()
    return this.#next
  }

  async #takeTurn(): Promise<NextTry | undefined> {
    const { signal } = this.#means
    await this.#rested
    this.#next = undefined
    if (signal.aborted) return 'at the next start'
    const turn = this.#rewrite()
    this.#rested = turn.then(({ rest }) => this.#rest(rest))
    const { isDone, rest } = await turn
    if (isDone) return undefined
    void this.#inTurn()
    return signal.aborted ? 'at the next start' : rest
  }

  async #rewrite(): Promise<Turn> {
    const { archive, clock, log, signal } = this.#means
    let began = clock.now()
    const atLeast = (rest: number) => Math.max(Math.min((clock.now() - began) * REST, LONGEST_REST), rest)
    try {
      await archive.finishErasing()
      began = clock.now()
      if (await archive.wipeTraces('the file')) {
        if (this.#isFailing) log.info({}, 'Nothing is left in the archive’s files of what was erased.')
        this.#isFailing = false
        return { isDone: true, rest: atLeast(0) }
      }
      log.warn({}, READ_ALL_THE_TIME)
      this.#isFailing = true
      return { isDone: false, rest: atLeast(READ_RETRY) }
    } catch (error) {
      if (!signal.aborted) log.error({ err: error }, NOT_REWRITTEN)
      this.#isFailing = true
      return { isDone: false, rest: atLeast(RETRY) }
    }
  }

  /** Lets the others have the archive. So little that nobody notices is no rest at all. */
  async #rest(milliseconds: number): Promise<void> {
    const { clock, signal } = this.#means
    if (milliseconds >= SHORTEST_REST) {
      this.#restsUntil = clock.now() + milliseconds
      await clock.sleep(milliseconds, signal).catch(() => {})
      this.#restsUntil = undefined
    }
    this.#rested = undefined
  }

  /** How long the rest still is, in milliseconds; 0 while there is none. */
  #left(): number {
    return this.#restsUntil === undefined ? 0 : Math.max(this.#restsUntil - this.#means.clock.now(), 0)
  }

  /** What came of a turn, as long as an answer can wait for it. */
  async #patiently(turn: Promise<NextTry | undefined>): Promise<NextTry | undefined> {
    const { clock, signal } = this.#means
    const left = this.#left()
    if (left > PATIENCE) return left
    const over = new AbortController()
    const late = clock.sleep(PATIENCE, AbortSignal.any([signal, over.signal])).then(
      () => this.#left(),
      (): NextTry => 'at the next start',
    )
    const nextTry = await Promise.race([turn, late])
    over.abort()
    return nextTry
  }
}
