import fc from 'fast-check'
import { expect, test } from 'vitest'
import { datesUnder } from '../../src/chart/dates.ts'
import { spansOf, unitFor } from '../../src/chart/spans.ts'
import { daysOf } from './charts.ts'

const anyWindow = fc.integer({ min: 1, max: 3000 })

test.each([
  [1, 'day'],
  [90, 'day'],
  [100, 'day'],
  [101, 'week'],
  [365, 'week'],
  [701, 'month'],
] as const)('a window of %i days has a column for each %s', (days, unit) => {
  expect(unitFor(days)).toBe(unit)
})

test('nothing is lost or counted twice when days are added up', () => {
  fc.assert(
    fc.property(anyWindow, (count) => {
      const spans = spansOf(daysOf(count, [1, 2]), unitFor(count))
      const sum = (kind: number) => spans.reduce((total, { counts }) => total + (counts[kind] ?? 0), 0)
      expect([sum(0), sum(1)]).toStrictEqual([count, 2 * count])
      expect(spans.length).toBeLessThanOrEqual(100)
    }),
    { numRuns: 50 },
  )
})

test('weeks are counted back from the last day, so that the newest week is complete', () => {
  const spans = spansOf(daysOf(16, [1]), 'week')
  expect(spans.map(({ counts }) => counts[0])).toStrictEqual([2, 7, 7])
})

test.each([
  [7, 640, ['18 Nov', '20 Nov', '22 Nov', '24 Nov']],
  [14, 640, ['12 Nov', '15 Nov', '18 Nov', '21 Nov', '24 Nov']],
  [30, 640, ['26 Oct', '2 Nov', '9 Nov', '16 Nov', '23 Nov']],
  [60, 640, ['1 Oct', '15 Oct', '1 Nov', '15 Nov']],
  [90, 500, ['Sep 2026', 'Oct 2026', 'Nov 2026']],
  [365, 640, ['Jan 2026', 'Apr 2026', 'Jul 2026', 'Oct 2026']],
  [1500, 500, ['2023', '2024', '2025', '2026']],
  [4000, 500, ['2020', '2025']],
])('%i days in %i pixels get dates at regular intervals of the calendar', (count, width, dates) => {
  const days = daysOf(count, [1])
  const texts = datesUnder(spansOf(days, unitFor(count)), days, width)
  expect(texts.filter((text) => text !== '')).toStrictEqual(dates)
})

test('a date is under the column of its day', () => {
  const days = daysOf(7, [1])
  expect(datesUnder(spansOf(days, 'day'), days, 640)).toStrictEqual([
    '18 Nov',
    '',
    '20 Nov',
    '',
    '22 Nov',
    '',
    '24 Nov',
  ])
})

test('a column is unknown if one of its days is', () => {
  const days = daysOf(16, [1]).map((day, index) => (index === 3 ? { ...day, isUnknown: true } : day))
  expect(spansOf(days, 'week').map(({ isUnknown }) => isUnknown)).toStrictEqual([false, true, false])
})
