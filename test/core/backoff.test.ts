import { expect, test } from 'vitest'
import { backoff } from '../../src/core/backoff.ts'

test('it doubles from a second up to the longest', () => {
  expect([1, 2, 3, 4, 5, 6, 7, 5000].map((failures) => backoff(failures, { longest: 60_000 }))).toEqual([
    1000, 2000, 4000, 8000, 16_000, 32_000, 60_000, 60_000,
  ])
})

test('it is shorter by up to a half, as chance has it', () => {
  expect(backoff(3, { longest: 60_000, random: 1 })).toBe(2000)
  expect(backoff(3, { longest: 60_000, random: 0.5 })).toBe(3000)
})
