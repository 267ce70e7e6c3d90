import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { ACTION_NAMES, kindsNamed } from '../../../src/core/audit-log/action-names.ts'
import { GROUPS } from '../../../src/core/audit-log/actions/row.ts'
import { completeActions } from '../../../src/core/audit-log/suggest-actions.ts'
import { eitherKinds, hasKinds } from '../../../src/core/query/filter.ts'

const LONGEST = 100

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

describe('after a comma', () => {
  test.each([
    [
      'Member Kick, ban',
      ['Member Kick, Bans & kicks', 'Member Kick, Member Ban Add', 'Member Kick, Member Ban Remove'],
    ],
    ['member kick,BAN R', ['Member Kick, Member Ban Remove']],
    ['20, DELETES, member kick, message p', ['Member Kick, Deletes, Message Pin']],
    ['Member Ban Add (ban), kick', ['Member Ban Add, Bans & kicks', 'Member Ban Add, Member Kick']],
    [
      'Member Update (nickname, voice mute or deafen), kick',
      ['Member Update, Bans & kicks', 'Member Update, Member Kick'],
    ],
    ['Unknown action 999, prune', ['Unknown action 999, Member Prune']],
    [', , kick', ['Bans & kicks', 'Member Kick']],
  ])('%j completes the last', (typed, lists) => {
    expect(namesFor(typed)).toEqual(lists)
  })

  test('what is in the list already is not offered again', () => {
    expect(namesFor('Bans & kicks, member')).not.toContain('Bans & kicks, Member Kick')
    expect(namesFor('Bans & kicks, ')).toHaveLength(ACTION_NAMES.length - 5)
    expect(namesFor('Other, oth')).toEqual([])
  })

  test('nothing is offered if one before does not exist, so that the answer can say which', () => {
    expect(namesFor('Member Kik, ban')).toEqual([])
  })

  test('a list that is too long has numbers for those before the last', () => {
    const typed =
      'Member Kick, Member Ban Add, Member Ban Remove, Member Timeout, Member Move, Message Delete, role c'
    expect(namesFor(typed)).toEqual(['20, 22, 23, Member Timeout, 26, 72, Role Create'])
  })

  test('a list that is too long with numbers as well is not offered', () => {
    const typed = `${[...GROUPS].join(', ')}, Auto Moderation User Communication`
    expect(namesFor(typed)).toEqual([])
  })

  test('every list is short enough for a choice, and selects what was typed and the one completed', () => {
    const names = ACTION_NAMES.map(({ name }) => name)
    fc.assert(
      fc.property(
        fc.array(fc.constantFrom(...names), { maxLength: 9 }),
        fc.constantFrom(...names),
        (before, last) => {
          const typed = [...before, last.slice(0, 4)].join(', ')
          for (const list of completeActions(typed, new Set(), LONGEST)) {
            expect(list.text.length).toBeLessThanOrEqual(LONGEST)
            const wanted = before.map(kindsNamed).reduce(eitherKinds, list.last.kinds)
            const kinds = kindsNamed(list.text)
            expect(hasKinds(kinds, wanted) && hasKinds(wanted, kinds), `${typed}: ${list.text}`).toBe(true)
          }
        },
      ),
    )
  })
})

function namesFor(typed: string): string[] {
  return completeActions(typed, new Set(), LONGEST).map(({ text }) => text)
}
