import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { ACTION_NAMES, kindsNamed, nameOfKinds } from '../../../src/core/audit-log/action-names.ts'
import { GROUPS } from '../../../src/core/audit-log/actions/row.ts'
import { Kind } from '../../../src/core/audit-log/kind.ts'
import { PUNISHMENTS } from '../../../src/core/audit-log/punishments.ts'
import { UserError } from '../../../src/core/errors.ts'
import type { Kinds } from '../../../src/core/query/filter.ts'
import { DISCORD_ACTIONS } from './discord-actions.ts'

const EVERY_KIND = [...Object.values(Kind), ...DISCORD_ACTIONS.map(([type]) => type), 999, 100_000]

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

describe('several actions, separated by commas,', () => {
  test.each([
    ['Member Kick, Member Ban Add', [20, 22]],
    ['Member Ban Add,member kick', [22, 20]],
    [' DELETES ,, member_kick , ', [72, 73, 20]],
    ['Member Kick, 20, MEMBER_KICK', [20]],
    ['Message Delete (a remark), Member Kick', [72, 20]],
    ['Member Move，Member Disconnect、Message Pin،999', [26, 27, 74, 999]],
  ])('are the kinds of all: %j', (text, kinds) => {
    expect(kindsNamed(text)).toEqual({ anyOf: kinds })
  })

  test('are read as the choices show them, with what they say in brackets', () => {
    const shown = ACTION_NAMES.map(({ name, also, type }) => `${name} (${also ?? type})`)
    for (const [index, text] of shown.entries()) {
      expect(kindsNamed(text)).toEqual(ACTION_NAMES[index]?.kinds)
      expect(kindsNamed(`${text}, Member Kick`)).toEqual(
        kindsNamed(`${ACTION_NAMES[index]?.name}, Member Kick`),
      )
    }
  })

  test('are rejected with the name of the one that does not exist', () => {
    expect(() => kindsNamed('Member Kick, Member Kik, Deletes')).toThrow(
      /^There is no action “Member Kik”\. Pick/,
    )
  })

  const anyNames = fc.subarray(
    ACTION_NAMES.map(({ name }) => name),
    { minLength: 1 },
  )
  const anyText = fc
    .tuple(anyNames, fc.func(fc.nat(2)))
    .map(([names, styleOf]) =>
      names
        .map((name) => [name, name.toUpperCase(), name.replaceAll(' ', '_')][styleOf(name)] ?? name)
        .join(', '),
    )

  test('select exactly what each of them selects, whatever their case and order', () => {
    fc.assert(
      fc.property(anyText, (text) => {
        const kinds = kindsNamed(text)
        const each = text.split(', ').map(kindsNamed)
        for (const kind of EVERY_KIND) {
          expect(includes(kinds, kind), `${text}: ${kind}`).toBe(each.some((one) => includes(one, kind)))
        }
      }),
    )
  })

  test('have a short name of at most four, which selects the same if it is not shortened', () => {
    fc.assert(
      fc.property(anyText, (text) => {
        const kinds = kindsNamed(text)
        const name = nameOfKinds(kinds)
        expect(name.split(', ').length).toBeLessThanOrEqual(4)
        const isShortened = / and \d+ more$/.test(name)
        const again = isShortened ? kinds : name === 'every action' ? { noneOf: [] } : kindsNamed(name)
        for (const kind of EVERY_KIND) expect(includes(again, kind)).toBe(includes(kinds, kind))
      }),
    )
  })
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
    [{ noneOf: [] }, 'every action'],
    [kindsNamed('Deletes, Bans & kicks'), 'Bans & kicks, Deletes'],
    [kindsNamed('Member Kick, Other'), 'Other, Member Kick'],
    [kindsNamed('Message Delete, Message Bulk Delete'), 'Deletes'],
    [kindsNamed('deleted, Deletes, Member Kick'), 'deleted, Member Kick'],
    [kindsNamed('Timeouts, Roles, Channels, Messages'), 'Timeouts, Roles, Channels, Messages'],
    [kindsNamed('20, 22, 23, 26, 27, 999'), 'Member Kick, Member Ban Add, Member Ban Remove and 3 more'],
    [{ anyOf: [24] }, 'Member Update'],
  ])('%j: %j', (kinds, name) => {
    expect(nameOfKinds(kinds)).toBe(name)
  })
})

function includes(kinds: Kinds, kind: number): boolean {
  return 'anyOf' in kinds ? kinds.anyOf.includes(kind) : !kinds.noneOf.includes(kind)
}
