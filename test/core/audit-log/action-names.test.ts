import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import {
  ACTION_NAMES,
  kindsNamed,
  nameOfKinds,
  suggestActions,
} from '../../../src/core/audit-log/action-names.ts'
import { GROUPS } from '../../../src/core/audit-log/actions/row.ts'
import { Kind } from '../../../src/core/audit-log/kind.ts'
import { PUNISHMENTS } from '../../../src/core/audit-log/punishments.ts'
import { UserError } from '../../../src/core/errors.ts'
import type { Kinds } from '../../../src/core/query/filter.ts'
import { DISCORD_ACTIONS } from './discord-actions.ts'

describe('an action is found', () => {
  test.each(DISCORD_ACTIONS)('by its type %d and by its name %s', (type, enumName) => {
    const byType = kindsNamed(String(type))
    expect(includes(byType, type)).toBe(true)
    expect(kindsNamed(enumName)).toEqual(byType)
  })

  test.each([
    ['Member Kick', [20]],
    ['member kick', [20]],
    ['MEMBER_KICK', [20]],
    ['MemberKick', [20]],
    ['  member-kick ', [20]],
    ['20', [20]],
    ['Bans & kicks', [20, 21, Kind.PrunePart, 22, 23]],
    ['bans kicks', [20, 21, Kind.PrunePart, 22, 23]],
    ['Deletes', [72, 73]],
    ['Messages', [74, 75]],
    ['Member Timeout', [Kind.Timeout]],
    ['AUTO_MODERATION_USER_COMM_DISABLED', [145]],
  ])('as %j', (text, kinds) => {
    expect(kindsNamed(text)).toEqual({ anyOf: kinds })
  })

  test.each([
    ['Member Update', [24, Kind.Timeout, Kind.TimeoutRemove, Kind.OwnUpdate]],
    ['24', [24, Kind.Timeout, Kind.TimeoutRemove, Kind.OwnUpdate]],
    ['Member Role Update', [25, Kind.OwnRoleUpdate]],
    ['Member Prune', [21, Kind.PrunePart]],
    ['21', [21, Kind.PrunePart]],
    ['Timeouts', [Kind.Timeout, Kind.TimeoutRemove, 145]],
  ])('with all kinds that Discord logs as %j', (text, kinds) => {
    expect(kindsNamed(text)).toEqual({ anyOf: kinds })
  })

  test.each(['999', 'Unknown action 999'])('as %j, although its type is unknown', (text) => {
    expect(kindsNamed(text)).toEqual({ anyOf: [999] })
  })

  test.each(['created', 'updated', 'deleted'])('by its category %s', (category) => {
    const kinds = kindsNamed(category)
    const ofCategory = DISCORD_ACTIONS.filter(([type]) => includes(kinds, type)).map(([type]) => type)
    expect(ofCategory).toEqual(
      DISCORD_ACTIONS.filter((action) => action[3] === category).map(([type]) => type),
    )
  })

  test('as updated if it is a timeout, which Discord logs as a Member Update', () => {
    const updated = kindsNamed('updated')
    const below = Object.values(Kind).filter((kind) => kind !== Kind.PrunePart)
    expect(below.filter((kind) => !includes(updated, kind))).toEqual([])
  })
})

test.each([
  ['Member Kik', 'Member Kik'],
  ['', '\\(blank\\)'],
  ['@everyone **now**', '\\@everyone \\*\\*now\\*\\*'],
  ['x'.repeat(61), `${'x'.repeat(59)}…`],
])('%j, which is not an action, is rejected with a hint how to find one', (text, shown) => {
  expect(() => kindsNamed(text)).toThrow(
    new UserError(
      `There is no action “${shown}”. Pick one from the list that appears while you type, such as ` +
        '`Member Kick`, `Bans & kicks` or `deleted`.',
    ),
  )
})

test('every kind, known or not, is in exactly one group', () => {
  const anyKind = fc.oneof(
    fc.constantFrom(...Object.values(Kind), ...DISCORD_ACTIONS.map(([type]) => type)),
    fc.nat(100_000),
  )
  fc.assert(
    fc.property(anyKind, (kind) => {
      expect(GROUPS.filter((group) => includes(kindsNamed(group), kind))).toHaveLength(1)
    }),
  )
})

describe('kinds have a name', () => {
  test.each(ACTION_NAMES)('$name, which finds the same kinds', ({ kinds }) => {
    expect(kindsNamed(nameOfKinds(kinds))).toEqual(kinds)
  })

  test.each([
    [{ anyOf: [72, 73] }, 'Deletes'],
    [{ anyOf: [72] }, 'Message Delete'],
    [{ anyOf: [24, Kind.Timeout, Kind.TimeoutRemove, Kind.OwnUpdate] }, 'Member Update'],
    [{ anyOf: [999] }, 'Unknown action 999'],
    [{ anyOf: [20, 72] }, 'Member Kick, Message Delete'],
    [kindsNamed('Other'), 'Other'],
    [PUNISHMENTS, 'kicks, bans and timeouts'],
    [{ noneOf: [20] }, 'Other'],
  ])('%j: %j', (kinds, name) => {
    expect(nameOfKinds(kinds)).toBe(name)
  })
})

describe('while an action is typed', () => {
  test('an empty text offers groups, then categories, then actions in the order of their types', () => {
    expect(namesFor(' ').slice(0, 15)).toEqual([
      ...GROUPS,
      'created',
      'updated',
      'deleted',
      'Guild Update',
      'Channel Create',
    ])
  })

  test.each([
    ['kick', ['Bans & kicks', 'Member Kick']],
    ['BAN', ['Bans & kicks', 'Member Ban Add', 'Member Ban Remove']],
    ['role d', ['Role Delete']],
    ['role', ['Roles', 'Role Create', 'Role Update', 'Role Delete', 'Member Role Update']],
    ['member_timeout', ['Member Timeout', 'Member Timeout Remove']],
    ['mute', ['Member Timeout', 'Member Update', 'Member Timeout Remove']],
    ['teleport', []],
  ])('%j offers names that begin with it before names that contain it', (typed, names) => {
    expect(namesFor(typed)).toEqual(names)
  })

  test('each name is offered once', () => {
    const names = namesFor('')
    expect(names).toEqual([...new Set(names)])
  })
})

function namesFor(typed: string): string[] {
  return suggestActions(typed, new Set()).map(({ name }) => name)
}

function includes(kinds: Kinds, kind: number): boolean {
  return 'anyOf' in kinds ? kinds.anyOf.includes(kind) : !kinds.noneOf.includes(kind)
}
