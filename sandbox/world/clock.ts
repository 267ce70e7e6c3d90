/** Where the sandbox gets the time. It is injected so that tests can let 45 days pass. */
export interface Clock {
  /** Milliseconds since the Unix epoch. */
  now(): number
}

export const systemClock: Clock = { now: Date.now }

/** The longest delay `setTimeout` accepts, in milliseconds. Longer sleeps are divided. */
const LONGEST_TIMER = 2 ** 31 - 1

/** The system clock plus an adjustable offset. Moving it forward wakes sleepers whose time has come. */
export class DemoClock implements Clock {
  #ahead = 0
  readonly #sleepers = new Set<() => void>()

  readonly now = (): number => Date.now() + this.#ahead

  readonly elapsed = (): number => performance.now() + this.#ahead

  /** How far it is ahead of the system clock, in milliseconds. */
  get ahead(): number {
    return this.#ahead
  }

  set ahead(milliseconds: number) {
    this.#ahead = milliseconds
    for (const check of this.#sleepers) check()
  }

  readonly sleep = (milliseconds: number, signal?: AbortSignal): Promise<void> =>
    new Promise((resolve, reject) => {
      const until = this.elapsed() + milliseconds
      let timer: NodeJS.Timeout | undefined
      const end = () => {
        clearTimeout(timer)
        this.#sleepers.delete(check)
        signal?.removeEventListener('abort', fail)
      }
      const fail = () => {
        end()
        reject(signal?.reason)
      }
      const check = () => {
        clearTimeout(timer)
        const left = until - this.elapsed()
        if (left > 0) {
          timer = setTimeout(check, Math.min(left, LONGEST_TIMER))
          return
        }
        end()
        resolve()
      }
      if (signal?.aborted) return fail()
      signal?.addEventListener('abort', fail, { once: true })
      this.#sleepers.add(check)
      check()
    })
}
