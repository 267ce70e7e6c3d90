import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { oldestKept } from '../../../src/core/coverage/coverage.ts'
import { gapsWithin, hasHoles, isUnread, isWhole, knowsNothing } from '../../../src/core/coverage/gaps.ts'
import { knownAfter, knownAt, knownSince, knownTo } from '../../../src/core/coverage/known-coverage.ts'
import { joinRanges, newestRange, type Range } from '../../../src/core/coverage/ranges.ts'
import { compareIds, firstIdAt, type Snowflake, timeOf } from '../../../src/core/snowflake.ts'

/** Ids are small and few here, so that each can be looked at; their lengths differ all the same. */
const IDS = Array.from({ length: 130 }, (_, id) => String(id))

const GUILD = firstIdAt(Date.UTC(2020, 0))

/** A moment after all of these ids, so soon that nothing is missing at the end. */
const SOON = timeOf('0') + 1000

const anyRange = fc
  .tuple(fc.nat(100), fc.nat(12))
  .map(([start, length]): Range => ({ start: String(start), end: String(start + length) }))
const anyRanges = fc.array(anyRange, { maxLength: 12 })
const anyBound = fc.option(fc.nat(129).map(String), { nil: undefined })

describe('ranges that are joined', () => {
  test('hold the very ids they held apart', () => {
    fc.assert(
      fc.property(anyRanges, (ranges) => {
        const joined = joinRanges(ranges)
        expect(IDS.filter((id) => isWithin(joined, id))).toEqual(IDS.filter((id) => isWithin(ranges, id)))
      }),
    )
  })

  test('are in order, oldest first, and none touches another', () => {
    fc.assert(
      fc.property(anyRanges, (ranges) => {
        const joined = joinRanges(ranges)
        const before = [undefined, ...joined.map(({ end }) => end)]
        expect(joined.filter(({ start }, index) => !isBetween(start, before[index], undefined))).toEqual([])
      }),
    )
  })

  test('are the same in whatever order they come, and when they are joined again', () => {
    const shuffled = anyRanges.chain((ranges) =>
      fc.tuple(fc.constant(ranges), fc.shuffledSubarray(ranges, { minLength: ranges.length })),
    )
    fc.assert(
      fc.property(shuffled, ([ranges, others]) => {
        const joined = joinRanges(ranges)
        expect(joinRanges(others)).toEqual(joined)
        expect(joinRanges(joined)).toEqual(joined)
      }),
    )
  })

  test.each([
    ['that share an end', [range(1, 5), range(5, 9)], [range(1, 9)]],
    ['that overlap', [range(8, 12), range(3, 9)], [range(3, 12)]],
    ['of which one lies within another', [range(1, 20), range(5, 9)], [range(1, 20)]],
    ['that lie apart', [range(9, 10), range(1, 5)], [range(1, 5), range(9, 10)]],
    ['that a third brings together', [range(1, 3), range(9, 12), range(2, 10)], [range(1, 12)]],
  ])('and %s come out right', (_, ranges, joined) => {
    expect(joinRanges(ranges)).toEqual(joined)
  })
})

test('the newest range is the one that ends last', () => {
  expect(newestRange([range(9, 100), range(1, 5), range(90, 120)])).toEqual(range(9, 120))
  expect(newestRange([])).toBeUndefined()
})

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

  test('is not told by an archive that is empty', () => {
    expect(gapsWithin({ ...covered, ranges: [], readAt: null, askedAt: SOON }, '1', '9')).toEqual({
      nothingBefore: null,
      holes: [],
      nothingSince: null,
    })
  })

  test('and what is complete make up the window, no id in two of them and none in neither', () => {
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

  test('never reaches out of the window', () => {
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
  ])('is none that %s', (_, from, to) => {
    expect(knowsNothing(known, from, to)).toBe(false)
  })

  test('is none that begins in the second that Discord’s clock does not tell', () => {
    const now = timeOf(at(-1)) + 999
    expect(knowsNothing({ ...known, askedAt: now }, firstIdAt(now), undefined)).toBe(false)
  })
})

describe('what is known at a moment', () => {
  const NOON = Date.UTC(2026, 10, 24, 12)
  const HOUR = 3_600_000
  const at = (hours: number) => firstIdAt(NOON + hours * HOUR)
  const read = { ranges: [{ start: at(-45 * 24), end: at(-2) }], readAt: NOON - 2 * HOUR }
  const host = { hostAhead: 0 }

  test('is what was read, where nothing has come live since', () => {
    const known = knownAt(GUILD, read, { ...host, reading: 'read' }, NOON)
    expect(gapsWithin(known, at(-3), undefined)).toEqual({
      nothingBefore: null,
      holes: [],
      nothingSince: at(-2),
    })
    expect(isWhole(known, at(-3), at(-2))).toBe(true)
    expect(isWhole(known, at(-3), undefined)).toBe(false)
  })

  test('reaches up to it, where all has come live since', () => {
    const known = knownAt(GUILD, read, { ...host, liveFrom: at(-2), reading: 'read' }, NOON)
    expect(isWhole(known, at(-24), undefined)).toBe(true)
    expect(hasHoles(known, at(-99 * 24), undefined)).toBe(false)
    expect(isWhole(known, at(-99 * 24), undefined)).toBe(false)
  })

  test('has a hole before what has come live, where that was not joined yet', () => {
    const known = knownAt(GUILD, read, { ...host, liveFrom: at(-1), reading: 'read' }, NOON)
    expect(gapsWithin(known, undefined, undefined).holes).toEqual([{ after: at(-2), before: at(-1) }])
  })

  test('ends with the last good reading where the last one failed, whatever of it was read', () => {
    const ranges = [...read.ranges, { start: at(-1), end: at(0) }]
    const known = knownAt(GUILD, { ...read, ranges }, { ...host, reading: 'unreadable' }, NOON)
    expect(gapsWithin(known, undefined, undefined)).toEqual({
      nothingBefore: null,
      holes: [],
      nothingSince: at(-2),
    })
  })

  test('is no more than Discord has forgotten, where the last reading was dated in the future', () => {
    const start = at(-60 * 24)
    const coverage = { ranges: [{ start, end: at(72) }], readAt: NOON + 72 * HOUR }
    const known = knownAt(GUILD, coverage, host, NOON)
    expect(known.ranges).toEqual([{ start, end: at(-45 * 24) }])
    expect(isWhole(known, at(-1), undefined)).toBe(false)
  })

  test('ends with the last good reading where counts may have grown since, whatever came live', () => {
    const live = knownAt(GUILD, read, { ...host, liveFrom: at(-2), reading: 'read' }, NOON)
    expect(knownAfter('live', live)).toBe(live)
    expect(gapsWithin(knownAfter('uncounted', live), at(-9), undefined).nothingSince).toBe(
      firstIdAt(read.readAt),
    )
    const justRead = knownAt(GUILD, { ...read, readAt: NOON }, { ...host, liveFrom: at(-2) }, NOON)
    expect(isWhole(knownAfter('uncounted', justRead), at(-9), undefined)).toBe(false)
  })

  test('is all of a window that begins in a moment, where all is known up to now', () => {
    const known = knownAt(GUILD, read, { ...host, liveFrom: at(-2), reading: 'read' }, NOON)
    const soon = firstIdAt(NOON + 60_000)
    expect([knowsNothing(known, soon, undefined), hasHoles(known, soon, undefined)]).toEqual([false, false])
    const failed = knownAt(GUILD, read, { ...host, reading: 'unreadable' }, NOON)
    expect([knowsNothing(failed, soon, undefined), hasHoles(failed, soon, undefined)]).toEqual([true, true])
    expect(gapsWithin(failed, soon, undefined).nothingSince).toBe(knownTo(failed))
  })

  test('is, on a page turned later, what was known when it was asked', () => {
    const later = knownAt(GUILD, read, { ...host, liveFrom: at(-2), reading: 'read' }, NOON)
    const known = knownSince(later, at(-7), NOON - HOUR)
    expect(gapsWithin(known, at(-9), undefined).nothingSince).toBe(at(-7))
    expect(knownTo(known)).toBe(at(-7))
    expect(knownTo({ ...known, ranges: [] })).toBe('0')
  })

  test('begins with the guild', () => {
    const founded = at(-5 * 24)
    const coverage = { ranges: [{ start: founded, end: at(0) }], readAt: NOON }
    const known = knownAt(founded, coverage, host, NOON)
    expect(isWhole(known, at(-90 * 24), undefined)).toBe(true)
    expect(isWhole(known, undefined, undefined)).toBe(true)
  })

  test('lacks what Discord still has and was not read, and no more than a beginning where it has no more', () => {
    const unread = knownAt(GUILD, { ranges: [{ start: at(-48), end: at(0) }], readAt: NOON }, host, NOON)
    expect(isUnread(unread, at(-72), undefined)).toBe(true)
    expect(gapsWithin(unread, undefined, undefined).nothingBefore).toBe(at(-48))
    expect(isUnread(unread, at(-90 * 24), at(-60 * 24))).toBe(false)
    expect(isUnread(unread, at(-24), undefined)).toBe(false)
    expect(isUnread(knownAt(GUILD, read, host, NOON), at(-90 * 24), at(-3))).toBe(false)
  })

  test('is nothing where nothing was read', () => {
    const known = knownAt(GUILD, { ranges: [], readAt: null }, { ...host, reading: 'forbidden' }, NOON)
    expect(isWhole(known, undefined, undefined)).toBe(false)
    expect(hasHoles(known, undefined, undefined)).toBe(true)
  })

  test('does not lack the second that Discord’s clock does not tell', () => {
    const ranges = [{ start: at(-24), end: firstIdAt(NOON - 999) }]
    expect(isWhole(knownAt(GUILD, { ...read, ranges }, host, NOON), at(-1), undefined)).toBe(true)
  })
})

describe('what Discord still keeps', () => {
  const now = Date.UTC(2026, 10, 24, 12)

  test('reaches back 45 days', () => {
    expect(oldestKept(firstIdAt(Date.UTC(2020, 0)), now)).toBe(firstIdAt(Date.UTC(2026, 9, 10, 12)))
  })

  test('never reaches back past the making of the guild', () => {
    const guildId = firstIdAt(Date.UTC(2026, 10, 1))
    expect(oldestKept(guildId, now)).toBe(guildId)
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

/** Whether an id lies between two others, which may be absent for no bound. */
function isBetween(id: Snowflake, after: Snowflake | undefined, before: Snowflake | undefined): boolean {
  return (
    (after === undefined || compareIds(after, id) < 0) && (before === undefined || compareIds(id, before) < 0)
  )
}
