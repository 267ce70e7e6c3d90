import { expect, test } from 'vitest'
import { membersIn } from '../../../src/core/names/members-in-entry.ts'
import { entriesOf } from '../../support/entries/entries.ts'

const GUILD = '900000000000000000'

const members = (...payloads: object[]) =>
  membersIn(
    entriesOf(
      GUILD,
      payloads.map((payload, index) => ({ id: String(100 + index), ...payload })),
    ),
  ).map(({ id, at, type, name, presence }) => {
    expect([type, name, presence]).toEqual(['user', null, 'present'])
    return [id, at]
  })

test.each<[what: string, payload: object, who: string[]]>([
  ['who kicks, not who is kicked', { action_type: 20, user_id: '7', target_id: '8' }, ['7']],
  ['who bans, not who is banned', { action_type: 22, user_id: '7', target_id: '8' }, ['7']],
  ['who deletes, not the author', { action_type: 72, user_id: '7', target_id: '8' }, ['7']],
  ['who gives roles, not who is given them', { action_type: 25, user_id: '7', target_id: '8' }, ['7']],
  [
    'who times out, not who is timed out',
    {
      action_type: 24,
      user_id: '7',
      target_id: '8',
      changes: [{ key: 'communication_disabled_until', new_value: 'x' }],
    },
    ['7'],
  ],
  ['who renames themselves', { action_type: 24, user_id: '7', target_id: '7' }, ['7']],
  ['who adds a bot, not the bot', { action_type: 28, user_id: '7', target_id: '8' }, ['7']],
  ['who starts a thread', { action_type: 110, user_id: '7', target_id: '9' }, ['7']],
  ['who does something unknown', { action_type: 999, user_id: '7', target_id: '8' }, ['7']],
  ['no offender', { action_type: 143, user_id: '7', target_id: '7' }, []],
  ['nobody if there is no executor', { action_type: 22, user_id: null, target_id: '8' }, []],
])('an entry shows the presence of a member: %s', (_, payload, who) => {
  expect(members(payload)).toEqual(who.map((id) => [id, '100']))
})

test('if a member made several entries, the last one counts', () => {
  const kick = { action_type: 20, user_id: '7', target_id: '8' }
  expect(members(kick, { ...kick, user_id: '9' }, kick, kick)).toEqual([
    ['7', '103'],
    ['9', '101'],
  ])
})
