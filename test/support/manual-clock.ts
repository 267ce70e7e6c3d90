interface Sleeper {
  readonly until: number
  readonly wake: () => void
}

/** A clock that stands still until a test moves it. Custos and the sandbox use it. */
export class ManualClock {
  #now: number
  #elapsed = 0
  #sleepers: Sleeper[] = []
  #watchers: { readonly length: number; readonly resolve: () => void }[] = []

  constructor(now = Date.UTC(2026, 10, 24, 12)) {
    this.#now = now
  }

  readonly now = (): number => this.#now

  readonly elapsed = (): number => this.#elapsed

  readonly sleep = (milliseconds: number, signal?: AbortSignal): Promise<void> =>
    new Promise((resolve, reject) => {
      const fail = () => reject(signal?.reason)
      if (signal?.aborted) return fail()
      signal?.addEventListener('abort', fail, { once: true })
      const wake = () => {
        signal?.removeEventListener('abort', fail)
        resolve()
      }
      this.#sleepers.push({ until: this.#elapsed + milliseconds, wake })
      const waiting = this.#watchers.filter(({ length }) => length === milliseconds)
      this.#watchers = this.#watchers.filter(({ length }) => length !== milliseconds)
      for (const { resolve: begin } of waiting) begin()
    })

  /** Resolves at the next sleep of so many milliseconds. */
  slept(milliseconds: number): Promise<void> {
    return new Promise<void>((resolve) => this.#watchers.push({ length: milliseconds, resolve }))
  }

  /** Waits for the next sleep of so many milliseconds, and lets that time pass. */
  async sleepThrough(milliseconds: number): Promise<void> {
    await this.slept(milliseconds)
    this.advance(milliseconds)
  }

  /** Lets time pass, and wakes those whose wait is over. */
  advance(milliseconds: number): void {
    this.#now += milliseconds
    this.#elapsed += milliseconds
    const due = this.#sleepers.filter(({ until }) => until <= this.#elapsed)
    this.#sleepers = this.#sleepers.filter(({ until }) => until > this.#elapsed)
    for (const { wake } of due) wake()
  }

  /** Sets the time of day forward, or back where it is below zero, without any time passing. */
  step(milliseconds: number): void {
    this.#now += milliseconds
  }
}

/** The clock of a machine: time passes as on another clock, and its time of day can be off, and can step. */
export class HostClock {
  readonly #of: ManualClock
  /** How far its time of day is ahead, in milliseconds; below zero when it is behind. */
  ahead: number

  constructor(of: ManualClock, ahead = 0) {
    this.#of = of
    this.ahead = ahead
  }

  readonly now = (): number => this.#of.now() + this.ahead

  readonly elapsed = (): number => this.#of.elapsed()

  readonly sleep = (milliseconds: number, signal?: AbortSignal): Promise<void> =>
    this.#of.sleep(milliseconds, signal)
}
