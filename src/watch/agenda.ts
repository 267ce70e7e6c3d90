import { type Clock, LONGEST_TIMER } from '../core/clock.ts'

/** Runs things when they are due, with one timer for all. What is not on it costs nothing. */
export class Agenda<Item> {
  readonly #clock: Clock
  readonly #signal: AbortSignal
  readonly #run: (item: Item) => void
  /** When each item is due, by elapsed time. */
  readonly #due = new Map<Item, number>()
  #wait: AbortController | undefined
  #wakesAt = Number.POSITIVE_INFINITY

  /**
   * @param signal aborts when Custos stops
   * @param run called with each item that is due, which is on the agenda no more
   */
  constructor(clock: Clock, signal: AbortSignal, run: (item: Item) => void) {
    this.#clock = clock
    this.#signal = signal
    this.#run = run
  }

  /** Puts an item on the agenda, due in so many milliseconds. If it is on it already, it is due at the sooner time. */
  set(item: Item, milliseconds: number): void {
    const at = Math.min(this.#clock.elapsed() + milliseconds, this.#due.get(item) ?? Number.POSITIVE_INFINITY)
    this.#due.set(item, at)
    if (at < this.#wakesAt) this.#wakeAt(at)
  }

  delete(item: Item): void {
    this.#due.delete(item)
  }

  #wakeAt(at: number): void {
    this.#wait?.abort()
    this.#wait = undefined
    this.#wakesAt = at
    if (at === Number.POSITIVE_INFINITY) return
    const wait = new AbortController()
    this.#wait = wait
    const milliseconds = Math.min(LONGEST_TIMER, Math.max(0, at - this.#clock.elapsed()))
    this.#clock.sleep(milliseconds, AbortSignal.any([this.#signal, wait.signal])).then(
      () => this.#wake(),
      () => {},
    )
  }

  #wake(): void {
    const now = this.#clock.elapsed()
    const due = [...this.#due].filter(([, at]) => at <= now).map(([item]) => item)
    for (const item of due) this.#due.delete(item)
    let next = Number.POSITIVE_INFINITY
    for (const at of this.#due.values()) next = Math.min(next, at)
    this.#wakeAt(next)
    for (const item of due) this.#run(item)
  }
}
