import { describe, expect, test } from 'vitest'
import { gapsWithin, hasHoles, isUnread, isWhole, knowsNothing } from '../../../src/core/coverage/gaps.ts'
import { knownAfter, knownAt, knownSince, knownTo } from '../../../src/core/coverage/known-coverage.ts'
import { firstIdAt } from '../../../src/core/snowflake.ts'

const GUILD = firstIdAt(Date.UTC(2020, 0))

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

  test('ends with the last successful read where the last one failed, whatever that one had read', () => {
    const ranges = [...read.ranges, { start: at(-1), end: at(0) }]
    const known = knownAt(GUILD, { ...read, ranges }, { ...host, reading: 'unreadable' }, NOON)
    expect(gapsWithin(known, undefined, undefined)).toEqual({
      nothingBefore: null,
      holes: [],
      nothingSince: at(-2),
    })
  })

  test('is no more than Discord has dropped, where the last read is dated in the future', () => {
    const start = at(-60 * 24)
    const coverage = { ranges: [{ start, end: at(72) }], readAt: NOON + 72 * HOUR }
    const known = knownAt(GUILD, coverage, host, NOON)
    expect(known.ranges).toEqual([{ start, end: at(-45 * 24) }])
    expect(isWhole(known, at(-1), undefined)).toBe(false)
  })

  test('ends with the last successful read where counts may have grown since, whatever came live', () => {
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

  test('is, on a later page of a list, what was known when the query was run', () => {
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

  test('lacks what Discord still has and was not read, and only the beginning where Discord has no more', () => {
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

  test('does not lack the second that Discord’s clock does not show', () => {
    const ranges = [{ start: at(-24), end: firstIdAt(NOON - 999) }]
    expect(isWhole(knownAt(GUILD, { ...read, ranges }, host, NOON), at(-1), undefined)).toBe(true)
  })
})
