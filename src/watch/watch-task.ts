import { SECOND } from '../core/time/units.ts'
import type { Watch } from '../core/watch/watch.ts'
import type { Agenda } from './agenda.ts'
import { WatchWork, type WorkDeps } from './watch-work.ts'

/** How long a watch gathers what comes after something came, in milliseconds. What comes first is posted at once. */
const GATHER = SECOND

/** How soon after the last try a paused watch is tried again because something has changed in the guild, in milliseconds. */
const CHANGED_RETRY = 10 * SECOND

export interface TaskDeps extends WorkDeps {
  /** Calls `due` of tasks. */
  readonly agenda: Agenda<WatchTask>
  /** The watch is no longer in the archive. */
  readonly onRemoved: (task: WatchTask) => void
  /** The watch is paused, and the member who set it was not told yet. */
  readonly onPaused: (task: WatchTask) => void
}

/**
 * Says when there is work to do for one watch: one step at a time. At rest it is the watch and a few numbers, since there can
 * be tens of thousands.
 */
export class WatchTask {
  readonly #work: WatchWork
  readonly #deps: TaskDeps
  #running: Promise<void> | undefined
  #isDue = false
  #isStopped = false
  /** Whether something has changed in the guild since the last run began. */
  #hasChanged = false
  /** Before this moment, by elapsed time, nothing that arrives starts a run. */
  #notBefore = 0
  #triedAt = 0

  constructor(watch: Watch, deps: TaskDeps) {
    this.#work = new WatchWork(watch, deps)
    this.#deps = deps
  }

  get watch(): Watch {
    return this.#work.watch
  }

  /** Something may have to be planned or posted. */
  wake(): void {
    const { agenda, clock, signal } = this.#deps
    this.#isDue = true
    if (this.#running || this.#isStopped || signal.aborted) return
    const wait = this.#notBefore - clock.elapsed()
    if (wait > 0) agenda.set(this, wait)
    else this.#running = this.#run()
  }

  /** The time has come for which the task has asked. */
  due(): void {
    this.#notBefore = 0
    this.wake()
  }

  /** Something has changed in the guild, so that a watch that is paused may be able to post. */
  retry(): void {
    this.#hasChanged = true
    if (this.watch.paused === undefined || this.#running !== undefined) return
    this.#notBefore = Math.min(this.#notBefore, this.#triedAt + CHANGED_RETRY)
    this.wake()
  }

  /** The watch was removed: nothing more begins. What is in progress ends, since no more of it can be stored. */
  stop(): void {
    this.#isStopped = true
    this.#deps.agenda.delete(this)
  }

  /** The member who set the watch was told that it is paused, or cannot be told. */
  async told(): Promise<void> {
    while (this.#running !== undefined) await this.#running
    if (this.#isStopped) return
    this.#running = this.#storeTold()
    await this.#running
  }

  /** Resolves when nothing is in progress. */
  async settled(): Promise<void> {
    while (this.#running !== undefined) await this.#running
  }

  async #run(): Promise<void> {
    const { agenda, clock, onPaused, onRemoved } = this.#deps
    agenda.delete(this)
    this.#isDue = false
    this.#hasChanged = false
    this.#triedAt = clock.elapsed()
    const { position } = this.watch
    const next = await this.#work.step(() => this.#isDue)
    this.#running = undefined
    if (next.type === 'removed') return onRemoved(this)
    if (this.#isStopped) return
    if (next.type === 'blocked' && this.watch.paused?.isTold === false) onPaused(this)
    const gathers = this.watch.position === position ? 0 : GATHER
    this.#notBefore = clock.elapsed() + (next.type === 'blocked' ? next.again : gathers)
    if (next.again !== undefined) agenda.set(this, next.again)
    if (next.type === 'done' && this.#isDue) this.wake()
    if (next.type === 'blocked' && this.#hasChanged) this.retry()
  }
  async #storeTold(): Promise<void> {
    const isThere = await this.#work.storeTold()
    this.#running = undefined
    if (!isThere) return this.#deps.onRemoved(this)
    if (this.#isDue) this.wake()
    if (this.#hasChanged) this.retry()
  }
}
