import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { gapsWithin, isComplete, isUncovered, mayLackEntries } from '../../../src/core/coverage/gaps.ts'
import { joinRanges, newestRange } from '../../../src/core/coverage/ranges.ts'
import { compareIds, firstIdAt, timeOf } from '../../../src/core/snowflake.ts'
import { HOUR } from '../../../src/core/time/units.ts'
import { anyRanges, IDS, isBetween, isWithin, range } from './any-ranges.ts'

const anyBound = fc.option(fc.nat(129).map(String), { nil: undefined })

/** A moment after all of these ids, so soon that nothing is missing at the end. */
const SOON = timeOf('0') + 1000

describe('the gaps of a window', () => {
  const covered = {
    guildId: '0',
    oldest: '10',
    ranges: [range(10, 20), range(30, 40), range(50, 60)],
    readAt: 0,
    askedAt: SOON,
  }

  test.each([
    ['none within a range', '12', '18', null, []],
    ['none from the start of the archive', '10', '20', null, []],
    ['the part before the archive', '5', '20', '10', []],
    ['both gaps of the whole archive', undefined, undefined, null, [gap(20, 30), gap(40, 50)]],
    ['the gap that it spans', '35', undefined, null, [gap(40, 50)]],
    ['the parts of gaps that are in it', '25', '45', null, [gap(25, 30), gap(40, 45)]],
    ['all of it, in the middle of a gap', '22', '28', null, [gap(22, 28)]],
    ['none where a gap ends at its start', '30', '40', null, []],
    ['its beginning and a gap', '1', '35', '10', [gap(20, 30)]],
    ['all of it, before the archive', '1', '5', '10', []],
    ['all of it, without a start and with its end before the archive', undefined, '10', '10', []],
    ['none without a start and with its end later', undefined, '15', null, []],
    ['none where it only ends after the newest range', '55', '99', null, []],
  ])('are %s', (_, from, to, missingBefore, between) => {
    expect(gapsWithin(covered, from, to)).toEqual({ missingBefore, between, missingSince: null })
  })

  test('are not reported for an empty archive', () => {
    expect(gapsWithin({ ...covered, ranges: [], readAt: null, askedAt: SOON }, '1', '9')).toEqual({
      missingBefore: null,
      between: [],
      missingSince: null,
    })
  })

  test('and its complete ranges add up to the window: each id is in exactly one of them', () => {
    fc.assert(
      fc.property(anyRanges, anyBound, anyBound, (ranges, from, to) => {
        const { missingBefore, between } = gapsWithin({ ...covered, ranges }, from, to)
        const oldest = joinRanges(ranges)[0]?.start
        const newest = newestRange(ranges)?.end
        if (oldest === undefined || newest === undefined) return
        const inside = IDS.filter((id) => isBetween(id, from, to) && isBetween(id, undefined, newest))
        const parts = inside.map((id) =>
          [
            isBetween(id, undefined, from === undefined ? oldest : (missingBefore ?? '0')),
            isWithin(ranges, id),
            ...between.map(({ after, before }) => isBetween(id, after, before)),
          ].filter(Boolean),
        )
        expect(parts.map(({ length }) => length)).toEqual(inside.map(() => 1))
      }),
    )
  })

  test('are never outside the window', () => {
    fc.assert(
      fc.property(anyRanges, fc.nat(129), fc.nat(129), (ranges, one, other) => {
        const [from, to] = [String(Math.min(one, other)), String(Math.max(one, other))]
        const { between } = gapsWithin({ ...covered, ranges }, from, to)
        const outside = between.filter(
          ({ after, before }) => compareIds(after, from) < 0 || compareIds(before, to) > 0,
        )
        expect(outside).toEqual([])
      }),
    )
  })
})

describe('a window', () => {
  const at = (hours: number) => firstIdAt(Date.UTC(2026, 10, 24, 12) + hours * HOUR)
  const known = {
    guildId: '0',
    oldest: at(-9),
    ranges: [
      { start: at(-9), end: at(-6) },
      { start: at(-4), end: at(-1) },
    ],
    readAt: timeOf(at(-1)),
    askedAt: timeOf(at(0)),
  }

  test.each([
    ['it is before the archive', at(-12), at(-10)],
    ['it has no start and ends where the archive starts', undefined, at(-9)],
    ['it is in a gap', at(-5.5), at(-5)],
    ['it begins after the end of coverage', at(-0.5), undefined],
  ])('is not covered if %s', (_, from, to) => {
    expect(isUncovered(known, from, to)).toBe(true)
    expect(mayLackEntries(known, from, to)).toBe(true)
    expect(isComplete(known, from, to)).toBe(false)
  })

  test.each([
    ['it ends within coverage', at(-12), at(-8)],
    ['it has no start and ends after the archive starts', undefined, at(-8)],
    ['it has no bounds', undefined, undefined],
  ])('is covered in part if %s', (_, from, to) => {
    expect(isUncovered(known, from, to)).toBe(false)
  })

  test('is covered if it begins within the second that Discord’s clock does not show', () => {
    const now = timeOf(at(-1)) + 999
    expect(isUncovered({ ...known, askedAt: now }, firstIdAt(now), undefined)).toBe(false)
  })
})

function gap(after: number, before: number) {
  return { after: String(after), before: String(before) }
}
