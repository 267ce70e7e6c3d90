import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { isLeap, trustedTime } from '../../../src/core/coverage/trusted-time.ts'

const HOUR = 3_600_000
const DAY = 24 * HOUR
const NOW = Date.UTC(2026, 10, 24, 12)

describe('the trusted time', () => {
  test('is Discord’s where an entry of the last day confirms it', () => {
    expect(trustedTime({ discord: NOW, newest: NOW - DAY, last: undefined, passed: 0 })).toBe(NOW)
  })

  test('is Discord’s where Custos has run since the last one, though nothing happened', () => {
    const known = { newest: NOW - 30 * DAY, last: NOW - DAY }
    expect(trustedTime({ ...known, discord: NOW, passed: DAY })).toBe(NOW)
    expect(trustedTime({ ...known, discord: NOW + 100 * DAY, passed: DAY })).toBe(NOW)
  })

  test('is no more than a day past the newest entry, however far ahead Discord’s clock is', () => {
    const known = { newest: NOW, last: undefined, passed: 0 }
    expect(trustedTime({ ...known, discord: NOW + 100 * DAY })).toBe(NOW + DAY)
  })

  test('is never past Discord’s clock, whatever the archive says', () => {
    const past = fc.integer({ min: 0, max: NOW + 1000 * DAY })
    const passed = fc.integer({ min: 0, max: 100 * DAY })
    fc.assert(
      fc.property(past, past, past, passed, (discord, newest, last, run) => {
        expect(trustedTime({ discord, newest, last, passed: run })).toBeLessThanOrEqual(discord)
      }),
    )
  })

  test('does not move forward with each start under a clock that is ahead', () => {
    let last: number | undefined
    for (let start = 0; start < 100; start++) {
      last = trustedTime({ discord: NOW + 100 * DAY, newest: NOW, last, passed: 0 })
    }
    expect(last).toBe(NOW + DAY)
  })

  test('is unknown where there is no source but Discord’s clock', () => {
    expect(trustedTime({ discord: NOW, newest: undefined, last: undefined, passed: 0 })).toBeUndefined()
  })
})

test('a time more than a day past the last is a leap', () => {
  expect([isLeap(NOW + DAY, NOW), isLeap(NOW + DAY + 1, NOW), isLeap(NOW - DAY, NOW)]).toEqual([
    false,
    true,
    false,
  ])
})
