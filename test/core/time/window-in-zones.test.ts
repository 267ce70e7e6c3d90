import { describe, expect, test } from 'vitest'
import { timeOf } from '../../../src/core/snowflake.ts'
import { parseBound } from '../../../src/core/time/bound.ts'
import { windowOf } from '../../../src/core/time/window.ts'

/** The UTC times of a window, to the minute. `now` is in UTC too. */
function windowIn(timeZone: string, now: string, since: string, until?: string): (string | undefined)[] {
  const context = { now: Date.parse(`${now}Z`), guildId: '9', timeZone }
  const { from, to } = windowOf({ since, ...(until !== undefined && { until }) }, context)
  return [from, to].map((id) => id && new Date(timeOf(id)).toISOString().slice(0, 16))
}

describe('days and times of day are in the server’s time zone', () => {
  test.each([
    ['Europe/Berlin', 'a day', '2026-08-01', '2026-07-31T22:00', '2026-08-01T22:00'],
    ['Europe/Berlin', 'yesterday', 'yesterday', '2026-11-22T23:00', '2026-11-23T23:00'],
    ['America/New_York', 'yesterday', 'yesterday', '2026-11-23T05:00', '2026-11-24T05:00'],
    ['Asia/Kathmandu', 'yesterday', 'yesterday', '2026-11-22T18:15', '2026-11-23T18:15'],
    ['America/New_York', 'a month', 'last month', '2026-10-01T04:00', '2026-11-01T04:00'],
  ])('%s: %s, from its start to its end', (timeZone, _, text, from, to) => {
    expect(windowIn(timeZone, '2026-11-24T12:30', text, text)).toEqual([from, to])
  })

  test.each([
    ['Europe/Berlin', '13:00', '2026-11-24T12:00'],
    ['Europe/Berlin', '15:00', '2026-11-23T14:00'],
    ['America/New_York', '07:00', '2026-11-24T12:00'],
    ['America/New_York', '15:00', '2026-11-23T20:00'],
    ['Asia/Kathmandu', '18:00', '2026-11-24T12:15'],
  ])('%s: %s is the last time that clocks there showed it', (timeZone, text, from) => {
    expect(windowIn(timeZone, '2026-11-24T12:30', text)[0]).toBe(from)
  })

  test('yesterday is the day before there, even if it is another day in UTC', () => {
    const [from] = windowIn('Asia/Tokyo', '2026-11-24T20:00', 'yesterday')
    expect(from).toBe('2026-11-23T15:00')
  })

  test.each([
    ['14:00 UTC', '2026-11-23T14:00'],
    ['2026-08-01 14:00 America/New_York', '2026-08-01T18:00'],
    ['2026-08-01 14:00 (Asia/Calcutta)', '2026-08-01T08:30'],
    ['2026-08-01 14:00 new york', '2026-08-01T18:00'],
    ['2pm tokyo', '2026-11-24T05:00'],
    ['14:00 in Tokyo', '2026-11-24T05:00'],
    ['14:00 São Paulo', '2026-11-23T17:00'],
  ])('unless the text names another: %s', (text, from) => {
    expect(windowIn('Europe/Berlin', '2026-11-24T12:30', text)[0]).toBe(from)
  })
})

// Clocks in Berlin went from 02:00 to 03:00 on 29 March 2026, and from 03:00 back to 02:00 on 25 October.
describe('when the clocks change', () => {
  test.each([
    ['25 hours', '2026-10-25', '2026-10-24T22:00', '2026-10-25T23:00'],
    ['23 hours', '2026-03-29', '2026-03-28T23:00', '2026-03-29T22:00'],
  ])('a day has %s', (_, day, from, to) => {
    expect(windowIn('Europe/Berlin', '2026-11-24T12:30', day, day)).toEqual([from, to])
  })

  test('yesterday is a whole day', () => {
    expect(windowIn('Europe/Berlin', '2026-10-26T08:00', 'yesterday', 'yesterday')).toEqual([
      '2026-10-24T22:00',
      '2026-10-25T23:00',
    ])
  })

  test('24h is 24 hours, whatever the clocks do', () => {
    expect(windowIn('Europe/Berlin', '2026-10-25T12:00', '24h')[0]).toBe('2026-10-24T12:00')
  })

  test('a time that clocks skip is the same time after they were put forward', () => {
    expect(windowIn('Europe/Berlin', '2026-11-24T12:30', '2026-03-29 02:30')[0]).toBe('2026-03-29T01:30')
  })

  test('a time that clocks show twice is the first', () => {
    expect(windowIn('Europe/Berlin', '2026-11-24T12:30', '2026-10-25 02:30')[0]).toBe('2026-10-25T00:30')
  })

  test('the offset shown is the one that applies at that time', () => {
    const context = { now: Date.UTC(2026, 10, 24, 12, 30), guildId: '9', timeZone: 'Europe/Berlin' }
    expect(parseBound('2026-08-01 14:00', 'since', context)).toMatchObject({
      explained: 'Sat 1 Aug 2026, 14:00 UTC+2',
    })
    expect(parseBound('yesterday', 'since', context)).toMatchObject({
      explained: 'Mon 23 Nov 2026, 00:00 UTC+1',
    })
  })
})
