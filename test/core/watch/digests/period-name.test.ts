import { expect, test } from 'vitest'
import { periodName, skippedDays } from '../../../../src/core/watch/digests/period-name.ts'
import { nextPeriod } from '../../../../src/core/watch/digests/schedule.ts'

test.each([
  ['day', '2026-11-24T12:00Z', 'UTC', 'Tuesday, 24 November'],
  ['week', '2026-11-17T12:00Z', 'UTC', 'Week of 16–22 November'],
  ['week', '2026-12-01T12:00Z', 'Asia/Tokyo', 'Week of 30 November – 6 December'],
  ['week', '2026-12-29T12:00Z', 'America/New_York', 'Week of 28 December – 3 January'],
  ['month', '2026-11-24T12:00Z', 'Europe/Berlin', 'November 2026'],
] as const)('the %s of %s in %s is “%s”', (every, within, timeZone, name) => {
  const period = nextPeriod({ every, at: 540 }, Date.parse(within), timeZone)
  expect(periodName(every, period, timeZone)).toBe(name)
})

test.each([
  ['day', 3, '2026-11-23', '2026-11-25'],
  ['week', 2, '2026-11-09', '2026-11-22'],
  ['month', 1, '2026-10-01', '2026-10-31'],
] as const)(
  'the periods of a %s that were skipped, %i, are named by their first and last day',
  (every, skipped, since, until) => {
    const timeZone = 'Europe/Berlin'
    const start = { day: '2026-11-26', week: '2026-11-23', month: '2026-11-01' }[every]
    const from = Date.parse(`${start}T00:00+01:00`)
    expect(skippedDays(every, { from }, skipped, timeZone)).toEqual({ since, until })
  },
)
