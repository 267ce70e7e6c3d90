import * as members from '../../../sandbox/actions/members.ts'
import type { Act } from '../../support/expect-action.ts'
import { muted } from '../../support/known-ids.ts'

const HOUR = 3_600_000

export const MEMBER_ACTS: readonly Act[] = [
  {
    what: 'a member is kicked',
    act: ({ scene, marble }) => members.kick(scene, marble),
    entry: ({ alice, marble }) => ({ action_type: 20, user_id: alice, target_id: marble }),
  },
  {
    what: 'a member is kicked with a reason',
    act: ({ scene, marble }) => members.kick(scene, marble, 'testing'),
    entry: ({ alice, marble }) => ({ action_type: 20, user_id: alice, target_id: marble, reason: 'testing' }),
  },
  {
    what: 'members are pruned',
    act: ({ scene }) => members.prune(scene, 7, 0),
    entry: ({ alice }) => ({
      action_type: 21,
      user_id: alice,
      target_id: null,
      options: { delete_member_days: '7', members_removed: '0' },
    }),
  },
  {
    what: 'a member is banned',
    act: ({ scene, marble }) => members.ban(scene, marble, 'Raid'),
    entry: ({ alice, marble }) => ({ action_type: 22, user_id: alice, target_id: marble, reason: 'Raid' }),
    tells: ({ here, marble }) => [
      ['GUILD_BAN_ADD', { guild_id: here.town.guild.id, user: here.discord.world.users.get(marble) }],
    ],
  },
  {
    what: 'a ban is lifted',
    prepare: ({ scene, marble }) => members.ban(scene, marble),
    act: ({ scene, marble }) => members.unban(scene, marble, 'Appeal accepted'),
    entry: ({ alice, marble }) => ({
      action_type: 23,
      user_id: alice,
      target_id: marble,
      reason: 'Appeal accepted',
    }),
    tells: ({ here, marble }) => [
      ['GUILD_BAN_REMOVE', { guild_id: here.town.guild.id, user: here.discord.world.users.get(marble) }],
    ],
  },
  {
    what: 'a member is given a nickname',
    act: ({ scene, marble }) => members.rename(scene, marble, 'Reader 1'),
    entry: ({ alice, marble }) => ({
      action_type: 24,
      user_id: alice,
      target_id: marble,
      changes: [{ key: 'nick', new_value: 'Reader 1' }],
    }),
  },
  {
    what: 'a member is timed out',
    act: ({ scene, marble, here }) => members.timeout(scene, marble, here.clock.now() + HOUR, 'Calm down'),
    entry: ({ alice, marble }) => ({
      action_type: 24,
      user_id: alice,
      target_id: marble,
      changes: [{ key: 'communication_disabled_until', new_value: '2026-11-24T13:00:00.000000+00:00' }],
      reason: 'Calm down',
    }),
  },
  {
    what: 'a timeout is lifted',
    prepare: ({ scene, marble, here }) => members.timeout(scene, marble, here.clock.now() + HOUR),
    act: ({ scene, marble }) => members.timeout(scene, marble, null),
    entry: ({ alice, marble }) => ({
      action_type: 24,
      user_id: alice,
      target_id: marble,
      changes: [{ key: 'communication_disabled_until', old_value: '2026-11-24T13:00:00.000000+00:00' }],
    }),
  },
  {
    what: 'a member is given roles',
    act: (cast) => {
      const { trusted } = cast.here.town.roles
      members.giveRoles(cast.scene, cast.marble, [muted(cast).id, trusted.id], 'Normal reaction role')
    },
    entry: (cast) => ({
      action_type: 25,
      user_id: cast.alice,
      target_id: cast.marble,
      changes: [
        {
          key: '$add',
          new_value: [
            { id: muted(cast).id, name: 'Muted' },
            { id: cast.here.town.roles.trusted.id, name: 'Trusted' },
          ],
        },
      ],
      reason: 'Normal reaction role',
    }),
  },
  {
    what: 'a role is taken from a member',
    prepare: (cast) => members.giveRoles(cast.scene, cast.marble, [muted(cast).id]),
    act: (cast) => members.takeRoles(cast.scene, cast.marble, [muted(cast).id]),
    entry: (cast) => ({
      action_type: 25,
      user_id: cast.alice,
      target_id: cast.marble,
      changes: [{ key: '$remove', new_value: [{ id: muted(cast).id, name: 'Muted' }] }],
    }),
  },
  {
    what: 'of roles to give, only those that are new are logged',
    prepare: (cast) => members.giveRoles(cast.scene, cast.marble, [muted(cast).id]),
    act: (cast) => {
      const { trusted } = cast.here.town.roles
      members.giveRoles(cast.scene, cast.marble, [muted(cast).id, trusted.id])
    },
    entry: ({ alice, marble, here }) => ({
      action_type: 25,
      user_id: alice,
      target_id: marble,
      changes: [{ key: '$add', new_value: [{ id: here.town.roles.trusted.id, name: 'Trusted' }] }],
    }),
  },
  {
    what: 'a member is moved to a voice channel',
    act: ({ scene, lounge }) => members.move(scene, lounge),
    entry: ({ alice, lounge }) => ({
      action_type: 26,
      user_id: alice,
      target_id: null,
      options: { channel_id: lounge, count: '1' },
    }),
  },
  {
    what: 'a member is disconnected from voice',
    act: ({ scene }) => members.disconnect(scene),
    entry: ({ alice }) => ({ action_type: 27, user_id: alice, target_id: null, options: { count: '1' } }),
  },
  {
    what: 'a bot is added',
    act: ({ scene, gatekeeper }) => members.addBot(scene, gatekeeper),
    entry: ({ alice, gatekeeper }) => ({ action_type: 28, user_id: alice, target_id: gatekeeper }),
  },
]
