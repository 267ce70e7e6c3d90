import { TaskQueue } from '../task-queue.ts'
import type { GuildLog } from './guild-log.ts'

/** The next refresh, and the kinds whose counts it reads. */
interface NextRefresh {
  readonly kinds: Set<number>
  readonly done: Promise<void>
}

/** Runs the reads of one guild's log one at a time. Answers that need the same read share it. */
export class GuildReads {
  readonly #log: GuildLog
  readonly #queue = new TaskQueue()
  #nextRefresh: NextRefresh | undefined
  #nextPage: Promise<boolean> | undefined
  #backfill: AsyncGenerator<undefined> | undefined

  constructor(log: GuildLog) {
    this.#log = log
  }

  /**
   * Refreshes the log. Callers during a refresh share the next one, because an entry may have been made after the current
   * one began.
   * @param run refreshes with the kinds that all callers need
   */
  refresh(kinds: readonly number[], run: (kinds: readonly number[]) => Promise<void>): Promise<void> {
    this.#nextRefresh ??= this.#queueRefresh(run)
    for (const kind of kinds) this.#nextRefresh.kinds.add(kind)
    return this.#nextRefresh.done
  }

  /** Reads one more page that is missing. @returns false when nothing is missing that Discord still has */
  missing(): Promise<boolean> {
    this.#nextPage ??= this.#queue.run(() => {
      this.#nextPage = undefined
      return this.#log.readMissing()
    })
    return this.#nextPage
  }

  /** Reads one more page of the backfill. @returns false when it is finished */
  async backfill(): Promise<boolean> {
    const backfill = this.#backfill ?? this.#log.backfill()
    this.#backfill = backfill
    const { done } = await this.#queue.run(() => backfill.next())
    return !done
  }

  /** The next backfill begins anew. */
  endBackfill(): void {
    this.#backfill = undefined
  }

  #queueRefresh(run: (kinds: readonly number[]) => Promise<void>): NextRefresh {
    const kinds = new Set<number>()
    const done = this.#queue.run(() => {
      this.#nextRefresh = undefined
      return run([...kinds])
    })
    return { kinds, done }
  }
}
