import { expect, test } from 'vitest'
import { recurrence } from '../../../../src/core/changes/readers/recurrence.ts'

test.each([
  [{ frequency: 3, interval: 1 }, 'every day'],
  [{ frequency: 2, interval: 1, by_weekday: [0, 2] }, 'every week on Monday, Wednesday'],
  [{ frequency: 2, interval: 2, by_weekday: [1] }, 'every 2 weeks on Tuesday'],
  [{ frequency: 1, interval: 1, by_n_weekday: [{ n: 4, day: 2 }] }, 'every month on the 4th Wednesday'],
  [{ frequency: 0, interval: 1, by_month: [7], by_month_day: [24] }, 'every year on 24 Jul'],
])('%j is %j', (rule, words) => {
  expect(recurrence(rule)).toEqual({ type: 'words', words })
})

test.each([['weekly'], [{}], [{ frequency: 9 }]])('%j cannot be read', (rule) => {
  expect(recurrence(rule)).toBeUndefined()
})
