import type { Archive } from '../core/archive.ts'
import type { Clock } from '../core/clock.ts'
import type { NextTry } from '../core/erasure.ts'
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

const NOT_REWRITTEN =
  'The archive could not be written anew without what was erased. Copies of it remain in the archive’s files until it ' +
  'can be: that takes free space of twice the archive’s size in its folder. It is tried again.'
const READ_ALL_THE_TIME =
  'What was erased remains in the archive’s write-ahead log, because a search or a backup is reading. It is tried again.'

export interface VacuumQueueOptions {
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

/** Writes the archive's file anew, one turn at a time with rests between, until nothing is left of what was erased. */
export class VacuumQueue {
  readonly #options: VacuumQueueOptions
  /** The next turn, while it has not begun; all who ask before it does share it. */
  #next: Promise<NextTry | undefined> | undefined
  #running: Promise<Turn> | undefined
  #resting: Promise<void> | undefined
  /** When the rest is over, by elapsed time. */
  #restsUntil = 0
  #isFailing = false
  /** Whether rows may be left of what was confirmed, because Custos was stopped or they could not be removed. */
  #mayBeLeft = false

  constructor(options: VacuumQueueOptions) {
    this.#options = options
  }

  /** Whether a turn is under way. What was erased before it began may be gone when it is over. */
  get isRunning(): boolean {
    return this.#running !== undefined
  }

  /** How long the rest still is, in milliseconds; 0 while there is none. */
  get left(): number {
    return this.#resting ? Math.max(this.#restsUntil - this.#options.clock.elapsed(), 0) : 0
  }

  /** Resolves when the turn that is under way is over, if there is one. */
  async over(): Promise<void> {
    await this.#running
  }

  /** Resolves after the next turn: with undefined once nothing is left of what was erased, or with when it is tried again. */
  next(): Promise<NextTry | undefined> {
    this.#next ??= this.#take()
    return this.#next
  }

  /** The next turn, for what an earlier try left. It is logged when nothing is left of it. */
  again(): Promise<NextTry | undefined> {
    this.#isFailing = true
    this.#mayBeLeft = true
    return this.next()
  }

  /** When it is tried next. */
  get nextTry(): NextTry {
    return this.#options.signal.aborted ? 'at the next start' : this.left
  }

  /** Tries again later what failed. @returns when */
  later(): NextTry {
    if (!this.#running) this.#resting ??= this.#rest(RETRY)
    void this.again()
    return this.nextTry
  }

  async #take(): Promise<NextTry | undefined> {
    const { signal } = this.#options
    await this.#running
    await this.#resting
    this.#next = undefined
    if (signal.aborted) return 'at the next start'
    this.#running = this.#rewrite()
    const { isDone, rest } = await this.#running
    this.#running = undefined
    // So little that nobody notices is no rest at all.
    if (rest >= SHORTEST_REST) this.#resting = this.#rest(rest)
    if (isDone) return undefined
    void this.next()
    return signal.aborted ? 'at the next start' : rest
  }

  async #rewrite(): Promise<Turn> {
    const { archive, clock, log, signal } = this.#options
    let began = clock.elapsed()
    const atLeast = (rest: number) => Math.max(Math.min((clock.elapsed() - began) * REST, LONGEST_REST), rest)
    try {
      if (this.#mayBeLeft) await archive.finishErasing()
      this.#mayBeLeft = false
      began = clock.elapsed()
      if (await archive.vacuum('the file')) {
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

  /** Lets the others have the archive. */
  async #rest(milliseconds: number): Promise<void> {
    const { clock, signal } = this.#options
    this.#restsUntil = clock.elapsed() + milliseconds
    await clock.sleep(milliseconds, signal).catch(() => {})
    this.#resting = undefined
  }
}
