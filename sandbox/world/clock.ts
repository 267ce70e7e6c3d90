/** Where Discord's time comes from: handed in, so that tests can live through 45 days. */
export interface Clock {
  /** Milliseconds since the Unix epoch. */
  now(): number
}

export const systemClock: Clock = { now: Date.now }

/** Naps are cut into parts no longer than this, the longest a timer takes. */
const LONGEST_TIMER = 2 ** 31 - 1

/** The computer's clock, put forward: those who sleep by it wake when their time has come by it. */
export class DemoClock implements Clock {
  #ahead = 0
  readonly #sleepers = new Set<() => void>()

  readonly now = (): number => Date.now() + this.#ahead

  readonly elapsed = (): number => performance.now() + this.#ahead

  /** How far it is ahead of the computer's, in milliseconds. */
  get ahead(): number {
    return this.#ahead
  }

  set ahead(milliseconds: number) {
    this.#ahead = milliseconds
    for (const look of this.#sleepers) look()
  }

  readonly sleep = (milliseconds: number, signal?: AbortSignal): Promise<void> =>
    new Promise((resolve, reject) => {
      const until = this.elapsed() + milliseconds
      let timer: NodeJS.Timeout | undefined
      const end = () => {
        clearTimeout(timer)
        this.#sleepers.delete(look)
        signal?.removeEventListener('abort', fail)
      }
      const fail = () => {
        end()
        reject(signal?.reason)
      }
      const look = () => {
        clearTimeout(timer)
        const left = until - this.elapsed()
        if (left > 0) {
          timer = setTimeout(look, Math.min(left, LONGEST_TIMER))
          return
        }
        end()
        resolve()
      }
      if (signal?.aborted) return fail()
      signal?.addEventListener('abort', fail, { once: true })
      this.#sleepers.add(look)
      look()
    })
}
