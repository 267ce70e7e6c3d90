import { describe, expect, test } from 'vitest'
import {
  gapsWithin,
  isComplete,
  isPartlyUnread,
  isUncovered,
  mayLackEntries,
} from '../../../src/core/coverage/gaps.ts'
import {
  coverageAfterSync,
  coverageAsOf,
  coverageAt,
  coveredTo,
} from '../../../src/core/coverage/known-coverage.ts'
import { firstIdAt, idAfter } from '../../../src/core/snowflake.ts'
import { HOUR } from '../../../src/core/time/units.ts'

const GUILD = firstIdAt(Date.UTC(2020, 0))

describe('coverage at a moment', () => {
  const NOON = Date.UTC(2026, 10, 24, 12)
  const at = (hours: number) => firstIdAt(NOON + hours * HOUR)
  const read = { ranges: [{ start: at(-45 * 24), end: at(-2) }], readAt: NOON - 2 * HOUR }
  const host = { hostAhead: 0 }

  test('is what was read, if the gateway was not live since', () => {
    const known = coverageAt(GUILD, read, { ...host, lastRead: 'read' }, NOON)
    expect(gapsWithin(known, at(-3), undefined)).toEqual({
      missingBefore: null,
      between: [],
      missingSince: at(-2),
    })
    expect(isComplete(known, at(-3), at(-2))).toBe(true)
    expect(isComplete(known, at(-3), undefined)).toBe(false)
  })

  test('reaches up to that moment if the gateway was live since the last read', () => {
    const known = coverageAt(GUILD, read, { ...host, liveFrom: at(-2), lastRead: 'read' }, NOON)
    expect(isComplete(known, at(-24), undefined)).toBe(true)
    expect(mayLackEntries(known, at(-99 * 24), undefined)).toBe(false)
    expect(isComplete(known, at(-99 * 24), undefined)).toBe(false)
  })

  test('has a gap between the last read and the moment when the gateway went live', () => {
    const known = coverageAt(GUILD, read, { ...host, liveFrom: at(-1), lastRead: 'read' }, NOON)
    expect(gapsWithin(known, undefined, undefined).between).toEqual([{ after: at(-2), before: at(-1) }])
  })

  test('ends at the last successful read if a later one failed, even if that one read a part', () => {
    const ranges = [...read.ranges, { start: at(-1), end: at(0) }]
    const known = coverageAt(GUILD, { ...read, ranges }, { ...host, lastRead: 'unreadable' }, NOON)
    expect(gapsWithin(known, undefined, undefined)).toEqual({
      missingBefore: null,
      between: [],
      missingSince: at(-2),
    })
  })

  test('ends where Discord’s log starts if the last read is dated in the future', () => {
    const start = at(-60 * 24)
    const coverage = { ranges: [{ start, end: at(72) }], readAt: NOON + 72 * HOUR }
    const known = coverageAt(GUILD, coverage, host, NOON)
    expect(known.ranges).toEqual([{ start, end: at(-45 * 24) }])
    expect(isComplete(known, at(-1), undefined)).toBe(false)
  })

  test('ends at the last successful read if events are not stored yet, even if the gateway was live', () => {
    const live = coverageAt(GUILD, read, { ...host, liveFrom: at(-2), lastRead: 'read' }, NOON)
    expect(coverageAfterSync('live', live)).toBe(live)
    expect(gapsWithin(coverageAfterSync('unstored', live), at(-9), undefined).missingSince).toBe(
      firstIdAt(read.readAt),
    )
    const justRead = coverageAt(GUILD, { ...read, readAt: NOON }, { ...host, liveFrom: at(-2) }, NOON)
    expect(isComplete(coverageAfterSync('unstored', justRead), at(-9), undefined)).toBe(false)
  })

  test('reaches up to now if only counts can have grown, and says when they were read', () => {
    const live = coverageAt(GUILD, read, { ...host, liveFrom: at(-2), lastRead: 'read' }, NOON)
    const known = coverageAfterSync('uncounted', live, read.readAt)
    expect([known.countsAsOf, isComplete(known, at(-9), undefined)]).toEqual([read.readAt, true])
  })

  test('does not begin before what was erased, however long the gateway has been live', () => {
    const erased = { ...read, ranges: [], erasedTo: at(-3) }
    const known = coverageAt(GUILD, erased, { ...host, liveFrom: at(-8), lastRead: 'read' }, NOON)
    expect(known.ranges).toEqual([{ start: idAfter(at(-3)), end: firstIdAt(NOON) }])
  })

  test('includes a window that begins within a minute from now, if it reaches up to now', () => {
    const known = coverageAt(GUILD, read, { ...host, liveFrom: at(-2), lastRead: 'read' }, NOON)
    const soon = firstIdAt(NOON + 60_000)
    expect([isUncovered(known, soon, undefined), mayLackEntries(known, soon, undefined)]).toEqual([
      false,
      false,
    ])
    const failed = coverageAt(GUILD, read, { ...host, lastRead: 'unreadable' }, NOON)
    expect([isUncovered(failed, soon, undefined), mayLackEntries(failed, soon, undefined)]).toEqual([
      true,
      true,
    ])
    expect(gapsWithin(failed, soon, undefined).missingSince).toBe(coveredTo(failed))
  })

  test('is, on a later page of a list, that of the moment when the query was run', () => {
    const later = coverageAt(GUILD, read, { ...host, liveFrom: at(-2), lastRead: 'read' }, NOON)
    const known = coverageAsOf(later, at(-7), NOON - HOUR)
    expect(gapsWithin(known, at(-9), undefined).missingSince).toBe(at(-7))
    expect(coveredTo(known)).toBe(at(-7))
    expect(coveredTo({ ...known, ranges: [] })).toBe('0')
  })

  test('is complete from the creation of the guild on, whenever the window begins', () => {
    const founded = at(-5 * 24)
    const coverage = { ranges: [{ start: founded, end: at(0) }], readAt: NOON }
    const known = coverageAt(founded, coverage, host, NOON)
    expect(isComplete(known, at(-90 * 24), undefined)).toBe(true)
    expect(isComplete(known, undefined, undefined)).toBe(true)
  })

  test('has an unread part where Discord still has entries, but not where Discord has dropped them', () => {
    const unread = coverageAt(GUILD, { ranges: [{ start: at(-48), end: at(0) }], readAt: NOON }, host, NOON)
    expect(isPartlyUnread(unread, at(-72), undefined)).toBe(true)
    expect(gapsWithin(unread, undefined, undefined).missingBefore).toBe(at(-48))
    expect(isPartlyUnread(unread, at(-90 * 24), at(-60 * 24))).toBe(false)
    expect(isPartlyUnread(unread, at(-24), undefined)).toBe(false)
    expect(isPartlyUnread(coverageAt(GUILD, read, host, NOON), at(-90 * 24), at(-3))).toBe(false)
  })

  test('is empty before the first read', () => {
    const known = coverageAt(GUILD, { ranges: [], readAt: null }, { ...host, lastRead: 'forbidden' }, NOON)
    expect(isComplete(known, undefined, undefined)).toBe(false)
    expect(mayLackEntries(known, undefined, undefined)).toBe(true)
  })

  test('is complete without the second that Discord’s clock does not show', () => {
    const ranges = [{ start: at(-24), end: firstIdAt(NOON - 999) }]
    expect(isComplete(coverageAt(GUILD, { ...read, ranges }, host, NOON), at(-1), undefined)).toBe(true)
  })
})
