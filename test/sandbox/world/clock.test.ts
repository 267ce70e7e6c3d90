import { expect, test } from 'vitest'
import { DemoClock } from '../../../sandbox/world/clock.ts'

const HOUR = 3_600_000

test('it can be moved ahead of the system clock', () => {
  const clock = new DemoClock()
  clock.ahead = HOUR
  expect(clock.now() - Date.now()).toBeGreaterThan(HOUR - 1000)
  expect(clock.now() - Date.now()).toBeLessThanOrEqual(HOUR)
})

test('moving it forward wakes a sleeper when due, not earlier', async () => {
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

test('a short sleep ends by itself; a sleep longer than the longest timer does not end at once', async () => {
  const clock = new DemoClock()
  const long = clock.sleep(60 * 24 * HOUR).then(() => 'long')
  expect(await Promise.race([long, clock.sleep(5).then(() => 'short')])).toBe('short')
  clock.ahead = 61 * 24 * HOUR
  expect(await long).toBe('long')
})

test('a sleep rejects if it is aborted before or during it', async () => {
  const clock = new DemoClock()
  const ended = new AbortController()
  const sleeping = clock.sleep(HOUR, ended.signal)
  ended.abort(new Error('enough'))
  await expect(sleeping).rejects.toThrow('enough')
  await expect(clock.sleep(HOUR, ended.signal)).rejects.toThrow('enough')
})
