import { expect, test } from 'vitest'
import { inOneUnit, inRoundWords, inWords } from '../../../src/core/time/duration.ts'

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

test.each([
  [58.9, '1 minute'],
  [31.2, '30 seconds'],
  [2, '10 seconds'],
  [92, '1 minute 30 seconds'],
  [299.4, '5 minutes'],
  [3598, '1 hour'],
  [5399, '1 hour 30 minutes'],
  [61_199, '17 hours'],
  [86_398, '1 day'],
  [129_590, '1 day 12 hours'],
  [604_700, '7 days'],
  [2_419_199.5, '28 days'],
])('people call %d seconds %s', (seconds, words) => {
  expect(inRoundWords(seconds)).toBe(words)
})

test.each([
  [0, '0 seconds'],
  [59.9, '59 seconds'],
  [60, '1 minute'],
  [3599, '59 minutes'],
  [86_399, '23 hours'],
  [172_799, '1 day'],
  [3_600_000, '41 days'],
])('%d seconds in one unit are %s', (seconds, words) => {
  expect(inOneUnit(seconds)).toBe(words)
})
