import { expect } from 'vitest'
import * as automod from '../../../sandbox/actions/automod.ts'
import * as server from '../../../sandbox/actions/guild.ts'
import * as messages from '../../../sandbox/actions/messages.ts'
import * as roles from '../../../sandbox/actions/roles.ts'
import { newRole } from '../../../sandbox/world/guild.ts'
import type { ActionCase } from '../../support/sandbox/expect-action.ts'
import { mutedRole } from '../../support/sandbox/known-ids.ts'

const NEW_ID = '1574756470000000000'
const MESSAGE_ID = '1574756470000000001'
const COMMAND_ID = '1574756470000000002'
const NO_SCAMS = { name: 'No scam links', trigger: 1 }
const KIND_NAMES = { name: 'Block Words in Member Profile Names', trigger: 6 }

export const OTHER_CASES: readonly ActionCase[] = [
  {
    title: 'renaming the server',
    act: ({ actor }) =>
      server.updateGuild(
        actor,
        { name: 'The Reading Room', verification_level: 1 },
        { name: 'The Library', verification_level: 1 },
        'We have grown',
      ),
    entry: ({ alice, discord }) => ({
      action_type: 1,
      user_id: alice,
      target_id: discord.town.guild.id,
      changes: [{ key: 'name', old_value: 'The Reading Room', new_value: 'The Library' }],
      reason: 'We have grown',
    }),
    events: ({ discord }) => [
      ['GUILD_UPDATE', expect.objectContaining({ id: discord.town.guild.id, name: 'The Library' })],
    ],
  },
  {
    title: 'creating a role',
    act: ({ actor }) =>
      roles.createRole(actor, newRole({ id: NEW_ID, name: 'Night watch', permissions: 8n })),
    entry: ({ alice }) => ({
      action_type: 30,
      user_id: alice,
      target_id: NEW_ID,
      changes: [
        { key: 'name', new_value: 'Night watch' },
        { key: 'permissions', new_value: '8' },
        { key: 'color', new_value: 0 },
        { key: 'hoist', new_value: false },
        { key: 'mentionable', new_value: false },
      ],
    }),
    events: ({ discord }) => [
      [
        'GUILD_ROLE_CREATE',
        {
          role: newRole({ id: NEW_ID, name: 'Night watch', permissions: 8n }),
          guild_id: discord.town.guild.id,
        },
      ],
    ],
  },
  {
    title: 'updating a role',
    act: (ids) => roles.updateRole(ids.actor, mutedRole(ids).id, { permissions: '1024' }),
    entry: (ids) => ({
      action_type: 31,
      user_id: ids.alice,
      target_id: mutedRole(ids).id,
      changes: [{ key: 'permissions', old_value: '0', new_value: '1024' }],
    }),
    events: (ids) => [
      [
        'GUILD_ROLE_UPDATE',
        { role: { ...mutedRole(ids), permissions: '1024' }, guild_id: ids.discord.town.guild.id },
      ],
    ],
  },
  {
    title: 'deleting a role',
    act: (ids) => roles.deleteRole(ids.actor, mutedRole(ids).id, 'Replaced by timeouts'),
    entry: (ids) => ({
      action_type: 32,
      user_id: ids.alice,
      target_id: mutedRole(ids).id,
      changes: [
        { key: 'name', old_value: 'Muted' },
        { key: 'permissions', old_value: '0' },
        { key: 'color', old_value: 0 },
        { key: 'hoist', old_value: false },
        { key: 'mentionable', old_value: false },
      ],
      reason: 'Replaced by timeouts',
    }),
    events: (ids) => [
      ['GUILD_ROLE_DELETE', { role_id: mutedRole(ids).id, guild_id: ids.discord.town.guild.id }],
    ],
  },
  {
    title: 'deleting a member’s message',
    act: ({ actor, general, marble }) => messages.deleteMessage(actor, general, marble),
    entry: ({ alice, general, marble }) => ({
      action_type: 72,
      user_id: alice,
      target_id: marble,
      options: { channel_id: general, count: '1' },
    }),
  },
  {
    title: 'deleting messages in bulk',
    act: ({ actor, general }) => messages.bulkDelete(actor, general, 40, 'Spam'),
    entry: ({ alice, general }) => ({
      action_type: 73,
      user_id: alice,
      target_id: general,
      options: { count: '40' },
      reason: 'Spam',
    }),
  },
  {
    title: 'pinning a message',
    act: ({ actor, general, marble }) => messages.pin(actor, general, MESSAGE_ID, marble),
    entry: ({ alice, general, marble }) => ({
      action_type: 74,
      user_id: alice,
      target_id: marble,
      options: { channel_id: general, message_id: MESSAGE_ID },
    }),
  },
  {
    title: 'unpinning a message',
    act: ({ actor, general, marble }) => messages.unpin(actor, general, MESSAGE_ID, marble),
    entry: ({ alice, general, marble }) => ({
      action_type: 75,
      user_id: alice,
      target_id: marble,
      options: { channel_id: general, message_id: MESSAGE_ID },
    }),
  },
  {
    title: 'setting a command’s permissions',
    act: ({ actor, discord, marble }) =>
      server.setCommandPermissions(actor, COMMAND_ID, discord.town.bot.id, {
        [marble]: { id: marble, type: 2, permission: false },
      }),
    entry: ({ alice, discord, marble }) => ({
      action_type: 121,
      user_id: alice,
      target_id: COMMAND_ID,
      changes: [{ key: marble, new_value: { id: marble, type: 2, permission: false } }],
      options: { application_id: discord.town.bot.id },
    }),
  },
  {
    title: 'AutoMod blocking a message',
    act: ({ actor, marble, general }) => automod.blockMessage(actor, NO_SCAMS, marble, general),
    entry: ({ marble, general }) => ({
      action_type: 143,
      user_id: marble,
      target_id: marble,
      options: {
        auto_moderation_rule_name: 'No scam links',
        auto_moderation_rule_trigger_type: '1',
        channel_id: general,
      },
    }),
  },
  {
    title: 'AutoMod flagging a message',
    act: ({ actor, marble, general }) => automod.flagMessage(actor, NO_SCAMS, marble, general),
    entry: ({ marble, general }) => ({
      action_type: 144,
      user_id: marble,
      target_id: marble,
      options: {
        auto_moderation_rule_name: 'No scam links',
        auto_moderation_rule_trigger_type: '1',
        channel_id: general,
      },
      reason: 'Message was flagged by AutoMod',
    }),
  },
  {
    title: 'AutoMod timing a member out',
    act: ({ actor, marble, general }) => automod.timeOut(actor, NO_SCAMS, marble, general),
    entry: ({ marble, general }) => ({
      action_type: 145,
      user_id: marble,
      target_id: marble,
      options: {
        auto_moderation_rule_name: 'No scam links',
        auto_moderation_rule_trigger_type: '1',
        channel_id: general,
      },
    }),
  },
  {
    title: 'AutoMod quarantining a member, without an executor',
    act: ({ actor, marble }) => automod.quarantine(actor, KIND_NAMES, marble),
    entry: ({ marble }) => ({
      action_type: 146,
      user_id: null,
      target_id: marble,
      options: {
        auto_moderation_rule_name: 'Block Words in Member Profile Names',
        auto_moderation_rule_trigger_type: '6',
      },
      reason: 'Profile contained keyword that violated Block Words in Member Profile Names rule',
    }),
  },
  {
    title: 'updating onboarding',
    act: ({ actor }) => server.updateOnboarding(actor, { enabled: false }, { enabled: true }),
    entry: ({ alice, discord }) => ({
      action_type: 167,
      user_id: alice,
      target_id: discord.town.guild.id,
      changes: [{ key: 'enabled', old_value: false, new_value: true }],
    }),
  },
  {
    title: 'setting a voice channel’s status',
    act: ({ actor, lounge }) => server.setVoiceStatus(actor, lounge, 'in a meeting'),
    entry: ({ alice, lounge }) => ({
      action_type: 192,
      user_id: alice,
      target_id: lounge,
      options: { channel_id: lounge, status: 'in a meeting' },
    }),
  },
  {
    title: 'clearing a voice channel’s status',
    act: ({ actor, lounge }) => server.setVoiceStatus(actor, lounge, null),
    entry: ({ alice, lounge }) => ({
      action_type: 193,
      user_id: alice,
      target_id: lounge,
      options: { channel_id: lounge },
    }),
  },
]
