import * as members from '../../../sandbox/actions/members.ts'
import type { ActionCase } from '../../support/sandbox/expect-action.ts'
import { mutedRole } from '../../support/sandbox/known-ids.ts'

const HOUR = 3_600_000

export const MEMBER_CASES: readonly ActionCase[] = [
  {
    title: 'kicking a member',
    act: ({ actor, marble }) => members.kick(actor, marble),
    entry: ({ alice, marble }) => ({ action_type: 20, user_id: alice, target_id: marble }),
  },
  {
    title: 'kicking a member with a reason',
    act: ({ actor, marble }) => members.kick(actor, marble, 'testing'),
    entry: ({ alice, marble }) => ({ action_type: 20, user_id: alice, target_id: marble, reason: 'testing' }),
  },
  {
    title: 'pruning members',
    act: ({ actor }) => members.prune(actor, 7, 0),
    entry: ({ alice }) => ({
      action_type: 21,
      user_id: alice,
      target_id: null,
      options: { delete_member_days: '7', members_removed: '0' },
    }),
  },
  {
    title: 'banning a member',
    act: ({ actor, marble }) => members.ban(actor, marble, 'Raid'),
    entry: ({ alice, marble }) => ({ action_type: 22, user_id: alice, target_id: marble, reason: 'Raid' }),
    events: ({ discord, marble }) => [
      ['GUILD_BAN_ADD', { guild_id: discord.town.guild.id, user: discord.discord.world.users.get(marble) }],
    ],
  },
  {
    title: 'unbanning a user',
    prepare: ({ actor, marble }) => members.ban(actor, marble),
    act: ({ actor, marble }) => members.unban(actor, marble, 'Appeal accepted'),
    entry: ({ alice, marble }) => ({
      action_type: 23,
      user_id: alice,
      target_id: marble,
      reason: 'Appeal accepted',
    }),
    events: ({ discord, marble }) => [
      [
        'GUILD_BAN_REMOVE',
        { guild_id: discord.town.guild.id, user: discord.discord.world.users.get(marble) },
      ],
    ],
  },
  {
    title: 'setting a nickname',
    act: ({ actor, marble }) => members.setNickname(actor, marble, 'Reader 1'),
    entry: ({ alice, marble }) => ({
      action_type: 24,
      user_id: alice,
      target_id: marble,
      changes: [{ key: 'nick', new_value: 'Reader 1' }],
    }),
  },
  {
    title: 'timing a member out',
    act: ({ actor, marble, discord }) =>
      members.timeout(actor, marble, discord.clock.now() + HOUR, 'Calm down'),
    entry: ({ alice, marble }) => ({
      action_type: 24,
      user_id: alice,
      target_id: marble,
      changes: [{ key: 'communication_disabled_until', new_value: '2026-11-24T13:00:00.000000+00:00' }],
      reason: 'Calm down',
    }),
  },
  {
    title: 'removing a timeout',
    prepare: ({ actor, marble, discord }) => members.timeout(actor, marble, discord.clock.now() + HOUR),
    act: ({ actor, marble }) => members.timeout(actor, marble, null),
    entry: ({ alice, marble }) => ({
      action_type: 24,
      user_id: alice,
      target_id: marble,
      changes: [{ key: 'communication_disabled_until', old_value: '2026-11-24T13:00:00.000000+00:00' }],
    }),
  },
  {
    title: 'adding roles to a member',
    act: (ids) => {
      const { trusted } = ids.discord.town.roles
      members.addRoles(ids.actor, ids.marble, [mutedRole(ids).id, trusted.id], 'Normal reaction role')
    },
    entry: (ids) => ({
      action_type: 25,
      user_id: ids.alice,
      target_id: ids.marble,
      changes: [
        {
          key: '$add',
          new_value: [
            { id: mutedRole(ids).id, name: 'Muted' },
            { id: ids.discord.town.roles.trusted.id, name: 'Trusted' },
          ],
        },
      ],
      reason: 'Normal reaction role',
    }),
  },
  {
    title: 'removing a role from a member',
    prepare: (ids) => members.addRoles(ids.actor, ids.marble, [mutedRole(ids).id]),
    act: (ids) => members.removeRoles(ids.actor, ids.marble, [mutedRole(ids).id]),
    entry: (ids) => ({
      action_type: 25,
      user_id: ids.alice,
      target_id: ids.marble,
      changes: [{ key: '$remove', new_value: [{ id: mutedRole(ids).id, name: 'Muted' }] }],
    }),
  },
  {
    title: 'adding roles, some of which the member has',
    prepare: (ids) => members.addRoles(ids.actor, ids.marble, [mutedRole(ids).id]),
    act: (ids) => {
      const { trusted } = ids.discord.town.roles
      members.addRoles(ids.actor, ids.marble, [mutedRole(ids).id, trusted.id])
    },
    entry: ({ alice, marble, discord }) => ({
      action_type: 25,
      user_id: alice,
      target_id: marble,
      changes: [{ key: '$add', new_value: [{ id: discord.town.roles.trusted.id, name: 'Trusted' }] }],
    }),
  },
  {
    title: 'moving a member to a voice channel',
    act: ({ actor, lounge }) => members.move(actor, lounge),
    entry: ({ alice, lounge }) => ({
      action_type: 26,
      user_id: alice,
      target_id: null,
      options: { channel_id: lounge, count: '1' },
    }),
  },
  {
    title: 'disconnecting a member from voice',
    act: ({ actor }) => members.disconnect(actor),
    entry: ({ alice }) => ({ action_type: 27, user_id: alice, target_id: null, options: { count: '1' } }),
  },
  {
    title: 'adding a bot',
    act: ({ actor, gatekeeper }) => members.addBot(actor, gatekeeper),
    entry: ({ alice, gatekeeper }) => ({ action_type: 28, user_id: alice, target_id: gatekeeper }),
  },
]
