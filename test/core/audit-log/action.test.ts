import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { actionOf, catalogue, MODERATING } from '../../../src/core/audit-log/action.ts'
import { Kind, kindOf } from '../../../src/core/audit-log/kind.ts'
import { DISCORD_ACTIONS } from './discord-actions.ts'

describe('the catalogue', () => {
  test.each(DISCORD_ACTIONS)(
    '%d is %s of the group %s and the category %s',
    (type, name, group, category) => {
      const action = actionOf(type)
      expect([action.type, enumNameOf(action.name), action.group, action.category]).toEqual([
        type,
        name,
        group,
        category,
      ])
    },
  )

  test('holds every action type of Discord and, below zero, what Discord lumps together', () => {
    const kinds = [...catalogue.keys()].sort((a, b) => a - b)
    expect(kinds).toEqual([-5, -4, -3, -2, -1, ...DISCORD_ACTIONS.map(([type]) => type)])
  })

  test.each([
    [20, 'Member Kick'],
    [22, 'Member Ban Add'],
    [73, 'Message Bulk Delete'],
    [Kind.Timeout, 'Member Timeout'],
    [Kind.TimeoutRemove, 'Member Timeout Remove'],
    [Kind.OwnUpdate, 'Member Update'],
    [Kind.OwnRoleUpdate, 'Member Role Update'],
    [Kind.PrunePart, 'Member Prune'],
  ])('names %d %s', (kind, name) => {
    expect(actionOf(kind).name).toBe(name)
  })

  test.each([
    [Kind.Timeout, 24, 'Timeouts'],
    [Kind.TimeoutRemove, 24, 'Timeouts'],
    [Kind.OwnUpdate, 24, 'Members'],
    [Kind.OwnRoleUpdate, 25, 'Members'],
  ])('knows %d as what Discord calls %d, in the group %s and updated', (kind, type, group) => {
    expect(actionOf(kind)).toMatchObject({ kind, type, group, category: 'updated' })
  })

  test('knows a later part of a prune as a Member Prune that makes nobody a moderator', () => {
    expect(actionOf(Kind.PrunePart)).toMatchObject({ type: 21, group: 'Bans & kicks', category: 'none' })
    expect(MODERATING).toContain(21)
    expect(MODERATING).not.toContain(Kind.PrunePart)
  })

  test.each([
    [26, 'member'],
    [27, 'member'],
    [72, 'message'],
    [73, 'message'],
    [21, undefined],
  ])('knows that the count of %d is of each %s', (kind, counts) => {
    expect(actionOf(kind).counts).toBe(counts)
  })
})

test('a type that nobody knows is described as such', () => {
  expect(actionOf(999)).toMatchObject({
    kind: 999,
    type: 999,
    name: 'Unknown action 999',
    category: 'none',
    group: 'Other',
    target: 'unknown',
    emoji: '❔',
  })
})

test.each([194, 210, 211, 212, 213])(
  'what changes the whole server, such as %d, takes a moderator',
  (kind) => {
    expect(MODERATING).toContain(kind)
  },
)

const timeout = { key: 'communication_disabled_until' }
const until = '2026-11-25T12:00:00+00:00'

describe('the kind of an entry', () => {
  test.each([
    ['a member update by somebody else', 24, '1', '2', [{ key: 'nick', new_value: 'x' }], 24],
    ['a member update by an unknown hand', 24, null, '2', [], 24],
    ['a member update of nobody by nobody', 24, null, null, [], 24],
    ['a new nickname of one’s own', 24, '1', '1', [{ key: 'nick', new_value: 'x' }], Kind.OwnUpdate],
    ['a timeout', 24, '1', '2', [{ ...timeout, new_value: until }], Kind.Timeout],
    ['a longer timeout', 24, '1', '2', [{ ...timeout, old_value: until, new_value: until }], Kind.Timeout],
    ['a timeout beside a nickname', 24, '1', '2', [{ key: 'nick' }, { ...timeout, new_value: until }], -1],
    ['a timeout lifted', 24, '1', '2', [{ ...timeout, old_value: until }], Kind.TimeoutRemove],
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
    ['later, though it reads earlier in another time zone', ends('2026-11-24T11:30:00-02:00'), Kind.Timeout],
    ['in the year 9999', ends('9999-12-31T23:59:59+00:00'), Kind.Timeout],
    ['at that very moment', ends('2026-11-24T12:00:00.000000+00:00'), Kind.TimeoutRemove],
    ['earlier, which ends one', ends('2026-11-24T11:00:00+00:00', until), Kind.TimeoutRemove],
    ['earlier, where there was none', ends('2023-01-13T00:27:45.148+01:00'), Kind.TimeoutRemove],
    ['at the beginning of time', ends('1970-01-01T00:00:00+00:00'), Kind.TimeoutRemove],
    ['never, by an empty text', ends(''), Kind.TimeoutRemove],
    ['at no date that exists', ends('2026-99-99T00:00:00+00:00'), Kind.Timeout],
    ['at a bare number', ends(1), Kind.Timeout],
    ['at the text of a bare number', ends('1'), Kind.Timeout],
    ['in words', ends('tomorrow'), Kind.Timeout],
  ])('of a timeout that ends %s', (_, changes, kind) => {
    expect(kindOf({ id, type: 24, executorId: '1', targetId: '2', changes })).toBe(kind)
  })

  test('never leaves the type that Discord sent', () => {
    const anyId = fc.constantFrom('1', '2', null)
    const anyChange = fc.record({
      key: fc.constantFrom(timeout.key, 'nick'),
      new_value: fc.constantFrom(until, null),
    })
    const anyDeed = fc.record({
      type: fc.nat(250),
      executorId: anyId,
      targetId: anyId,
      changes: fc.array(anyChange),
    })
    fc.assert(
      fc.property(anyDeed, (deed) => {
        expect(actionOf(kindOf(deed)).type).toBe(deed.type)
      }),
    )
  })
})

function enumNameOf(name: string): string {
  return name.toUpperCase().replaceAll(' ', '_')
}
