import { expect, test } from 'vitest'
import { utcDay, utcMoment } from '../../../src/core/time/utc.ts'

test.each([
  [Date.UTC(2026, 7, 26), '26 Aug 2026', '26 Aug 2026, 00:00 UTC'],
  [Date.UTC(2026, 0, 1, 9, 5, 59, 999), '1 Jan 2026', '1 Jan 2026, 09:05 UTC'],
  [Date.UTC(2026, 11, 31, 23, 59), '31 Dec 2026', '31 Dec 2026, 23:59 UTC'],
])('%d is the day %s and the moment %s', (time, day, moment) => {
  expect([utcDay(time), utcMoment(time)]).toEqual([day, moment])
})
