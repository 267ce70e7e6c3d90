import { expect, test } from 'vitest'
import {
  formatDay,
  formatDayNear,
  formatMoment,
  formatMomentNear,
  formatOffset,
  formatStamp,
  formatTimeOfDay,
  formatWeekday,
} from '../../../src/core/time/format-time.ts'

test.each([
  [Date.UTC(2026, 7, 26), 'UTC', '26 Aug 2026', '26 Aug 2026, 00:00 UTC'],
  [Date.UTC(2026, 0, 1, 9, 5, 59, 999), 'UTC', '1 Jan 2026', '1 Jan 2026, 09:05 UTC'],
  [Date.UTC(2026, 11, 31, 23, 59), 'UTC', '31 Dec 2026', '31 Dec 2026, 23:59 UTC'],
  [Date.UTC(2026, 11, 31, 23, 59), 'Europe/Berlin', '1 Jan 2027', '1 Jan 2027, 00:59 UTC+1'],
  [Date.UTC(2026, 7, 26, 2), 'America/St_Johns', '25 Aug 2026', '25 Aug 2026, 23:30 UTC-2:30'],
])('%d in %s is the day %s and the moment %s', (time, timeZone, day, moment) => {
  expect([formatDay(time, timeZone), formatMoment(time, timeZone)]).toEqual([day, moment])
})

test('the offset follows daylight saving time', () => {
  expect(formatOffset(Date.UTC(2026, 6, 1), 'Europe/London')).toBe('UTC+1')
  expect(formatOffset(Date.UTC(2026, 11, 1), 'Europe/London')).toBe('UTC')
  expect(formatOffset(Date.UTC(2026, 11, 1), 'Asia/Kathmandu')).toBe('UTC+5:45')
})

test('a time of day and a weekday are those of the time zone', () => {
  const time = Date.UTC(2026, 10, 26, 23, 5, 59)
  expect([formatWeekday(time, 'UTC'), formatTimeOfDay(time, 'UTC')]).toEqual(['Thu', '23:05'])
  expect([formatWeekday(time, 'Asia/Tokyo'), formatTimeOfDay(time, 'Asia/Tokyo')]).toEqual(['Fri', '08:05'])
})

test('a stamp has the minute in the time zone, and no character that a file name cannot have', () => {
  const time = Date.UTC(2026, 10, 26, 23, 5, 59)
  expect(formatStamp(time, 'UTC')).toBe('20261126T2305')
  expect(formatStamp(time, 'Asia/Tokyo')).toBe('20261127T0805')
})

test('a moment in the year of another is written without the year', () => {
  const newYear = Date.UTC(2027, 0, 1)
  expect(formatMomentNear(newYear, newYear, 'UTC')).toBe('1 Jan, 00:00 UTC')
  expect(formatMomentNear(newYear, newYear, 'America/New_York')).toBe('31 Dec, 19:00 UTC-5')
  expect(formatMomentNear(newYear - 1, newYear, 'UTC')).toBe('31 Dec 2026, 23:59 UTC')
})

test('a day in the year of another, in the time zone, is written without the year', () => {
  const newYear = Date.UTC(2027, 0, 1)
  expect(formatDayNear(newYear, newYear + 1, 'UTC')).toBe('1 Jan')
  expect(formatDayNear(newYear - 1, newYear, 'UTC')).toBe('31 Dec 2026')
  expect(formatDayNear(newYear - 1, newYear, 'Europe/Berlin')).toBe('1 Jan')
})
