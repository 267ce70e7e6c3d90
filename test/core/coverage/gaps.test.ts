import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { gapsWithin, hasHoles, isWhole, knowsNothing } from '../../../src/core/coverage/gaps.ts'
import { joinRanges, newestRange, type Range } from '../../../src/core/coverage/ranges.ts'
import { compareIds, firstIdAt, type Snowflake, timeOf } from '../../../src/core/snowflake.ts'

/** Ids are small and few, so that each can be checked; their lengths differ. */
const IDS = Array.from({ length: 130 }, (_, id) => String(id))

const anyRange = fc
  .tuple(fc.nat(100), fc.nat(12))
  .map(([start, length]): Range => ({ start: String(start), end: String(start + length) }))
const anyRanges = fc.array(anyRange, { maxLength: 12 })
const anyBound = fc.option(fc.nat(129).map(String), { nil: undefined })

/** A moment after all of these ids, so soon that nothing is missing at the end. */
const SOON = timeOf('0') + 1000

describe('what a window misses', () => {
  const covered = {
    guildId: '0',
    oldest: '10',
    ranges: [range(10, 20), range(30, 40), range(50, 60)],
    readAt: 0,
    askedAt: SOON,
  }

  test.each([
    ['nothing within a range', '12', '18', null, []],
    ['nothing from the archive’s very beginning', '10', '20', null, []],
    ['what lies before the archive’s beginning', '5', '20', '10', []],
    ['both holes of the whole archive', undefined, undefined, null, [hole(20, 30), hole(40, 50)]],
    ['the hole it reaches over', '35', undefined, null, [hole(40, 50)]],
    ['the part of a hole that lies in it', '25', '45', null, [hole(25, 30), hole(40, 45)]],
    ['the middle of a hole', '22', '28', null, [hole(22, 28)]],
    ['no hole that ends where it begins', '30', '40', null, []],
    ['the beginning and a hole', '1', '35', '10', [hole(20, 30)]],
    ['all of it where it lies before the archive’s beginning', '1', '5', '10', []],
    ['all of it where it only ends, and before that beginning', undefined, '10', '10', []],
    ['nothing where it only ends, and later', undefined, '15', null, []],
    ['nothing where it only reaches past the newest range', '55', '99', null, []],
  ])('is %s', (_, from, to, nothingBefore, holes) => {
    expect(gapsWithin(covered, from, to)).toEqual({ nothingBefore, holes, nothingSince: null })
  })

  test('is not known where the archive is empty', () => {
    expect(gapsWithin({ ...covered, ranges: [], readAt: null, askedAt: SOON }, '1', '9')).toEqual({
      nothingBefore: null,
      holes: [],
      nothingSince: null,
    })
  })

  test('and what is complete add up to the window: each id is in exactly one of them', () => {
    fc.assert(
      fc.property(anyRanges, anyBound, anyBound, (ranges, from, to) => {
        const { nothingBefore, holes } = gapsWithin({ ...covered, ranges }, from, to)
        const oldest = joinRanges(ranges)[0]?.start
        const newest = newestRange(ranges)?.end
        if (oldest === undefined || newest === undefined) return
        const inside = IDS.filter((id) => isBetween(id, from, to) && isBetween(id, undefined, newest))
        const homes = inside.map((id) =>
          [
            isBetween(id, undefined, from === undefined ? oldest : (nothingBefore ?? '0')),
            isWithin(ranges, id),
            ...holes.map(({ after, before }) => isBetween(id, after, before)),
          ].filter(Boolean),
        )
        expect(homes.map(({ length }) => length)).toEqual(inside.map(() => 1))
      }),
    )
  })

  test('never lies outside the window', () => {
    fc.assert(
      fc.property(anyRanges, fc.nat(129), fc.nat(129), (ranges, one, other) => {
        const [from, to] = [String(Math.min(one, other)), String(Math.max(one, other))]
        const { holes } = gapsWithin({ ...covered, ranges }, from, to)
        const outside = holes.filter(
          ({ after, before }) => compareIds(after, from) < 0 || compareIds(before, to) > 0,
        )
        expect(outside).toEqual([])
      }),
    )
  })
})

describe('a window of which nothing is known', () => {
  const HOUR = 3_600_000
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
    ['lies before the archive’s beginning', at(-12), at(-10)],
    ['only ends, at that beginning', undefined, at(-9)],
    ['lies in a hole', at(-5.5), at(-5)],
    ['begins after the last moment known', at(-0.5), undefined],
  ])('%s', (_, from, to) => {
    expect(knowsNothing(known, from, to)).toBe(true)
    expect(hasHoles(known, from, to)).toBe(true)
    expect(isWhole(known, from, to)).toBe(false)
  })

  test.each([
    ['reaches into what is known', at(-12), at(-8)],
    ['only ends, and after the archive’s beginning', undefined, at(-8)],
    ['is open on both sides', undefined, undefined],
  ])('is not one that %s', (_, from, to) => {
    expect(knowsNothing(known, from, to)).toBe(false)
  })

  test('does not begin within the second that Discord’s clock does not show', () => {
    const now = timeOf(at(-1)) + 999
    expect(knowsNothing({ ...known, askedAt: now }, firstIdAt(now), undefined)).toBe(false)
  })
})

function range(start: number, end: number): Range {
  return { start: String(start), end: String(end) }
}

function hole(after: number, before: number) {
  return { after: String(after), before: String(before) }
}

function isWithin(ranges: readonly Range[], id: Snowflake): boolean {
  return ranges.some(({ start, end }) => compareIds(start, id) <= 0 && compareIds(id, end) <= 0)
}

/** Whether an id lies between two others, which are open bounds where absent. */
function isBetween(id: Snowflake, after: Snowflake | undefined, before: Snowflake | undefined): boolean {
  return (
    (after === undefined || compareIds(after, id) < 0) && (before === undefined || compareIds(id, before) < 0)
  )
}
