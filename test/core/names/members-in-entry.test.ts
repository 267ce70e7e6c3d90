import { expect, test } from 'vitest'
import { membersIn } from '../../../src/core/names/members-in-entry.ts'
import { entriesOf } from '../../support/entries/entries.ts'

/** Its own id, which is its first moment. */
const GUILD = '50'

const members = (...payloads: object[]) =>
  membersIn(
    entriesOf(
      GUILD,
      payloads.map((payload, index) => ({ id: String(100 + index), ...payload })),
    ),
  ).map(({ id, at }) => [id, at])

test.each<[what: string, payload: object, who: string[]]>([
  ['who kicks, not who is kicked', { action_type: 20, user_id: '7', target_id: '8' }, ['7']],
  ['who bans, not who is banned', { action_type: 22, user_id: '7', target_id: '8' }, ['7']],
  ['who unbans, not who is unbanned', { action_type: 23, user_id: '7', target_id: '8' }, ['7']],
  ['who gives roles, and who is given them', { action_type: 25, user_id: '7', target_id: '8' }, ['7', '8']],
  ['who renames a member, and the member', { action_type: 24, user_id: '7', target_id: '8' }, ['7', '8']],
  ['who is given roles by nobody known', { action_type: 25, user_id: null, target_id: '8' }, ['8']],
  [
    'who times out, and who is timed out',
    {
      action_type: 24,
      user_id: '7',
      target_id: '8',
      changes: [{ key: 'communication_disabled_until', new_value: 'x' }],
    },
    ['7', '8'],
  ],
  ['who renames themselves', { action_type: 24, user_id: '7', target_id: '7' }, ['7']],
  ['who adds a bot, and the bot', { action_type: 28, user_id: '7', target_id: '8' }, ['7', '8']],
  ['who starts a thread', { action_type: 110, user_id: '7', target_id: '9' }, ['7']],
  ['who does something unknown', { action_type: 999, user_id: '7', target_id: '8' }, ['7']],
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

test.each<[what: string, payload: object, who: [id: string, at: string][]]>([
  [
    'of a deleted message',
    { action_type: 72, user_id: '7', target_id: '8' },
    [
      ['7', '100'],
      ['8', GUILD],
    ],
  ],
  ['of a pinned message', { action_type: 74, user_id: null, target_id: '8' }, [['8', GUILD]]],
  ['that AutoMod blocked', { action_type: 143, user_id: '8', target_id: '8' }, [['8', GUILD]]],
])('the author %s was in the server at some time, maybe before they were kicked', (_, payload, who) => {
  expect(members(payload)).toEqual(who)
})
