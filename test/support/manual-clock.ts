interface Sleeper {
  readonly until: number
  readonly wake: () => void
}

/** A clock that stands still until it is told to go on. It serves Custos and the sandbox alike. */
export class ManualClock {
  #now: number
  #sleepers: Sleeper[] = []
  #watchers: { readonly length: number; readonly tell: () => void }[] = []

  constructor(now = Date.UTC(2026, 10, 24, 12)) {
    this.#now = now
  }

  readonly now = (): number => this.#now

  readonly sleep = (milliseconds: number, signal?: AbortSignal): Promise<void> =>
    new Promise((resolve, reject) => {
      const fail = () => reject(signal?.reason)
      if (signal?.aborted) return fail()
      signal?.addEventListener('abort', fail, { once: true })
      const wake = () => {
        signal?.removeEventListener('abort', fail)
        resolve()
      }
      this.#sleepers.push({ until: this.#now + milliseconds, wake })
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
    const due = this.#sleepers.filter(({ until }) => until <= this.#now)
    this.#sleepers = this.#sleepers.filter(({ until }) => until > this.#now)
    for (const { wake } of due) wake()
  }
}
