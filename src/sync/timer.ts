import type { Clock } from '../core/clock.ts'

/** Runs one thing after a while, unless it is set again or cancelled, or Custos stops. */
export class Timer {
  readonly #clock: Clock
  readonly #signal: AbortSignal
  #wait: AbortController | undefined

  /** @param signal aborts when Custos stops */
  constructor(clock: Clock, signal: AbortSignal) {
    this.#clock = clock
    this.#signal = signal
  }

  /** Runs something after so many milliseconds, in place of what was set before. */
  set(milliseconds: number, run: () => void): void {
    this.cancel()
    const wait = new AbortController()
    this.#wait = wait
    this.#clock.sleep(milliseconds, AbortSignal.any([this.#signal, wait.signal])).then(run, () => {})
  }

  cancel(): void {
    this.#wait?.abort()
  }
}
