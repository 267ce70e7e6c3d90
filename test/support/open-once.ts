import { afterAll, beforeAll } from 'vitest'
import type { AtEnd } from './at-end.ts'

/**
 * Opens something once for all tests of a file or a `describe`, and closes it after the last one.
 * @returns a function that returns it, for use inside a test
 */
export function openOnce<T>(open: (atEnd: AtEnd) => Promise<T>): () => T {
  const opened: T[] = []
  const ends: (() => Promise<void>)[] = []
  beforeAll(async () => {
    opened.push(await open((end) => void ends.push(end)))
  })
  afterAll(async () => {
    for (const end of ends.toReversed()) await end()
  })
  return () => {
    const [value] = opened
    if (value === undefined)
      throw new Error('It is opened before the first test, and used only inside a test.')
    return value
  }
}
