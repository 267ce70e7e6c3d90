import { describe, expect, test, vi } from 'vitest'
import type { TimeValue } from '../../../src/core/time/calendar.ts'
import { parseTime } from '../../../src/core/time/parse-time.ts'
import { DAY, HOUR } from '../../../src/core/time/units.ts'

/** A Tuesday. */
const NOW = Date.UTC(2026, 10, 24, 12, 30)

describe('a moment is parsed', () => {
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
    ['a month ago', '2026-10-24T12:30'],
    ['past week', '2026-11-17T12:30'],
    ['past month', '2026-10-24T12:30'],
    ['last hour', '2026-11-24T11:30'],
    ['half an hour ago', '2026-11-24T12:00'],
    ['a couple of days ago', '2026-11-22T12:30'],
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
    ['5pm 3 days ago', '2026-11-21T17:00'],
    ['monday last week at 9am', '2026-11-16T09:00'],
    ['start of last month', '2026-10-01T00:00'],
    ['end of last month', '2026-11-01T00:00'],
    ['beginning of the week', '2026-11-23T00:00'],
    ['start of yesterday', '2026-11-23T00:00'],
    ['2026-05-01T14:00:00.5', '2026-05-01T14:00:00.500'],
    ['2026-05-01 14:00:00,123', '2026-05-01T14:00:00.123'],
    ['09:15', '2026-11-24T09:15'],
    ['this morning', '2026-11-24T06:00'],
    ['yesterday evening', '2026-11-23T20:00'],
    ['2 hours before yesterday', '2026-11-23T10:30'],
    ['morning of 3 nov', '2026-11-03T06:00'],
    ['the evening of the 5th of august', '2026-08-05T20:00'],
    ['morning yesterday', '2026-11-23T06:00'],
    ['evening on monday', '2026-11-23T20:00'],
    ['half hour ago', '2026-11-24T12:00'],
    ['half a day ago', '2026-11-24T00:30'],
    ['a fortnight ago', '2026-11-10T12:30'],
    ['2 fortnights', '2026-10-27T12:30'],
    ['past fortnight', '2026-11-10T12:30'],
    ['prev 7 days', '2026-11-17T12:30'],
    ['2026-05-01T14', '2026-05-01T14:00'],
    ['14h00 yesterday', '2026-11-23T14:00'],
    ['09h15', '2026-11-24T09:15'],
    ['2026-08-01 14h30', '2026-08-01T14:30'],
    ['monday 2 weeks ago 9am', '2026-11-09T09:00'],
  ])('from %j', (text, time) => {
    expect(timeValueOf(text, NOW)).toEqual({ type: 'moment', time: utc(time) })
  })
})

describe('a moment is parsed in the time zone that it names', () => {
  test.each([
    ['2026-08-01 14:00 UTC', '2026-08-01T14:00'],
    ['2026-08-01 14:00 +02:00', '2026-08-01T12:00'],
    ['2026-08-01 14:00 CEST', '2026-08-01T12:00'],
    ['2026-08-01 14:00 EST', '2026-08-01T19:00'],
    ['2026-08-01T14:00Z', '2026-08-01T14:00'],
    ['2026-08-01T14:00:00.000Z', '2026-08-01T14:00'],
    ['2026-08-01T14:00:00.000-02:00', '2026-08-01T16:00'],
    ['yesterday 14:00 EST', '2026-11-23T19:00'],
    ['yesterday 14:00 est', '2026-11-23T19:00'],
    ['3 jan 14:00 ET', '2026-01-03T19:00'],
    ['3 jul 14:00 ET', '2026-07-03T18:00'],
    ['3 jul 2pm (CET)', '2026-07-03T12:00'],
    ['3 jan 2pm CET', '2026-01-03T13:00'],
    ['3 jul 2pm MEZ', '2026-07-03T12:00'],
    ['3 jan 2pm MEZ', '2026-01-03T13:00'],
    ['3 jul 2pm EET', '2026-07-03T11:00'],
    ['3 jan 2pm EET', '2026-01-03T12:00'],
    ['3 jul 2pm WET', '2026-07-03T13:00'],
    ['3 jan 2pm WET', '2026-01-03T14:00'],
    ['3 jan 2pm MESZ', '2026-01-03T12:00'],
    ['2026-08-01 14:00 UTC+2', '2026-08-01T12:00'],
    ['2026-08-01 14:00 GMT-05:30', '2026-08-01T19:30'],
    ['2026-08-01 14:00 -05:00', '2026-08-01T19:00'],
    ['2026-05-01T14:00:00.123456+00:00', '2026-05-01T14:00:00.123'],
    ['2026-05-01T14:00:00.123456789-04:00', '2026-05-01T18:00:00.123'],
    ['2026-05-01 14:00:00.123456+00:00', '2026-05-01T14:00:00.123'],
    ['2026-05-01T14:00:00+0000', '2026-05-01T14:00'],
    ['2026-05-01 14:00:00-04', '2026-05-01T18:00'],
    ['Tue, 24 Nov 2026 11:30:00 GMT', '2026-11-24T11:30'],
    ['Tue Nov 24 11:30:00 UTC 2026', '2026-11-24T11:30'],
    ['2026-05-01T14Z', '2026-05-01T14:00'],
    ['2026-05-01T14+02:00', '2026-05-01T12:00'],
    ['2026-05-01T14-04:00', '2026-05-01T18:00'],
    ['Tue Nov 24 2026 12:30:00 GMT+0100 (Central European Standard Time)', '2026-11-24T11:30'],
  ])('as in %j', (text, time) => {
    expect(timeValueOf(text, NOW)).toEqual({ type: 'moment', time: utc(time) })
  })
})

describe('days are those of the time zone that a text names', () => {
  /** Thursday evening in California, Friday noon in Japan. */
  const now = Date.UTC(2026, 10, 27, 3)

  test.each([
    ['yesterday 10am PST', '2026-11-25T18:00'],
    ['yesterday 10am PT', '2026-11-25T18:00'],
    ['yesterday 10am -08:00', '2026-11-25T18:00'],
    ['yesterday 10am', '2026-11-26T10:00'],
    ['10am PST yesterday', '2026-11-25T18:00'],
    ['10am pst, yesterday', '2026-11-25T18:00'],
    ['10:00 -08:00 yesterday', '2026-11-25T18:00'],
    ['10:00 UTC-8 yesterday', '2026-11-25T18:00'],
    ['noon PT on thursday', '2026-11-26T20:00'],
    ['9am JST 2 days ago', '2026-11-25T00:00'],
    ['today 5pm EST', '2026-11-26T22:00'],
    ['today 9am JST', '2026-11-27T00:00'],
    ['thursday 9am PST', '2026-11-26T17:00'],
    ['friday 9am PST', '2026-11-20T17:00'],
    ['9am PST', '2026-11-26T17:00'],
    ['10pm PST', '2026-11-26T06:00'],
    ['midnight PST', '2026-11-26T08:00'],
    ['monday last week 9am JST', '2026-11-16T00:00'],
    ['2 days ago 9am JST', '2026-11-25T00:00'],
    ['26 nov 5pm PST', '2026-11-27T01:00'],
  ])('in %j', (text, time) => {
    expect(timeValueOf(text, now)).toEqual({ type: 'moment', time: utc(time) })
  })

  test.each([
    ['today PST', '2026-11-26T08:00', '2026-11-27T08:00'],
    ['yesterday JST', '2026-11-25T15:00', '2026-11-26T15:00'],
    ['last month EST', '2026-10-01T05:00', '2026-11-01T05:00'],
    ['2026-03-08 ET', '2026-03-08T05:00', '2026-03-09T04:00'],
    ['2026-08 CET', '2026-07-31T22:00', '2026-08-31T22:00'],
  ])('in %j, from midnight to midnight there', (text, start, end) => {
    expect(timeValueOf(text, now)).toEqual({ type: 'days', time: utc(start), end: utc(end) })
  })

  test('or of the given time zone, if the text names none', () => {
    const value = timeValueOf('today', now, 'America/Los_Angeles')
    expect(value).toEqual(timeValueOf('today PST', now))
    expect(timeValueOf('today UTC', now, 'America/Los_Angeles')).toEqual(timeValueOf('today', now))
  })

  test.each(['PST', 'JST', 'NST', 'UTC+5:45', 'GMT-11'])(
    'a phrase with %s means the phrase at the local time there',
    (zone) => {
      const day = Date.UTC(2026, 2, 14)
      const ahead = day - (timeValueOf(`2026-03-14 00:00 ${zone}`, day)?.time ?? Number.NaN)
      const phrases = [
        'yesterday 10am',
        'monday 9:30',
        'noon',
        'last week',
        'tuesday last week',
        '1 mar',
        'last year',
      ]
      for (let hour = 0; hour < 48; hour++) {
        const now = day + hour * HOUR
        for (const phrase of phrases) {
          const there = timeValueOf(phrase, now + ahead)
          expect(timeValueOf(`${phrase} ${zone}`, now)?.time).toBe((there?.time ?? Number.NaN) - ahead)
        }
      }
    },
  )
})

describe('a name of a period is a whole week, month or year', () => {
  test.each([
    ['last month', '2026-12-31', '2026-11-01', '2026-12-01'],
    ['last month', '2026-03-31', '2026-02-01', '2026-03-01'],
    ['last month', '2026-01-01', '2025-12-01', '2026-01-01'],
    ['previous month', '2026-12-31', '2026-11-01', '2026-12-01'],
    ['this month', '2026-12-31', '2026-12-01', '2027-01-01'],
    ['the month before last', '2026-12-31', '2026-10-01', '2026-11-01'],
    // A Thursday, a Sunday, a Monday, and a week of two years.
    ['last week', '2026-11-26', '2026-11-16', '2026-11-23'],
    ['last week', '2026-11-29', '2026-11-16', '2026-11-23'],
    ['last week', '2026-11-30', '2026-11-23', '2026-11-30'],
    ['last week', '2027-01-04', '2026-12-28', '2027-01-04'],
    ['this week', '2026-11-26', '2026-11-23', '2026-11-30'],
    ['This  Week', '2026-11-23', '2026-11-23', '2026-11-30'],
    ['week before last', '2026-11-26', '2026-11-09', '2026-11-16'],
    ['last quarter', '2026-11-26', '2026-07-01', '2026-10-01'],
    ['this quarter', '2026-12-31', '2026-10-01', '2027-01-01'],
    ['last year', '2026-01-01', '2025-01-01', '2026-01-01'],
    ['last year', '2028-02-29', '2027-01-01', '2028-01-01'],
    ['year before last', '2026-12-31', '2024-01-01', '2025-01-01'],
    ['2026-02', '2026-11-26', '2026-02-01', '2026-03-01'],
    ['2026/02', '2026-11-26', '2026-02-01', '2026-03-01'],
    ['prev week', '2026-11-26', '2026-11-16', '2026-11-23'],
    ['prev. month', '2026-12-31', '2026-11-01', '2026-12-01'],
    ['last august', '2026-11-26', '2026-08-01', '2026-09-01'],
    ['last aug', '2026-08-31', '2025-08-01', '2025-09-01'],
    ['last december', '2026-11-26', '2025-12-01', '2026-01-01'],
    ['this march', '2026-11-26', '2026-03-01', '2026-04-01'],
    ['next march', '2026-11-26', '2027-03-01', '2027-04-01'],
    ['august last year', '2026-11-26', '2025-08-01', '2025-09-01'],
  ])('%j on %s', (text, day, first, next) => {
    for (const time of ['00:00', '23:59']) {
      expect(timeValueOf(text, utc(`${day}T${time}`))).toEqual({
        type: 'days',
        time: utc(first),
        end: utc(next),
      })
    }
  })

  test.each([
    ['monday last week', '2026-11-26', '2026-11-16'],
    ['last week monday', '2026-11-26', '2026-11-16'],
    ['last week’s monday', '2026-11-26', '2026-11-16'],
    ['tues of last week', '2026-11-26', '2026-11-17'],
    ['sunday last week', '2026-11-26', '2026-11-22'],
    ['monday last week', '2026-11-29', '2026-11-16'],
    ['monday last week', '2026-11-30', '2026-11-23'],
    ['monday this week', '2026-11-29', '2026-11-23'],
    ['monday 2 weeks ago', '2026-11-26', '2026-11-09'],
    ['monday 2 weeks ago', '2026-11-29', '2026-11-09'],
    ['fri of two weeks ago', '2026-11-24', '2026-11-13'],
    ['sunday a week ago', '2026-11-26', '2026-11-22'],
    ['5th of last august', '2026-11-26', '2026-08-05'],
    ['previous friday', '2026-11-27', '2026-11-20'],
    ['5th of last month', '2026-12-31', '2026-11-05'],
    ['1st of this month', '2026-12-31', '2026-12-01'],
    ['5 may last year', '2026-11-26', '2025-05-05'],
  ])('a day of such a period is that day: %j on %s', (text, day, expected) => {
    const time = utc(expected)
    expect(timeValueOf(text, utc(day) + 9 * HOUR)).toEqual({
      type: 'days',
      time,
      end: time + DAY,
    })
  })
})

describe('months and years ago are counted on the calendar, with the last day if a month is shorter', () => {
  test.each([
    ['a month ago', '2026-12-31', '2026-11-30'],
    ['1 month ago', '2026-03-31', '2026-02-28'],
    ['3 months ago', '2026-05-31', '2026-02-28'],
    ['1 month ago', '2026-03-01', '2026-02-01'],
    ['13mo', '2028-03-31', '2027-02-28'],
    ['a year ago', '2028-02-29', '2027-02-28'],
    ['4 years ago', '2028-02-29', '2024-02-29'],
    ['1.5 years', '2026-11-24', '2025-05-24'],
    ['0.5mo', '2026-11-24', '2026-11-09'],
    ['1 month and 3 days ago', '2026-12-31', '2026-11-27'],
  ])('%j on %s', (text, day, expected) => {
    const time = utc(`${expected}T12:30`)
    expect(timeValueOf(text, utc(`${day}T12:30`))).toEqual({ type: 'moment', time })
  })
})

describe('a day without a time is the whole day', () => {
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
    ['tues', '2026-11-24'],
    ['Tues.', '2026-11-24'],
    ['weds', '2026-11-18'],
    ['thur', '2026-11-19'],
    ['thurs', '2026-11-19'],
    ['last tues', '2026-11-17'],
    ['2026-08-01', '2026-08-01'],
    ['2026-8-1', '2026-08-01'],
    ['2026.08.01', '2026-08-01'],
    ['2026-Aug-01', '2026-08-01'],
    ['2026.Aug.01', '2026-08-01'],
    ['Sept. 5', '2026-09-05'],
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
    expect(timeValueOf(text, NOW)).toEqual({ type: 'days', time: utc(day), end: utc(day) + DAY })
  })
})

describe('a month without a day is the whole month', () => {
  test.each([
    ['August', '2026-08-01', '2026-09-01'],
    ['november', '2026-11-01', '2026-12-01'],
    ['nov', '2026-11-01', '2026-12-01'],
    ['Aug.', '2026-08-01', '2026-09-01'],
    ['2026-08', '2026-08-01', '2026-09-01'],
    ['Aug 2026', '2026-08-01', '2026-09-01'],
    ['December 2025', '2025-12-01', '2026-01-01'],
    ['this month', '2026-11-01', '2026-12-01'],
    ['This  Year', '2026-01-01', '2027-01-01'],
  ])('as in %j', (text, first, next) => {
    expect(timeValueOf(text, NOW)).toEqual({ type: 'days', time: utc(first), end: utc(next) })
  })
})

describe('a text without a day, week or year means the latest that is not in the future', () => {
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
    expect(timeValueOf(text, NOW)).toEqual({ type: 'days', time: utc(day), end: utc(day) + DAY })
  })

  test.each([
    ['December', '2025-12-01', '2026-01-01'],
    ['May', '2026-05-01', '2026-06-01'],
  ])('the month in %j', (text, first, next) => {
    expect(timeValueOf(text, NOW)).toEqual({ type: 'days', time: utc(first), end: utc(next) })
  })

  test.each([
    ['1 Dec 14:00', '2025-12-01T14:00'],
    ['friday 14:00', '2026-11-20T14:00'],
    ['midnight', '2026-11-24T00:00'],
    ['15:00', '2026-11-23T15:00'],
    ['12:30', '2026-11-24T12:30'],
    ['12:31', '2026-11-23T12:31'],
    ['3pm', '2026-11-23T15:00'],
    ['at 3 pm', '2026-11-23T15:00'],
    ['noon', '2026-11-24T12:00'],
    ['9:15', '2026-11-24T09:15'],
    ['evening', '2026-11-23T20:00'],
    ['3pm EST', '2026-11-23T20:00'],
    ['3pm JST', '2026-11-24T06:00'],
    ['tues 14:00', '2026-11-17T14:00'],
  ])('the moment in %j', (text, time) => {
    expect(timeValueOf(text, NOW)).toEqual({ type: 'moment', time: utc(time) })
  })

  test.each([
    ['next friday', '2026-12-04'],
    ['this friday', '2026-11-27'],
    ['tomorrow', '2026-11-25'],
    ['1 Dec 2026', '2026-12-01'],
    ['next month', '2026-12-01'],
    ['next week', '2026-11-30'],
    ['next weekend', '2026-12-05'],
    ['friday this week', '2026-11-27'],
    ['today 15:00', '2026-11-24T15:00'],
    ['this afternoon', '2026-11-24T15:00'],
    ['tonight', '2026-11-24T22:00'],
    ['in 2 hours', '2026-11-24T14:30'],
    ['2 hours from now', '2026-11-24T14:30'],
  ])('except if it says so: %j', (text, day) => {
    expect(timeValueOf(text, NOW)?.time).toBe(utc(day))
  })
})

describe('a weekend is a Saturday and a Sunday', () => {
  test.each([
    ['Friday', '2026-11-20', { weekend: '2026-11-14', this: '2026-11-21', last: '2026-11-14' }],
    ['Saturday', '2026-11-21', { weekend: '2026-11-21', this: '2026-11-21', last: '2026-11-14' }],
    ['Sunday', '2026-11-22', { weekend: '2026-11-21', this: '2026-11-21', last: '2026-11-14' }],
    ['Monday', '2026-11-23', { weekend: '2026-11-21', this: '2026-11-28', last: '2026-11-21' }],
  ])('on a %s', (_, day, expected) => {
    const read = (text: string) => timeValueOf(text, utc(day) + 9 * HOUR)
    const days = (saturday: string) => ({
      type: 'days',
      time: utc(saturday),
      end: utc(saturday) + 2 * DAY,
    })
    expect(read('weekend')).toEqual(days(expected.weekend))
    expect(read('this weekend')).toEqual(days(expected.this))
    expect(read('last weekend')).toEqual(days(expected.last))
  })
})

describe('a text is not parsed', () => {
  test.each([
    ['if the month may be first or last', '01/08/2026'],
    ['if the month may be first or last', '01/08/26'],
    ['if the month may be first or last', '8/1'],
    ['if the month may be first or last', '01.08.2026'],
    ['if the month may be first or last', '1-8-26'],
    ['if the month may be first or last', 'monday 01.08.2026 14:00'],
    ['if the month is last', '13-08-2026'],
    ['if the month is last', '2026/13/01'],
    ['if slashes follow a year that is not first', '1/2026/08/01'],
    ['if the month is last', '2026-13-01'],
    ['if the month is last', '2026 13 01'],
    ['if the day does not exist', '2026-02-30'],
    ['if the day does not exist', '29 Feb 2025'],
    ['if the day does not exist', '30 Feb'],
    ['if the day does not exist', '2026-08-32'],
    ['if the hour does not exist', '2026-08-01 25:00'],
    ['if it is a range', '2026-08-01 to 2026-08-03'],
    ['if it is a range', 'yesterday - today'],
    ['if it has two dates', 'yesterday or monday'],
    ['if only a part of it is a date', 'since yesterday'],
    ['if only a part of it is a date', '2 weeks ago!'],
    ['if only a part of it is a date', '2026-08-01 14:00 Europe/Nowhere'],
    ['if only a part of it is a date', '14:00 atlantis'],
    ['if it is a range', '2026-08-01 14:00-16:00'],
    ['if it is a range', '2026-08-01 02:00-05:00'],
    ['if it is a range', '10:00 - 12:00'],
    ['if it is unclear when a night begins', 'last night'],
    ['if it is unclear when a night begins', 'the night before yesterday'],
    ['if it is unclear when a night begins', 'night 3 november'],
    ['if it is unclear which day is meant', 'evening august'],
    ['if it is unclear which day is meant', 'last weekend 14:00'],
    ['if it is unclear which day is meant', 'last weekday'],
    ['if it is unclear which day is meant', 'this week 14:00'],
    ['if it is unclear which day is meant', 'this month 14:00'],
    ['if it is unclear how many', 'a few days ago'],
    ['if its weekday is wrong', 'Monday, 1 August 2026'],
    ['if it is a date without separators', '20260501'],
    ['if it is a time zone without a time', 'EST'],
    ['if it has two time zones', '3pm PST yesterday EST'],
    ['if it is a range', '3pm PST - 5pm'],
    ['if an hour may be a length', '1h30'],
    ['if its weekday is wrong', 'monday 2 months ago'],
    ['if it is a length of zero', '0d'],
    ['if it is a length of zero', '0 days ago'],
    ['if it is a length of zero', '0 days before now'],
    ['if it is a length of zero', 'in 0.0001s'],
    ['if its time zone does not exist', '14:00 +15:00'],
    ['if it is less than a date', '2026'],
    ['if it is less than a date', '12'],
    ['if it is not a date', 'soon'],
    ['if it is empty', ''],
  ])('%s: %j', (_, text) => {
    expect(timeValueOf(text, NOW)).toBeUndefined()
  })
})

describe('days and weeks before a time on a date are counted on the calendar, across clock changes', () => {
  test.each([
    ['1 day ago 14:00 ET', '2026-03-09T04:30', '2026-03-08T18:00'],
    ['yesterday 14:00 ET', '2026-03-09T04:30', '2026-03-08T18:00'],
    ['14:00 ET 1 day ago', '2026-03-09T04:30', '2026-03-08T18:00'],
    ['2 days ago 14:00 ET', '2026-03-09T04:30', '2026-03-07T19:00'],
    ['1 week ago 9am ET', '2026-03-09T04:30', '2026-03-02T14:00'],
    ['a month and 2 days ago 9am ET', '2026-04-09T04:30', '2026-03-07T14:00'],
    ['2 days ago 14:00 ET', '2026-11-02T04:30', '2026-10-30T18:00'],
    ['monday 1 week ago 23:30 ET', '2026-03-16T04:30', '2026-03-10T03:30'],
    ['a day before yesterday 14:00 ET', '2026-03-09T04:30', '2026-03-07T19:00'],
    ['1 day before 2026-03-08 23:30 ET', '2026-11-24T12:30', '2026-03-08T04:30'],
    ['1d12h before 2026-03-09 00:00 ET', '2026-11-24T12:30', '2026-03-07T17:00'],
    ['24 hours before 2026-03-08 23:30 ET', '2026-11-24T12:30', '2026-03-08T03:30'],
  ])('as in %j at %s', (text, now, time) => {
    expect(timeValueOf(text, utc(now))).toEqual({ type: 'moment', time: utc(time) })
  })

  test.each([
    ['the day before 2026-03-09 ET', '2026-03-08T05:00', '2026-03-09T04:00'],
    ['1 week before 2026-04-01 CET', '2026-03-24T23:00', '2026-03-25T23:00'],
    ['3 days after 2026-10-30 ET', '2026-11-02T05:00', '2026-11-03T05:00'],
    ['2 weeks before 2026-11-08 ET', '2026-10-25T04:00', '2026-10-26T04:00'],
  ])('as in %j, which is a whole day', (text, start, end) => {
    expect(timeValueOf(text, NOW)).toEqual({ type: 'days', time: utc(start), end: utc(end) })
  })

  test.each(['1 day ago ET', '24h ET', '1 day before now ET', '24 hours ago ET'])(
    'but a length by itself has days of 24 hours: %j',
    (text) => {
      expect(timeValueOf(text, utc('2026-03-09T04:30'))?.time).toBe(utc('2026-03-08T04:30'))
    },
  )

  test('so a number of days ago is the same as its date, on every day of a year', () => {
    const minutesAfterMidnight = Date.UTC(2026, 0, 10, 5, 30)
    for (let day = 0; day < 365; day++) {
      const now = minutesAfterMidnight + day * DAY
      for (const ago of [1, 2, 7]) {
        const date = new Date(now - ago * DAY).toISOString().slice(0, 10)
        expect(timeValueOf(`${ago} days ago 14:00 ET`, now)).toEqual(timeValueOf(`${date} 14:00 ET`, now))
      }
    }
  })
})

describe('in hours that clocks skip or repeat', () => {
  test.each([
    ['before it', '2026-03-08 01:59 ET', '2026-03-08T06:59'],
    ['a skipped hour means an hour later', '2026-03-08 02:30 ET', '2026-03-08T07:30'],
    ['after it', '2026-03-08 03:00 ET', '2026-03-08T07:00'],
    ['a repeated hour means the first', '2026-11-01 01:30 ET', '2026-11-01T05:30'],
    ['after it', '2026-11-01 02:00 ET', '2026-11-01T07:00'],
    ['a text can say which one it means', '2026-11-01 01:30 EST', '2026-11-01T06:30'],
    ['the same in Europe', '2026-03-29 02:30 CET', '2026-03-29T01:30'],
    ['the same in Europe', '2026-10-25 02:30 CET', '2026-10-25T00:30'],
  ])('%s: %j', (_, text, time) => {
    expect(timeValueOf(text, NOW)).toEqual({ type: 'moment', time: utc(time) })
  })
})

/** Zones whose clocks change at two, at one and at midnight, and by half an hour, and one that skipped a day. */
const HOSTS = [
  ...['UTC', 'America/New_York', 'America/Los_Angeles', 'Europe/Berlin', 'America/Santiago', 'Asia/Beirut'],
  ...['Australia/Lord_Howe', 'Pacific/Kiritimati', 'Pacific/Apia'],
]

/** Moments at which clocks change in one of these zones, in local time or in UTC, and ends of months. */
const MOMENTS = [
  ...['2026-11-24T00:30', '2026-11-24T23:30', '2026-03-08T02:30', '2026-03-08T07:30', '2026-03-29T01:30'],
  ...['2026-04-05T03:30', '2026-09-06T00:30', '2026-11-01T05:30', '2026-12-31T23:59', '2028-02-29T00:00'],
]

const PHRASES = [
  ...['today', 'yesterday', 'the day before yesterday', 'monday', 'last friday', '1 Aug', '29 Feb', 'August'],
  ...['2026-03-08 02:30', '2026-03-08 02:30 ET', '2026-03-29 02:30 CET', '2026-11-01 01:30 PT', '2026-03-08'],
  ...[
    'yesterday 14:00',
    'yesterday evening',
    'yesterday 02:30',
    '2 weeks ago',
    '2 weeks ago at 02:30',
    'noon',
  ],
  ...[
    'an hour ago',
    '5 minutes ago',
    'half an hour ago',
    'a month ago',
    '2 hours before yesterday',
    'midnight',
  ],
  ...[
    '3 days before 2026-03-09',
    'last week',
    'this week',
    'last month',
    'monday last week',
    '02:30',
    '3pm ET',
  ],
  ...['1 week ago 9am ET', 'the day before 2026-03-09 ET', '3pm PST 2 days ago', 'monday 2 weeks ago'],
  ...['last august', 'a fortnight ago', '2026-03-08T02', '02h30', 'end of this month'],
  ...['last weekend', 'end of last month', 'this morning', 'tonight', 'monday 2am', 'yesterday 10am PST'],
]

test.each(MOMENTS)('texts mean the same in every time zone of the host, at %s', (moment) => {
  const [first, ...others] = HOSTS.map((zone) => {
    vi.stubEnv('TZ', zone)
    expect(new Intl.DateTimeFormat().resolvedOptions().timeZone).toBe(zone)
    const read = PHRASES.map((text) => [text, timeValueOf(text, utc(moment))])
    vi.unstubAllEnvs()
    return read
  })
  for (const other of others) expect(other).toEqual(first)
  expect(first?.every(([, value]) => value !== undefined)).toBe(true)
})

describe.each([
  ['Pacific/Kiritimati', -840],
  ['America/Los_Angeles', 480],
])('on a host in the time zone %s', (zone, offset) => {
  test.each([
    ['early', Date.UTC(2026, 10, 24, 0, 30)],
    ['late', Date.UTC(2026, 10, 24, 23, 30)],
  ])('days and times are in UTC, %s in the day', (_, now) => {
    vi.stubEnv('TZ', zone)
    const days = ['today', 'yesterday', 'the day before yesterday', 'monday', '1 Aug', 'August']
    const moments = ['2026-03-08 02:30', 'yesterday 14:00', 'yesterday evening', '2 weeks ago']
    const read = [...days, ...moments].map((text) => timeValueOf(text, now)?.time)
    expect(new Date(NOW).getTimezoneOffset()).toBe(offset)
    vi.unstubAllEnvs()

    expect(read).toEqual([
      ...['2026-11-24', '2026-11-23', '2026-11-22', '2026-11-23', '2026-08-01', '2026-08-01'].map(utc),
      ...['2026-03-08T02:30', '2026-11-23T14:00', '2026-11-23T20:00'].map(utc),
      now - 14 * DAY,
    ])
  })
})

function timeValueOf(text: string, now: number, zone?: string): TimeValue | undefined {
  const parsed = parseTime(text, now, zone)
  return parsed?.type === 'parsed' ? parsed.value : undefined
}

/** A moment or the start of a day, written in UTC. */
function utc(text: string): number {
  return Date.parse(text.includes('T') ? `${text}Z` : text)
}
