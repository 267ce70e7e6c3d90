interface Sleeper {
  readonly until: number
  readonly wake: () => void
}

/** A clock that a test moves. Custos and the sandbox use it. */
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

  /** Resolves when the next sleep of this many milliseconds begins. */
  slept(milliseconds: number): Promise<void> {
    return new Promise<void>((resolve) => this.#watchers.push({ length: milliseconds, resolve }))
  }

  /** Waits until the next sleep of this many milliseconds begins, and lets that time pass. */
  async sleepThrough(milliseconds: number): Promise<void> {
    await this.slept(milliseconds)
    this.advance(milliseconds)
  }

  /** Lets time pass, and wakes the sleepers whose time has come. */
  advance(milliseconds: number): void {
    this.#now += milliseconds
    this.#elapsed += milliseconds
    const due = this.#sleepers.filter(({ until }) => until <= this.#elapsed)
    this.#sleepers = this.#sleepers.filter(({ until }) => until > this.#elapsed)
    for (const { wake } of due) wake()
  }

  /** Lets time pass until the next sleeper wakes, but at most so many milliseconds. */
  advanceToNext(atMost: number): void {
    const next = Math.min(...this.#sleepers.map(({ until }) => until)) - this.#elapsed
    this.advance(Math.min(Math.max(next, 0), atMost))
  }

  /** Changes the time of day without letting time pass: forward, or back if negative. */
  step(milliseconds: number): void {
    this.#now += milliseconds
  }
}

/** The clock of a host: time passes as on another clock, and its time of day can be wrong. */
export class HostClock {
  readonly #of: ManualClock
  /** How far its time of day is ahead, in milliseconds; negative if it is behind. */
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
