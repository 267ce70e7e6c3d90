import { expect, test } from 'vitest'
import { backoff } from '../../src/core/backoff.ts'

test('the wait doubles from a second up to the longest', () => {
  expect([1, 2, 3, 4, 5, 6, 7, 5000].map((failures) => backoff(failures, { longest: 60_000 }))).toEqual([
    1000, 2000, 4000, 8000, 16_000, 32_000, 60_000, 60_000,
  ])
})

test('a random number shortens the wait by up to a half', () => {
  expect(backoff(3, { longest: 60_000, random: 1 })).toBe(2000)
  expect(backoff(3, { longest: 60_000, random: 0.5 })).toBe(3000)
})
