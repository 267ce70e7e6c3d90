import { expect, test } from 'vitest'
import { ACTIONS } from '../../../src/core/audit-log/action.ts'
import { type Entry, parseEntry } from '../../../src/core/audit-log/entry.ts'
import { Names, NO_NAMES } from '../../../src/core/names/names.ts'
import { sentenceOf } from '../../../src/view/entry/sentence.ts'
import { markdownFormatter, plainFormatter } from '../../../src/view/text/formatter.ts'
import { namedEntity } from '../../support/entries/names.ts'

const GUILD = '900000000000000000'
const [MOD, MEMBER, CHANNEL, ROLE] = ['1', '2', '3', '4'].map((digit) => digit.padEnd(18, '0'))

function entry(payload: object): Entry {
  const parsed = parseEntry(GUILD, { id: '1500000000000000000', user_id: MOD, ...payload })
  if ('rejected' in parsed) throw new Error(parsed.rejected)
  return parsed.entry
}

test.each<[payload: object, sentence: string]>([
  [{ action_type: 20, target_id: MEMBER }, `<@${MOD}> kicked <@${MEMBER}>`],
  [{ action_type: 22, user_id: null, target_id: MEMBER }, `Somebody unknown banned <@${MEMBER}>`],
  [
    { action_type: 72, target_id: MEMBER, options: { channel_id: CHANNEL, count: '1234' } },
    `<@${MOD}> deleted 1,234 messages by <@${MEMBER}> in <#${CHANNEL}>`,
  ],
  [
    { action_type: 72, target_id: MEMBER, options: { channel_id: CHANNEL, count: '1' } },
    `<@${MOD}> deleted a message by <@${MEMBER}> in <#${CHANNEL}>`,
  ],
  [
    { action_type: 73, target_id: CHANNEL, options: { count: '50' } },
    `<@${MOD}> bulk deleted 50 messages in <#${CHANNEL}>`,
  ],
  [
    { action_type: 21, options: { delete_member_days: '7', members_removed: '1' } },
    `<@${MOD}> pruned 1 member, inactive for 7 days`,
  ],
  [{ action_type: 21 }, `<@${MOD}> pruned members`],
  [{ action_type: 72, user_id: null }, 'Somebody unknown deleted a message by somebody unknown'],
  [
    { action_type: 26, options: { channel_id: CHANNEL, count: '2' } },
    `<@${MOD}> moved 2 members to <#${CHANNEL}>`,
  ],
  [{ action_type: 27, options: { count: '1' } }, `<@${MOD}> disconnected a member from voice`],
  [
    {
      action_type: 24,
      target_id: MEMBER,
      changes: [{ key: 'communication_disabled_until', new_value: '2026-05-02T22:04:26.100000+00:00' }],
    },
    `<@${MOD}> timed out <@${MEMBER}> for 17 hours`,
  ],
  [
    {
      action_type: 24,
      target_id: MEMBER,
      changes: [{ key: 'communication_disabled_until', new_value: 'soon' }],
    },
    `<@${MOD}> timed out <@${MEMBER}>`,
  ],
  [
    {
      action_type: 24,
      target_id: MEMBER,
      changes: [
        {
          key: 'communication_disabled_until',
          old_value: '2026-05-02T05:14:27.000000+00:00',
          new_value: '2026-05-09T05:02:28.000000+00:00',
        },
      ],
    },
    `<@${MOD}> changed the timeout of <@${MEMBER}> to 7 days`,
  ],
  [
    {
      action_type: 24,
      target_id: MEMBER,
      changes: [
        {
          key: 'communication_disabled_until',
          old_value: '2026-05-02T05:04:20.000000+00:00',
          new_value: '2026-05-02T05:05:27.000000+00:00',
        },
      ],
    },
    `<@${MOD}> timed out <@${MEMBER}> for 1 minute`,
  ],
  [
    {
      action_type: 24,
      target_id: MEMBER,
      changes: [{ key: 'communication_disabled_until', old_value: 'x' }],
    },
    `<@${MOD}> lifted the timeout of <@${MEMBER}>`,
  ],
  [{ action_type: 24, target_id: MOD, changes: [{ key: 'nick' }] }, `<@${MOD}> updated their own profile`],
  [
    {
      action_type: 25,
      target_id: MEMBER,
      changes: [
        { key: '$add', new_value: [{ id: ROLE, name: 'Muted' }] },
        { key: '$remove', new_value: [{ id: CHANNEL, name: 'Trusted' }] },
      ],
    },
    `<@${MOD}> changed the roles of <@${MEMBER}>: +<@&${ROLE}> −<@&${CHANNEL}>`,
  ],
  [
    { action_type: 14, target_id: CHANNEL, options: { id: ROLE, type: '0', role_name: 'Muted' } },
    `<@${MOD}> changed permissions for <@&${ROLE}> in <#${CHANNEL}>`,
  ],
  [
    { action_type: 13, target_id: CHANNEL, options: { id: MEMBER, type: '1' } },
    `<@${MOD}> set permissions for <@${MEMBER}> in <#${CHANNEL}>`,
  ],
  [{ action_type: 13, target_id: CHANNEL }, `<@${MOD}> set permissions in <#${CHANNEL}>`],
  [
    { action_type: 12, target_id: CHANNEL, changes: [{ key: 'name', old_value: 'old-chat' }] },
    `<@${MOD}> deleted the channel **old\\-chat**`,
  ],
  [{ action_type: 40, changes: [{ key: 'code', new_value: 'abc' }] }, `<@${MOD}> created an invite **abc**`],
  [{ action_type: 40 }, `<@${MOD}> created an invite`],
  [
    { action_type: 145, target_id: MOD, options: { auto_moderation_rule_name: 'No *scams*' } },
    `AutoMod timed out <@${MOD}> (**No \\*scams\\***)`,
  ],
  [
    { action_type: 192, target_id: CHANNEL, options: { channel_id: CHANNEL, status: 'In a meeting' } },
    `<@${MOD}> set the voice status of <#${CHANNEL}>: **In a meeting**`,
  ],
  [
    { action_type: 13, target_id: null, options: { channel_id: CHANNEL, id: ROLE, type: '0' } },
    `<@${MOD}> set permissions for <@&${ROLE}> in <#${CHANNEL}>`,
  ],
  [{ action_type: 14, options: { channel_id: CHANNEL } }, `<@${MOD}> changed permissions in <#${CHANNEL}>`],
  [
    { action_type: 15, target_id: '', options: { channel_id: CHANNEL } },
    `<@${MOD}> reset permissions in <#${CHANNEL}>`,
  ],
  [
    { action_type: 192, target_id: null, options: { channel_id: CHANNEL, status: 'In a meeting' } },
    `<@${MOD}> set the voice status of <#${CHANNEL}>: **In a meeting**`,
  ],
  [
    { action_type: 193, options: { channel_id: CHANNEL } },
    `<@${MOD}> cleared the voice status of <#${CHANNEL}>`,
  ],
  [{ action_type: 11, options: { channel_id: CHANNEL } }, `<@${MOD}> changed the channel <#${CHANNEL}>`],
  [
    {
      action_type: 24,
      target_id: MEMBER,
      changes: [{ key: 'communication_disabled_until', new_value: '2023-01-13T00:27:45.148+01:00' }],
    },
    `<@${MOD}> lifted the timeout of <@${MEMBER}>`,
  ],
  [
    {
      action_type: 999,
      target_id: MEMBER,
      changes: [{ key: 'name', new_value: 'x' }],
    },
    `<@${MOD}> did something Custos does not know yet, action 999, to \`${MEMBER}\``,
  ],
  [{ action_type: 999, target_id: null }, `<@${MOD}> did something Custos does not know yet, action 999`],
])('%j reads as a sentence', (payload, sentence) => {
  expect(sentenceOf(entry(payload), markdownFormatter(NO_NAMES))).toBe(sentence)
})

test.each([...ACTIONS.values()])(
  'the sentence of $name is complete, even if its entry has no fields',
  ({ type }) => {
    for (const formatter of [markdownFormatter(NO_NAMES), plainFormatter(NO_NAMES, 'UTC')]) {
      expect(sentenceOf(entry({ action_type: type }), formatter)).not.toMatch(/[[\]{}]|undefined|null/)
    }
  },
)

test('a right-to-left name does not reverse the text around it in a menu', () => {
  const names = new Names(GUILD, [namedEntity(MEMBER ?? '', 'user', 'داليا')])
  const kick = entry({ action_type: 20, target_id: MEMBER })
  expect(sentenceOf(kick, plainFormatter(names, 'UTC'))).toBe(`@${MOD} kicked @\u2068داليا\u2069`)
})

test('a menu shows users and channels by name, or by id if no name is known', () => {
  const names = new Names(GUILD, [namedEntity(CHANNEL ?? '', 'channel', 'general')])
  const purge = entry({ action_type: 73, target_id: CHANNEL, options: { count: '50' } })
  expect(sentenceOf(purge, plainFormatter(names, 'UTC'))).toBe(`@${MOD} bulk deleted 50 messages in #general`)
})
