import type { Clock } from '../../../src/core/clock.ts'

/** The time of day when a simulation begins. */
const START = Date.UTC(2026, 10, 24, 12)

/**
 * Simulated time, in whole milliseconds. It jumps from one sleeper to the next, and keeps them by the millisecond in which
 * they wake: with a hundred thousand of them, a list that is searched at every step would take hours.
 */
export class Timeline implements Clock {
  readonly #settled: () => Promise<void>
  readonly #sleepers = new Map<number, (() => void)[]>()
  #elapsed = 0

  /** @param settled resolves when nothing more happens until time passes */
  constructor(settled: () => Promise<void>) {
    this.#settled = settled
  }

  readonly now = (): number => START + this.#elapsed

  readonly elapsed = (): number => this.#elapsed

  readonly sleep = (milliseconds: number, signal?: AbortSignal): Promise<void> =>
    new Promise((resolve, reject) => {
      const fail = () => reject(signal?.reason)
      if (signal?.aborted) return fail()
      signal?.addEventListener('abort', fail, { once: true })
      this.#at(this.#elapsed + milliseconds, () => {
        signal?.removeEventListener('abort', fail)
        resolve()
      })
    })

  /** Lets time pass, with everything that happens in it. */
  async pass(milliseconds: number): Promise<void> {
    const end = this.#elapsed + milliseconds
    await this.#settled()
    while (this.#elapsed < end) {
      this.#elapsed++
      const due = this.#sleepers.get(this.#elapsed)
      if (!due) continue
      this.#sleepers.delete(this.#elapsed)
      for (const wake of due) wake()
      await this.#settled()
    }
  }

  #at(time: number, wake: () => void): void {
    const moment = Math.max(Math.ceil(time), this.#elapsed + 1)
    const others = this.#sleepers.get(moment)
    if (others) others.push(wake)
    else this.#sleepers.set(moment, [wake])
  }
}
