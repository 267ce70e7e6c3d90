import { expect, test } from 'vitest'
import { inWords } from '../../../src/core/time/duration.ts'

test.each([
  [0, '0 seconds'],
  [1, '1 second'],
  [90, '1 minute 30 seconds'],
  [3600, '1 hour'],
  [5400, '1 hour 30 minutes'],
  [86_400, '1 day'],
  [604_800, '7 days'],
  [90_061, '1 day 1 hour'],
])('%i seconds are formatted as %s', (seconds, words) => {
  expect(inWords(seconds)).toBe(words)
})
