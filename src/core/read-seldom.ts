import type { Clock } from './clock.ts'

/** Reads something that is asked for more often than it should be read: everybody who asks in an interval gets the same. */
export function readSeldom<Value>(
  clock: Pick<Clock, 'elapsed'>,
  interval: number,
  read: () => Promise<Value>,
): () => Promise<Value> {
  let last: { readonly at: number; readonly value: Promise<Value> } | undefined
  return () => {
    if (last === undefined || clock.elapsed() - last.at >= interval)
      last = { at: clock.elapsed(), value: read() }
    return last.value
  }
}
