import type { Clock } from './clock.ts'

interface Limit {
  readonly clock: Pick<Clock, 'sleep'>
  /** How long the work may take, in milliseconds. */
  readonly timeout: number
  /** Aborts when Custos stops. */
  readonly signal: AbortSignal
}

/**
 * The result of some work or, if it takes too long or Custos stops first, of `late`.
 * @param work is passed a signal that aborts when its result is no longer waited for
 */
export async function inTime<Result, Late>(
  { clock, timeout, signal }: Limit,
  work: (over: AbortSignal) => Promise<Result>,
  late: () => Late | Promise<Late>,
): Promise<Result | Late> {
  const done = new AbortController()
  const over = AbortSignal.any([signal, done.signal])
  const lateResult = clock.sleep(timeout, over).then(late, (reason: unknown) => {
    if (signal.aborted) return late()
    throw reason
  })
  try {
    return await Promise.race([work(over), lateResult])
  } finally {
    done.abort()
  }
}
