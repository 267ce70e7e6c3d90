const MINUTE = 60_000

/** What a request is for, as Discord sees it. */
export type Cause =
  /** A moderator waits. */
  | 'answer'
  /** Entries whose counts grow: a page of one action type. */
  | 'growth'
  /** Any other page. */
  | 'page'

/** Counts requests, by cause and by minute. */
export class Requests {
  readonly #now: () => number
  readonly #since: number
  readonly #byCause: Record<Cause, number> = { answer: 0, growth: 0, page: 0 }
  readonly #byMinute = new Map<number, number>()
  constructor(now: () => number) {
    this.#now = now
    this.#since = now()
  }

  add(cause: Cause): void {
    this.#byCause[cause]++
    const minute = Math.floor((this.#now() - this.#since) / MINUTE)
    this.#byMinute.set(minute, (this.#byMinute.get(minute) ?? 0) + 1)
  }

  by(cause: Cause): number {
    return this.#byCause[cause]
  }

  get total(): number {
    return this.#byCause.answer + this.#byCause.growth + this.#byCause.page
  }

  /** How many there were in the last minutes. */
  inLast(minutes: number): number {
    const now = Math.floor((this.#now() - this.#since) / MINUTE)
    return Array.from({ length: minutes }, (_, ago) => this.#byMinute.get(now - ago) ?? 0).reduce(
      (a, b) => a + b,
    )
  }

  /** The most in a minute, for each second of it. */
  get peakPerSecond(): number {
    return Math.max(0, ...this.#byMinute.values()) / 60
  }
}
