import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { actionOf } from '../../../src/core/audit-log/action.ts'
import { Kind, kindOf } from '../../../src/core/audit-log/kind.ts'

const timeout = { key: 'communication_disabled_until' }
const until = '2026-11-25T12:00:00+00:00'

describe('the kind of an entry', () => {
  test.each([
    ['a member update by somebody else', 24, '1', '2', [{ key: 'nick', new_value: 'x' }], 24],
    ['a member update by somebody unknown', 24, null, '2', [], 24],
    ['a member update without a target and an executor', 24, null, null, [], 24],
    ['a new nickname of one’s own', 24, '1', '1', [{ key: 'nick', new_value: 'x' }], Kind.OwnUpdate],
    ['a timeout', 24, '1', '2', [{ ...timeout, new_value: until }], Kind.Timeout],
    ['a longer timeout', 24, '1', '2', [{ ...timeout, old_value: until, new_value: until }], Kind.Timeout],
    ['a timeout beside a nickname', 24, '1', '2', [{ key: 'nick' }, { ...timeout, new_value: until }], -1],
    ['a timeout removed', 24, '1', '2', [{ ...timeout, old_value: until }], Kind.TimeoutRemove],
    ['a timeout set to null', 24, '1', '2', [{ ...timeout, new_value: null }], Kind.TimeoutRemove],
    ['a timeout of oneself', 24, '1', '1', [{ ...timeout, new_value: until }], Kind.Timeout],
    ['roles given', 25, '1', '2', [{ key: '$add', new_value: [] }], 25],
    ['a role picked for oneself', 25, '1', '1', [{ key: '$add', new_value: [] }], Kind.OwnRoleUpdate],
    ['a kick', 20, '1', '2', [], 20],
    ['a message of one’s own pinned', 74, '1', '1', [], 74],
    ['a timeout by AutoMod', 145, '1', '1', [], 145],
  ])('of %s', (_, type, executorId, targetId, changes, kind) => {
    expect(kindOf({ type, executorId, targetId, changes })).toBe(kind)
  })

  // The entry was made on 24 November 2026 at noon.
  const id = '1574756469964800000'
  const ends = (new_value: unknown, old_value?: unknown) => [{ ...timeout, old_value, new_value }]

  test.each([
    ['a second later', ends('2026-11-24T12:00:01.000000+00:00'), Kind.Timeout],
    ['later, although it looks earlier in its time zone', ends('2026-11-24T11:30:00-02:00'), Kind.Timeout],
    ['in the year 9999', ends('9999-12-31T23:59:59+00:00'), Kind.Timeout],
    ['at that very moment', ends('2026-11-24T12:00:00.000000+00:00'), Kind.TimeoutRemove],
    ['earlier, which ends one', ends('2026-11-24T11:00:00+00:00', until), Kind.TimeoutRemove],
    ['earlier, without one before', ends('2023-01-13T00:27:45.148+01:00'), Kind.TimeoutRemove],
    ['at the beginning of time', ends('1970-01-01T00:00:00+00:00'), Kind.TimeoutRemove],
    ['never, by an empty text', ends(''), Kind.TimeoutRemove],
    ['at no date that exists', ends('2026-99-99T00:00:00+00:00'), Kind.Timeout],
    ['at a bare number', ends(1), Kind.Timeout],
    ['at the text of a bare number', ends('1'), Kind.Timeout],
    ['in words', ends('tomorrow'), Kind.Timeout],
  ])('of a timeout that ends %s', (_, changes, kind) => {
    expect(kindOf({ id, type: 24, executorId: '1', targetId: '2', changes })).toBe(kind)
  })

  test('always belongs to the type that Discord sent', () => {
    const anyId = fc.constantFrom('1', '2', null)
    const anyChange = fc.record({
      key: fc.constantFrom(timeout.key, 'nick'),
      new_value: fc.constantFrom(until, null),
    })
    const anyEntry = fc.record({
      type: fc.nat(250),
      executorId: anyId,
      targetId: anyId,
      changes: fc.array(anyChange),
    })
    fc.assert(
      fc.property(anyEntry, (entry) => {
        expect(actionOf(kindOf(entry)).type).toBe(entry.type)
      }),
    )
  })
})
