import { expect, test } from 'vitest'
import { datesUnder } from '../../src/chart/dates.ts'
import { calendarSpans } from '../../src/core/query/calendar-spans.ts'
import { firstIdAt, timeOf } from '../../src/core/snowflake.ts'
import { DAY } from '../../src/core/time/units.ts'

/** The width of the columns of a chart, and about the width of a text in its font. */
const WIDTH = 860
const widthOf = (text: string) => text.length * 20

/** The dates under columns for so many days up to noon of 24 November 2026. */
function datesOf(days: number, timeZone = 'UTC'): string[] {
  const end = Date.UTC(2026, 10, 24, 12)
  const { unit, spans } = calendarSpans(firstIdAt(end - days * DAY), firstIdAt(end), timeZone, 31)
  const columns = spans.map(({ from }) => ({ start: timeOf(from), counts: [], type: 'whole' as const }))
  return datesUnder({ unit, spans: columns, timeZone }, WIDTH, widthOf)
}

test.each([
  [0.4, ['24 Nov']],
  [4, ['20 Nov', '21 Nov', '22 Nov', '23 Nov', '24 Nov']],
  [7, ['18 Nov', '20 Nov', '22 Nov', '24 Nov']],
  [14, ['12 Nov', '15 Nov', '18 Nov', '21 Nov', '24 Nov']],
  [30, ['26 Oct', '2 Nov', '9 Nov', '16 Nov', '23 Nov']],
  [90, ['31 Aug', '21 Sep', '12 Oct', '2 Nov', '23 Nov']],
  [400, ['Oct 2025', 'Jan 2026', 'Apr 2026', 'Jul 2026', 'Oct 2026']],
  [1500, ['2023', '2024', '2025', '2026']],
  [4000, ['2016', '2018', '2020', '2022', '2024', '2026']],
])('columns for %d days get dates at regular intervals', (days, dates) => {
  expect(datesOf(days).filter((text) => text !== '')).toStrictEqual(dates)
})

test('a date is under the column of its day', () => {
  expect(datesOf(6.5)).toStrictEqual(['18 Nov', '', '20 Nov', '', '22 Nov', '', '24 Nov'])
})

test('dates are those of the time zone', () => {
  expect(datesOf(3, 'Pacific/Kiritimati')).toStrictEqual(['22 Nov', '23 Nov', '24 Nov', '25 Nov'])
})
