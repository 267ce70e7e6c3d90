interface Sleeper {
  readonly until: number
  readonly wake: () => void
}

/** A clock that stands still until it is told to go on. It serves Custos and the sandbox alike. */
export class ManualClock {
  #now: number
  #elapsed = 0
  #sleepers: Sleeper[] = []
  #watchers: { readonly length: number; readonly tell: () => void }[] = []

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
      for (const { tell } of waiting) tell()
    })

  /** Resolves once somebody goes to sleep for so long, from now on. */
  slept(milliseconds: number): Promise<void> {
    return new Promise<void>((resolve) => this.#watchers.push({ length: milliseconds, tell: resolve }))
  }

  /** Waits until somebody goes to sleep for so long, and lets that time pass. */
  async sleepThrough(milliseconds: number): Promise<void> {
    await this.slept(milliseconds)
    this.advance(milliseconds)
  }

  /** Lets time pass, waking those whose time has come. */
  advance(milliseconds: number): void {
    this.#now += milliseconds
    this.#elapsed += milliseconds
    const due = this.#sleepers.filter(({ until }) => until <= this.#elapsed)
    this.#sleepers = this.#sleepers.filter(({ until }) => until > this.#elapsed)
    for (const { wake } of due) wake()
  }

  /** Sets the time of day forwards, or back where it is below zero, without any time passing. */
  step(milliseconds: number): void {
    this.#now += milliseconds
  }
}

/** The clock of a machine on which time passes as another clock tells; its time of day can be off, and can step. */
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
