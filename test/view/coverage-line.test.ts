import { expect, test } from 'vitest'
import type { Filter } from '../../src/core/query/filter.ts'
import { firstIdAt, timeOf } from '../../src/core/snowflake.ts'
import { coverageLine, missingIn, windowAndCoverage } from '../../src/view/coverage-line.ts'

const day = (date: number, hour = 0) => firstIdAt(Date.UTC(2026, 9, date, hour))
const range = (start: number, end: number) => ({ start: day(start), end: day(end) })
const known = (...ranges: { start: string; end: string }[]) => ({
  ranges,
  readAt: 0,
  guildId: '0',
  oldest: ranges[0]?.start ?? '0',
  askedAt: timeOf(ranges.at(-1)?.end ?? '0'),
})

test.each([
  ['nothing yet', known(), undefined, undefined, 'Incomplete: nothing has been read yet'],
  ['one range', known(range(1, 20)), undefined, undefined, 'Complete since 1 Oct 2026'],
  [
    'counts that were read earlier',
    { ...known(range(1, 20)), countsAsOf: timeOf(day(19, 23)) },
    undefined,
    undefined,
    'Complete since 1 Oct 2026 · counts as of 19 Oct, 23:00 UTC',
  ],
  ['a window within it', known(range(1, 20)), day(5), day(9), 'Complete since 1 Oct 2026'],
  [
    'a window that begins before coverage',
    known(range(10, 20)),
    day(5),
    undefined,
    'Incomplete: nothing is known before 10 Oct 2026',
  ],
  [
    'a gap in the window',
    known(range(1, 5), range(8, 20)),
    day(2),
    undefined,
    'Incomplete: nothing is known from 5 Oct 2026, 00:00 UTC to 8 Oct 2026, 00:00 UTC',
  ],
  [
    'a gap before the window',
    known(range(1, 5), range(8, 20)),
    day(9),
    undefined,
    'Complete since 8 Oct 2026',
  ],
  ['a gap after the window', known(range(1, 5), range(8, 20)), day(2), day(4), 'Complete since 1 Oct 2026'],
  [
    'a window within a gap',
    known(range(1, 5), range(12, 20)),
    day(7),
    day(9),
    'Incomplete: nothing is known from 7 Oct 2026, 00:00 UTC to 9 Oct 2026, 00:00 UTC',
  ],
  [
    'many gaps',
    known(range(1, 2), range(3, 4), range(5, 6), range(7, 8), range(9, 10), range(11, 12)),
    undefined,
    undefined,
    'Incomplete: nothing is known from 2 Oct 2026, 00:00 UTC to 3 Oct 2026, 00:00 UTC; ' +
      'nothing is known from 4 Oct 2026, 00:00 UTC to 5 Oct 2026, 00:00 UTC; ' +
      'nothing is known from 6 Oct 2026, 00:00 UTC to 7 Oct 2026, 00:00 UTC; 2 more gaps',
  ],
  [
    'four gaps',
    known(range(1, 2), range(3, 4), range(5, 6), range(7, 8), range(9, 10)),
    undefined,
    undefined,
    expect.stringMatching(/; 1 more gap$/),
  ],
])('the footer says what is covered: %s', (_, coverage, from, to, line) => {
  expect(coverageLine(within({ from, to }), coverage)).toEqual(line)
})

test.each([
  [{}, 'All time'],
  [{ from: day(5) }, 'Since 5 Oct 2026, 00:00 UTC'],
  [{ to: day(9, 14) }, 'Until 9 Oct 2026, 14:00 UTC'],
  [{ from: day(5), to: day(9) }, '5 Oct 2026, 00:00 UTC to 9 Oct 2026, 00:00 UTC'],
])('the footer starts with the window', (window, line) => {
  expect(windowAndCoverage(within(window), known(range(1, 20)))).toBe(`${line} · Complete since 1 Oct 2026`)
})

test.each([
  ['its end', range(1, 20), undefined, 'nothing is known since 20 Oct, 00:00 UTC'],
  [
    'its end and its beginning, the end first',
    range(10, 20),
    day(5),
    'nothing is known since 20 Oct, 00:00 UTC; nothing is known before 10 Oct 2026',
  ],
])('the footer of a window that lacks %s says so', (_, read, from, missing) => {
  const coverage = { ...known(read), askedAt: Date.UTC(2026, 9, 22) }
  expect(coverageLine(within({ from }), coverage)).toBe(`Incomplete: ${missing}`)
  expect(missingIn(within({ from }), coverage)).toBe(missing)
})

test('the end of coverage is written with its year if that is not this year', () => {
  const coverage = { ...known(range(1, 20)), askedAt: Date.UTC(2027, 0, 2) }
  expect(coverageLine(within({}), coverage)).toBe('Incomplete: nothing is known since 20 Oct 2026, 00:00 UTC')
})

test('a window that ends before a gap is complete', () => {
  const coverage = { ...known(range(1, 20)), askedAt: Date.UTC(2026, 9, 22) }
  expect(coverageLine(within({ from: day(5), to: day(20) }), coverage)).toBe('Complete since 1 Oct 2026')
})

test('the footer is in the time zone of the query', () => {
  const query = { filter: { from: day(5) }, timeZone: 'America/New_York' }
  expect(windowAndCoverage(query, known(range(1, 20)))).toBe(
    'Since 4 Oct 2026, 20:00 UTC-4 · Complete since 30 Sep 2026',
  )
})

/** A window of a query in UTC. */
function within(filter: Filter) {
  return { filter, timeZone: 'UTC' }
}
