import { expect, test } from 'vitest'
import { readSeldom } from '../../src/core/read-seldom.ts'
import { ManualClock } from '../support/manual-clock.ts'

test('something is read once in an interval, however often it is asked for', async () => {
  const clock = new ManualClock()
  let reads = 0
  const read = readSeldom(clock, 1000, async () => ++reads)
  expect(await Promise.all([read(), read()])).toEqual([1, 1])
  clock.advance(999)
  expect(await read()).toBe(1)
  clock.advance(1)
  expect(await read()).toBe(2)
})

test('what failed is read again in the next interval', async () => {
  const clock = new ManualClock()
  let reads = 0
  const read = readSeldom(clock, 1000, async () => {
    if (++reads === 1) throw new Error('No.')
    return reads
  })
  await expect(read()).rejects.toThrow('No.')
  await expect(read()).rejects.toThrow('No.')
  clock.advance(1000)
  expect(await read()).toBe(2)
})
