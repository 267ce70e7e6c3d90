import type { Archive } from '../../core/archive.ts'
import type { Clock } from '../../core/clock.ts'
import type { NextTry } from '../../core/erasure.ts'
import type { Log } from '../../core/log.ts'
import type { Snowflake } from '../../core/snowflake.ts'
import { HOUR, MINUTE, SECOND } from '../../core/time/units.ts'

/**
 * In SQLite a vacuum blocks all writes. A pause of this many times its duration follows, so that writes wait for less than a
 * twentieth of the time.
 */
const PAUSE_FACTOR = 20
const LONGEST_PAUSE = HOUR
const SHORTEST_PAUSE = SECOND

/** The pause before a vacuum is tried again: after a failure, or when a reader kept the log from being emptied. */
const RETRY_AFTER_FAILURE = 10 * MINUTE
const RETRY_AFTER_READER = MINUTE

const VACUUM_FAILED =
  'Vacuuming the archive failed, so its files still contain copies of what was erased. It is retried. In SQLite, a vacuum ' +
  'needs free space of twice the archive’s size in its folder.'
const LOG_IN_USE =
  'The write-ahead log still contains what was erased, because a search or a backup is reading it. The vacuum is retried.'

export interface VacuumQueueOptions {
  readonly archive: Archive
  /** Whether this process serves a guild. What is left in others is erased by theirs. */
  readonly serves: (guildId: Snowflake) => boolean
  /** The host's clock, for pauses. */
  readonly clock: Clock
  readonly log: Log
  /** Aborts when Custos stops. */
  readonly signal: AbortSignal
}

interface VacuumResult {
  /** Whether nothing is left of what was erased. */
  readonly isDone: boolean
  /** How long to wait before the next vacuum, in milliseconds. */
  readonly pause: number
}

/** Vacuums the archive, one vacuum at a time with pauses between, until nothing is left of what was erased. */
export class VacuumQueue {
  readonly #options: VacuumQueueOptions
  /** The vacuum that has not begun yet, shared by all who request one until it begins. */
  #next: Promise<NextTry | undefined> | undefined
  #running: Promise<VacuumResult> | undefined
  #pausing: Promise<void> | undefined
  /** When the pause ends, by elapsed time. */
  #pausedUntil = 0
  #isFailing = false
  /** Whether confirmed erasures may have rows left, because of a stop or a failure. */
  #mayHaveRows = false

  constructor(options: VacuumQueueOptions) {
    this.#options = options
  }

  get isRunning(): boolean {
    return this.#running !== undefined
  }

  /** How long the pause still takes, in milliseconds; 0 if there is none. */
  get pauseLeft(): number {
    return this.#pausing !== undefined ? Math.max(this.#pausedUntil - this.#options.clock.elapsed(), 0) : 0
  }

  /** When a vacuum is tried next. */
  get nextTry(): NextTry {
    return this.#options.signal.aborted ? 'at the next start' : this.pauseLeft
  }

  /** Resolves when the running vacuum, if any, ends. */
  async finished(): Promise<void> {
    await this.#running
  }

  /** Resolves after the next vacuum: with undefined when nothing is left, else with when it is tried again. */
  next(): Promise<NextTry | undefined> {
    this.#next ??= this.#runNext()
    return this.#next
  }

  /** Like `next`, for what an earlier try left unfinished. It logs when nothing is left. */
  resume(): Promise<NextTry | undefined> {
    this.#isFailing = true
    this.#mayHaveRows = true
    return this.next()
  }

  /** Schedules another try after a failure. @returns when */
  retryLater(): NextTry {
    if (!this.#running) this.#pausing ??= this.#pause(RETRY_AFTER_FAILURE)
    void this.resume()
    return this.nextTry
  }

  async #runNext(): Promise<NextTry | undefined> {
    const { signal } = this.#options
    await this.#running
    await this.#pausing
    this.#next = undefined
    if (signal.aborted) return 'at the next start'
    this.#running = this.#vacuum()
    const { isDone, pause } = await this.#running
    this.#running = undefined
    if (pause >= SHORTEST_PAUSE) this.#pausing = this.#pause(pause)
    if (isDone) return undefined
    void this.next()
    return signal.aborted ? 'at the next start' : pause
  }

  async #vacuum(): Promise<VacuumResult> {
    const { archive, clock, log, signal } = this.#options
    let start = clock.elapsed()
    const pauseOf = (least: number) =>
      Math.max(Math.min((clock.elapsed() - start) * PAUSE_FACTOR, LONGEST_PAUSE), least)
    try {
      if (this.#mayHaveRows) await this.#removeRows()
      this.#mayHaveRows = false
      start = clock.elapsed()
      if (await archive.vacuum('file')) {
        if (this.#isFailing) log.info({}, 'The archive’s files no longer contain anything that was erased.')
        this.#isFailing = false
        return { isDone: true, pause: pauseOf(0) }
      }
      log.warn({}, LOG_IN_USE)
      this.#isFailing = true
      return { isDone: false, pause: pauseOf(RETRY_AFTER_READER) }
    } catch (error) {
      if (!signal.aborted) log.error({ err: error }, VACUUM_FAILED)
      this.#isFailing = true
      return { isDone: false, pause: pauseOf(RETRY_AFTER_FAILURE) }
    }
  }

  async #removeRows(): Promise<void> {
    const { archive, serves } = this.#options
    for (const guildId of (await archive.guildsErasing()).filter(serves)) await archive.finishErasing(guildId)
  }

  async #pause(milliseconds: number): Promise<void> {
    const { clock, signal } = this.#options
    this.#pausedUntil = clock.elapsed() + milliseconds
    await clock.sleep(milliseconds, signal).catch(() => {})
    this.#pausing = undefined
  }
}
