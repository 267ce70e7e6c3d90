import { expect, test } from 'vitest'
import { DemoClock } from '../../sandbox/world/clock.ts'

const HOUR = 3_600_000

test('put forward, it is ahead of the computer by as much', () => {
  const clock = new DemoClock()
  clock.ahead = HOUR
  expect(clock.now() - Date.now()).toBeGreaterThan(HOUR - 1000)
  expect(clock.now() - Date.now()).toBeLessThanOrEqual(HOUR)
})

test('who sleeps wakes when their time has come by it, and not before', async () => {
  const clock = new DemoClock()
  let isAwake = false
  const sleeping = clock.sleep(2 * HOUR).then(() => {
    isAwake = true
  })
  clock.ahead = HOUR
  await Promise.resolve()
  expect(isAwake).toBe(false)
  clock.ahead = 2 * HOUR
  await sleeping
  expect(isAwake).toBe(true)
})

test('a short nap ends by itself, and one longer than a timer takes does not end at once', async () => {
  const clock = new DemoClock()
  const long = clock.sleep(60 * 24 * HOUR).then(() => 'long')
  expect(await Promise.race([long, clock.sleep(5).then(() => 'short')])).toBe('short')
  clock.ahead = 61 * 24 * HOUR
  expect(await long).toBe('long')
})

test('an aborted sleep rejects, before and while it is slept', async () => {
  const clock = new DemoClock()
  const ended = new AbortController()
  const sleeping = clock.sleep(HOUR, ended.signal)
  ended.abort(new Error('enough'))
  await expect(sleeping).rejects.toThrow('enough')
  await expect(clock.sleep(HOUR, ended.signal)).rejects.toThrow('enough')
})
