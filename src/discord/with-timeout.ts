import type { Clock } from '../core/clock.ts'

/** A task took too long. */
export class TimeoutError extends Error {}

/**
 * Runs a task, and aborts it if it takes too long.
 * @throws TimeoutError if it did
 */
export async function withTimeout<T>(
  { clock, signal, milliseconds }: { clock: Clock; signal: AbortSignal; milliseconds: number },
  task: (signal: AbortSignal) => Promise<T>,
): Promise<T> {
  const over = new AbortController()
  const limited = AbortSignal.any([signal, over.signal])
  const timeout = clock.sleep(milliseconds, limited).then((): never => {
    throw new TimeoutError(`There was no response within ${milliseconds / 1000} s.`)
  })
  try {
    return await Promise.race([task(limited), timeout])
  } finally {
    over.abort()
  }
}
