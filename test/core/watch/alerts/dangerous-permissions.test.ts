import { PermissionFlagsBits as May } from 'discord-api-types/v10'
import { expect, test } from 'vitest'
import { givesDanger } from '../../../../src/core/watch/alerts/dangerous-permissions.ts'
import { entryOf } from '../../../support/entries/entries.ts'

const roles = new Map([
  ['900', May.Administrator],
  ['901', May.SendMessages],
])

/** An entry with one change. */
function change(type: number, key: string, sides: { old_value?: unknown; new_value?: unknown }) {
  return entryOf('1', {
    id: '1574743715870670857',
    action_type: type,
    user_id: '7',
    target_id: '8',
    changes: [{ key, ...sides }],
  })
}

const added = (...ids: string[]) => ({ new_value: ids.map((id) => ({ id, name: 'A role' })) })

test.each(
  Object.entries({
    Administrator: May.Administrator,
    'Manage Server': May.ManageGuild,
    'Manage Roles': May.ManageRoles,
    'Manage Channels': May.ManageChannels,
    'Ban Members': May.BanMembers,
    'Kick Members': May.KickMembers,
    'Manage Webhooks': May.ManageWebhooks,
    'Mention Everyone': May.MentionEveryone,
  }),
)('%s is dangerous', (_, bit) => {
  const values = { old_value: String(May.SendMessages), new_value: String(May.SendMessages | bit) }
  expect(givesDanger(change(31, 'permissions', values), roles)).toBe(true)
})

test.each([
  ['that is taken', change(31, 'permissions', { old_value: '8', new_value: '0' })],
  ['that was there before', change(31, 'permissions', { old_value: '8', new_value: '9' })],
  ['that is denied in a channel', change(14, 'deny', { old_value: '0', new_value: '8' })],
  ['of a role that is taken from a member', change(25, '$remove', added('900'))],
  ['that is not dangerous, by a role', change(25, '$add', added('901'))],
  ['of a role that is not known', change(25, '$add', added('999'))],
  ['that cannot be read', change(31, 'permissions', { old_value: {}, new_value: [] })],
  ['in another key', change(31, 'name', { new_value: '8' })],
])('a permission %s gives no danger', (_, entry) => {
  expect(givesDanger(entry, roles)).toBe(false)
})

test.each([
  ['to a new role', change(30, 'permissions', { new_value: '8' })],
  ['in a channel', change(13, 'allow', { new_value: '8' })],
  ['in a channel, later', change(14, 'allow', { old_value: '1', new_value: '9' })],
  ['by one of several roles', change(25, '$add', added('901', '900'))],
])('a dangerous permission is given %s', (_, entry) => {
  expect(givesDanger(entry, roles)).toBe(true)
})

test('a member who gives a dangerous role to themselves is noticed', () => {
  const entry = entryOf('1', {
    id: '1574743715870670857',
    action_type: 25,
    user_id: '7',
    target_id: '7',
    changes: [{ key: '$add', ...added('900') }],
  })
  expect(givesDanger(entry, roles)).toBe(true)
})
