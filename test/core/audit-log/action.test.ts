import { describe, expect, test } from 'vitest'
import { ACTIONS, actionOf, MODERATING } from '../../../src/core/audit-log/action.ts'
import { Kind } from '../../../src/core/audit-log/kind.ts'
import { DISCORD_ACTIONS } from './discord-actions.ts'

describe('the action table', () => {
  test.each(DISCORD_ACTIONS)(
    'has %d as %s in the group %s and the category %s',
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

  test('has every action type of Discord and every kind below zero', () => {
    const kinds = [...ACTIONS.keys()].sort((a, b) => a - b)
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
  ])('has %d as a kind of the type %d, in the group %s and updated', (kind, type, group) => {
    expect(actionOf(kind)).toMatchObject({ kind, type, group, category: 'updated' })
  })

  test('has a later part of a prune as a Member Prune that does not make its executor a moderator', () => {
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
  ])('has the count of %d as a count of each %s', (kind, counts) => {
    expect(actionOf(kind).counts).toBe(counts)
  })
})

test('an unknown type is described as unknown', () => {
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
  'an action on the whole server, such as %d, requires a moderator',
  (kind) => {
    expect(MODERATING).toContain(kind)
  },
)

function enumNameOf(name: string): string {
  return name.toUpperCase().replaceAll(' ', '_')
}
