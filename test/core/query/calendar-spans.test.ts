import fc from 'fast-check'
import { expect, test } from 'vitest'
import { calendarSpans } from '../../../src/core/query/calendar-spans.ts'
import { firstIdAt, timeOf } from '../../../src/core/snowflake.ts'

const MOST = 31
const at = (text: string) => firstIdAt(Date.parse(text))

/** The spans of a window as texts: `2026-11-16T12:00Z, cut`. */
function startsOf(from: string, to: string, timeZone: string): string[] {
  return calendarSpans(at(from), at(to), timeZone, MOST).spans.map(({ from, isCut }) => {
    return `${new Date(timeOf(from)).toISOString().slice(0, 16)}Z${isCut ? ', cut' : ''}`
  })
}

test.each([
  ['2026-11-24T12:00Z', '2026-11-24T13:00Z', 'day', 1],
  ['2026-10-25T12:00Z', '2026-11-24T12:00Z', 'day', 31],
  ['2026-10-24T12:00Z', '2026-11-24T12:00Z', 'week', 6],
  ['2026-08-26T12:00Z', '2026-11-24T12:00Z', 'week', 14],
  ['2026-04-27T00:00Z', '2026-11-30T00:00Z', 'week', 31],
  ['2026-04-26T00:00Z', '2026-11-30T00:00Z', 'month', 8],
  ['2025-10-20T12:00Z', '2026-11-24T12:00Z', 'month', 14],
  ['2024-01-20T12:00Z', '2026-11-24T12:00Z', 'quarter', 12],
  ['2015-01-01T00:00Z', '2026-11-24T12:00Z', 'year', 12],
])('from %s to %s is divided by %s, into %i', (from, to, unit, count) => {
  const divided = calendarSpans(at(from), at(to), 'UTC', MOST)
  expect([divided.unit, divided.spans.length]).toEqual([unit, count])
})

test('days begin at midnight of the time zone, also those of 23 and 25 hours', () => {
  expect(startsOf('2026-10-24T10:00Z', '2026-10-27T10:00Z', 'Europe/Berlin')).toEqual([
    '2026-10-24T10:00Z, cut',
    '2026-10-24T22:00Z',
    '2026-10-25T23:00Z',
    '2026-10-26T23:00Z, cut',
  ])
  expect(startsOf('2026-03-27T23:00Z', '2026-03-30T22:00Z', 'Europe/Berlin')).toEqual([
    '2026-03-27T23:00Z',
    '2026-03-28T23:00Z',
    '2026-03-29T22:00Z',
  ])
})

test('weeks begin on Monday, and those that the window cuts short are marked', () => {
  const weeks = startsOf('2026-10-14T00:00Z', '2026-11-18T03:00Z', 'Asia/Tokyo')
  expect(weeks).toEqual([
    '2026-10-14T00:00Z, cut',
    '2026-10-18T15:00Z',
    '2026-10-25T15:00Z',
    '2026-11-01T15:00Z',
    '2026-11-08T15:00Z',
    '2026-11-15T15:00Z, cut',
  ])
})

test('a window that is empty has one span', () => {
  const now = at('2026-11-24T12:00Z')
  expect(calendarSpans(now, now, 'UTC', MOST).spans).toEqual([{ from: now, to: now, isCut: true }])
})

test('spans fill the window without gaps, and only the first and the last can be cut', () => {
  const anyTime = fc.integer({ min: Date.UTC(2015, 0, 2), max: Date.UTC(2030, 0, 1) })
  fc.assert(
    fc.property(anyTime, anyTime, fc.constantFrom('UTC', 'Asia/Tokyo', 'America/New_York'), (a, b, zone) => {
      const [from, to] = [firstIdAt(Math.min(a, b)), firstIdAt(Math.max(a, b))]
      const { spans } = calendarSpans(from, to, zone, MOST)
      expect(spans.length).toBeLessThanOrEqual(MOST)
      expect([spans[0]?.from, ...spans.map((span) => span.to)]).toEqual([
        ...spans.map((span) => span.from),
        to,
      ])
      expect(spans.slice(1, -1).some(({ isCut }) => isCut)).toBe(false)
    }),
  )
})
