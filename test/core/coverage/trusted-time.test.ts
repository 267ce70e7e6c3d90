import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { isLeap, trustedTime } from '../../../src/core/coverage/trusted-time.ts'
import { DAY } from '../../../src/core/time/units.ts'

const NOW = Date.UTC(2026, 10, 24, 12)

describe('the trusted time', () => {
  test('is Discord’s time if an entry of the last day confirms it', () => {
    expect(trustedTime({ discord: NOW, newest: NOW - DAY, last: undefined, passed: 0 })).toBe(NOW)
  })

  test('is Discord’s time if Custos has run since the last trusted time, even without new entries', () => {
    const known = { newest: NOW - 30 * DAY, last: NOW - DAY }
    expect(trustedTime({ ...known, discord: NOW, passed: DAY })).toBe(NOW)
    expect(trustedTime({ ...known, discord: NOW + 100 * DAY, passed: DAY })).toBe(NOW)
  })

  test('is at most a day past the newest entry, even if Discord’s clock is further ahead', () => {
    const known = { newest: NOW, last: undefined, passed: 0 }
    expect(trustedTime({ ...known, discord: NOW + 100 * DAY })).toBe(NOW + DAY)
  })

  test('is never past Discord’s clock', () => {
    const past = fc.integer({ min: 0, max: NOW + 1000 * DAY })
    const passed = fc.integer({ min: 0, max: 100 * DAY })
    fc.assert(
      fc.property(past, past, past, passed, (discord, newest, last, run) => {
        expect(trustedTime({ discord, newest, last, passed: run })).toBeLessThanOrEqual(discord)
      }),
    )
  })

  test('does not move further with each start while Discord’s clock is ahead', () => {
    let last: number | undefined
    for (let start = 0; start < 100; start++) {
      last = trustedTime({ discord: NOW + 100 * DAY, newest: NOW, last, passed: 0 })
    }
    expect(last).toBe(NOW + DAY)
  })

  test('is unknown if Discord’s clock is the only source', () => {
    expect(trustedTime({ discord: NOW, newest: undefined, last: undefined, passed: 0 })).toBeUndefined()
  })
})

test('a time more than a day past the last trusted one is a leap', () => {
  expect([isLeap(NOW + DAY, NOW), isLeap(NOW + DAY + 1, NOW), isLeap(NOW - DAY, NOW)]).toEqual([
    false,
    true,
    false,
  ])
})
