import { describe, expect, test, vi } from 'vitest'
import { readDate } from '../../src/core/date.ts'

/** A Tuesday. */
const NOW = Date.UTC(2026, 10, 24, 12, 30)

describe('a moment is read', () => {
  test.each([
    ['now', '2026-11-24T12:30'],
    ['5 minutes ago', '2026-11-24T12:25'],
    ['an hour ago', '2026-11-24T11:30'],
    ['1 hour 30 minutes ago', '2026-11-24T11:00'],
    ['2 days ago', '2026-11-22T12:30'],
    ['2 weeks ago', '2026-11-10T12:30'],
    ['two weeks ago', '2026-11-10T12:30'],
    ['2 weeks and 3 days ago', '2026-11-07T12:30'],
    ['2 months ago', '2026-09-24T12:30'],
    ['last week', '2026-11-17T12:30'],
    ['past 7 days', '2026-11-17T12:30'],
    ['last 24 hours', '2026-11-23T12:30'],
    ['2026-08-01 14:00', '2026-08-01T14:00'],
    ['2026-08-01, 14:00', '2026-08-01T14:00'],
    ['2026-08-01 at 2pm', '2026-08-01T14:00'],
    ['2026-08-01 00:00', '2026-08-01T00:00'],
    ['2026-08-01T14:00', '2026-08-01T14:00'],
    ['1 Aug 2026 14:00', '2026-08-01T14:00'],
    ['Aug 1 2026 14:00', '2026-08-01T14:00'],
    ['yesterday 14:00', '2026-11-23T14:00'],
    ['14:00 yesterday', '2026-11-23T14:00'],
    ['yesterday at noon', '2026-11-23T12:00'],
    ['monday 14:00', '2026-11-23T14:00'],
    ['2 weeks ago at 14:00', '2026-11-10T14:00'],
    ['09:15', '2026-11-24T09:15'],
    ['this morning', '2026-11-24T06:00'],
    ['yesterday evening', '2026-11-23T20:00'],
    ['2 hours before yesterday', '2026-11-23T10:30'],
  ])('from %j', (text, time) => {
    expect(readDate(text, NOW)).toEqual({ at: 'moment', time: utc(time) })
  })
})

describe('a moment is read in the time zone that it names', () => {
  test.each([
    ['2026-08-01 14:00 UTC', '2026-08-01T14:00'],
    ['2026-08-01 14:00 +02:00', '2026-08-01T12:00'],
    ['2026-08-01 14:00 CEST', '2026-08-01T12:00'],
    ['2026-08-01 14:00 EST', '2026-08-01T19:00'],
    ['2026-08-01T14:00Z', '2026-08-01T14:00'],
    ['2026-08-01T14:00:00.000Z', '2026-08-01T14:00'],
    ['2026-08-01T14:00:00.000-02:00', '2026-08-01T16:00'],
    ['yesterday 14:00 EST', '2026-11-23T19:00'],
  ])('as in %j', (text, time) => {
    expect(readDate(text, NOW)).toEqual({ at: 'moment', time: utc(time) })
  })
})

describe('a bare day is the whole of it', () => {
  test.each([
    ['today', '2026-11-24'],
    ['yesterday', '2026-11-23'],
    ['YESTERDAY', '2026-11-23'],
    ['the day before yesterday', '2026-11-22'],
    ['3 days before 2026-08-01', '2026-07-29'],
    ['tuesday', '2026-11-24'],
    ['monday', '2026-11-23'],
    ['last monday', '2026-11-23'],
    ['last tuesday', '2026-11-17'],
    ['2026-08-01', '2026-08-01'],
    ['2026-8-1', '2026-08-01'],
    ['2026.08.01', '2026-08-01'],
    ['2026-Aug-01', '2026-08-01'],
    ['1 Aug', '2026-08-01'],
    ['Aug 1', '2026-08-01'],
    ['August 1st', '2026-08-01'],
    ['1st of August', '2026-08-01'],
    ['Saturday, 1 August 2026', '2026-08-01'],
    ['29 Feb 2024', '2024-02-29'],
    ['31 Dec 2025', '2025-12-31'],
    ['2026/08/01', '2026-08-01'],
    ['2026/8/1', '2026-08-01'],
  ])('as in %j', (text, day) => {
    expect(readDate(text, NOW)).toEqual({ at: 'stretch', time: utc(day), end: utc(day) + 86_400_000 })
  })
})

describe('a bare month is the whole of it', () => {
  test.each([
    ['August', '2026-08-01', '2026-09-01'],
    ['november', '2026-11-01', '2026-12-01'],
    ['Aug 2026', '2026-08-01', '2026-09-01'],
    ['December 2025', '2025-12-01', '2026-01-01'],
    ['this month', '2026-11-01', '2026-12-01'],
    ['This  Year', '2026-01-01', '2027-01-01'],
  ])('as in %j', (text, first, next) => {
    expect(readDate(text, NOW)).toEqual({ at: 'stretch', time: utc(first), end: utc(next) })
  })
})

describe('what does not say which year or week is the last one that has come', () => {
  test.each([
    ['24 Nov', '2026-11-24'],
    ['25 Nov', '2025-11-25'],
    ['1 May', '2026-05-01'],
    ['May 1', '2026-05-01'],
    ['1 Dec', '2025-12-01'],
    ['31 December', '2025-12-31'],
    ['29 Feb', '2024-02-29'],
    ['February 29th', '2024-02-29'],
    ['friday', '2026-11-20'],
    ['wed', '2026-11-18'],
  ])('the day in %j', (text, day) => {
    expect(readDate(text, NOW)).toEqual({ at: 'stretch', time: utc(day), end: utc(day) + 86_400_000 })
  })

  test.each([
    ['December', '2025-12-01', '2026-01-01'],
    ['May', '2026-05-01', '2026-06-01'],
  ])('the month in %j', (text, first, next) => {
    expect(readDate(text, NOW)).toEqual({ at: 'stretch', time: utc(first), end: utc(next) })
  })

  test.each([
    ['1 Dec 14:00', '2025-12-01T14:00'],
    ['friday 14:00', '2026-11-20T14:00'],
    ['midnight', '2026-11-24T00:00'],
  ])('the moment in %j', (text, time) => {
    expect(readDate(text, NOW)).toEqual({ at: 'moment', time: utc(time) })
  })

  test.each([
    ['next friday', '2026-12-04'],
    ['this friday', '2026-11-27'],
    ['tomorrow', '2026-11-25'],
    ['1 Dec 2026', '2026-12-01'],
  ])('but not where %j says it', (text, day) => {
    expect(readDate(text, NOW)?.time).toBe(utc(day))
  })
})

describe('a weekend is its Saturday and its Sunday', () => {
  test.each([
    ['Friday', '2026-11-20', { weekend: '2026-11-14', this: '2026-11-21', last: '2026-11-14' }],
    ['Saturday', '2026-11-21', { weekend: '2026-11-21', this: '2026-11-21', last: '2026-11-14' }],
    ['Sunday', '2026-11-22', { weekend: '2026-11-21', this: '2026-11-21', last: '2026-11-14' }],
    ['Monday', '2026-11-23', { weekend: '2026-11-21', this: '2026-11-28', last: '2026-11-21' }],
  ])('on a %s', (_, day, expected) => {
    const read = (text: string) => readDate(text, utc(day) + 9 * 3_600_000)
    const days = (saturday: string) => ({
      at: 'stretch',
      time: utc(saturday),
      end: utc(saturday) + 2 * 86_400_000,
    })
    expect(read('weekend')).toEqual(days(expected.weekend))
    expect(read('this weekend')).toEqual(days(expected.this))
    expect(read('last weekend')).toEqual(days(expected.last))
  })
})

describe('nothing is read', () => {
  test.each([
    ['where the month may come first or last', '01/08/2026'],
    ['where the month may come first or last', '01/08/26'],
    ['where the month may come first or last', '8/1'],
    ['where the month may come first or last', '01.08.2026'],
    ['where the month may come first or last', '1-8-26'],
    ['where the month may come first or last', 'monday 01.08.2026 14:00'],
    ['where the month comes last', '13-08-2026'],
    ['where the month comes last', '2026/13/01'],
    ['where slashes follow a year that does not come first', '1/2026/08/01'],
    ['where the month comes last', '2026-13-01'],
    ['where the month comes last', '2026 13 01'],
    ['from a day that never was', '2026-02-30'],
    ['from a day that never was', '29 Feb 2025'],
    ['from a day that never was', '30 Feb'],
    ['from a day that never was', '2026-08-32'],
    ['from an hour that never is', '2026-08-01 25:00'],
    ['from a range', '2026-08-01 to 2026-08-03'],
    ['from a range', 'yesterday - today'],
    ['from two dates', 'yesterday or monday'],
    ['from a text of which only a part is a date', 'since yesterday'],
    ['from a text of which only a part is a date', '2 weeks ago!'],
    ['from a text of which only a part is a date', '2026-08-01 14:00 Europe/Berlin'],
    ['where a week may begin on Sunday or on Monday', 'this week'],
    ['where chrono would ask the clock of the machine', 'last night'],
    ['from less than a date', '2026'],
    ['from less than a date', '12'],
    ['from no date', 'soon'],
    ['from nothing', ''],
  ])('%s: %j', (_, text) => {
    expect(readDate(text, NOW)).toBeUndefined()
  })
})

describe.each([
  ['Pacific/Kiritimati', -840],
  ['America/Los_Angeles', 480],
])('on a machine in %s', (zone, offset) => {
  test.each([
    ['early', Date.UTC(2026, 10, 24, 0, 30)],
    ['late', Date.UTC(2026, 10, 24, 23, 30)],
  ])('days and times are those of UTC, %s in the day', (_, now) => {
    vi.stubEnv('TZ', zone)
    const stretches = ['today', 'yesterday', 'the day before yesterday', 'monday', '1 Aug', 'August']
    const moments = ['2026-03-08 02:30', 'yesterday 14:00', 'yesterday evening', '2 weeks ago']
    const read = [...stretches, ...moments].map((text) => readDate(text, now)?.time)
    expect(new Date(NOW).getTimezoneOffset()).toBe(offset)
    vi.unstubAllEnvs()

    expect(read).toEqual([
      ...['2026-11-24', '2026-11-23', '2026-11-22', '2026-11-23', '2026-08-01', '2026-08-01'].map(utc),
      ...['2026-03-08T02:30', '2026-11-23T14:00', '2026-11-23T20:00'].map(utc),
      now - 14 * 86_400_000,
    ])
  })
})

/** A moment or the start of a day, written in UTC. */
function utc(text: string): number {
  return Date.parse(text.includes('T') ? `${text}Z` : text)
}
