import * as channels from '../../../sandbox/actions/channels.ts'
import * as overwrites from '../../../sandbox/actions/overwrites.ts'
import * as threads from '../../../sandbox/actions/threads.ts'
import { textChannel, voiceChannel } from '../../../sandbox/world/channels.ts'
import type { ActionCase } from '../../support/sandbox/expect-action.ts'
import { type KnownIds, mutedRole } from '../../support/sandbox/known-ids.ts'

const NEW_ID = '1574756470000000000'

function channelOf({ discord }: KnownIds, id: string): object | undefined {
  return discord.town.guild.channels.get(id)
}

function threadId({ discord }: KnownIds): string {
  return [...discord.town.guild.threads.keys()][0] ?? ''
}

export const CHANNEL_CASES: readonly ActionCase[] = [
  {
    title: 'creating a text channel',
    act: ({ actor }) => channels.createChannel(actor, textChannel(NEW_ID, actor.guild.id, 'bot-test')),
    entry: ({ alice }) => ({
      action_type: 10,
      user_id: alice,
      target_id: NEW_ID,
      changes: [
        { key: 'name', new_value: 'bot-test' },
        { key: 'type', new_value: 0 },
        { key: 'permission_overwrites', new_value: [] },
        { key: 'nsfw', new_value: false },
        { key: 'rate_limit_per_user', new_value: 0 },
        { key: 'flags', new_value: 0 },
      ],
    }),
    events: (ids) => [['CHANNEL_CREATE', channelOf(ids, NEW_ID)]],
  },
  {
    title: 'creating a voice channel with a reason',
    act: ({ actor }) =>
      channels.createChannel(actor, voiceChannel(NEW_ID, actor.guild.id, 'General'), 'For the book club'),
    entry: ({ alice }) => ({
      action_type: 10,
      user_id: alice,
      target_id: NEW_ID,
      changes: [
        { key: 'name', new_value: 'General' },
        { key: 'type', new_value: 2 },
        { key: 'bitrate', new_value: 64_000 },
        { key: 'user_limit', new_value: 0 },
        { key: 'permission_overwrites', new_value: [] },
        { key: 'nsfw', new_value: false },
        { key: 'rate_limit_per_user', new_value: 0 },
        { key: 'flags', new_value: 0 },
      ],
      reason: 'For the book club',
    }),
    events: (ids) => [['CHANNEL_CREATE', channelOf(ids, NEW_ID)]],
  },
  {
    title: 'updating a channel',
    prepare: ({ actor, general }) => channels.updateChannel(actor, general, { topic: 'Anything' }),
    act: ({ actor, general }) =>
      channels.updateChannel(actor, general, { topic: 'Books', name: 'books', nsfw: false }),
    entry: ({ alice, general }) => ({
      action_type: 11,
      user_id: alice,
      target_id: general,
      changes: [
        { key: 'topic', old_value: 'Anything', new_value: 'Books' },
        { key: 'name', old_value: 'general', new_value: 'books' },
      ],
    }),
    events: (ids) => [['CHANNEL_UPDATE', channelOf(ids, ids.general)]],
  },
  {
    title: 'setting a field that was null',
    act: ({ actor, general }) => channels.updateChannel(actor, general, { topic: 'Books' }),
    entry: ({ alice, general }) => ({
      action_type: 11,
      user_id: alice,
      target_id: general,
      changes: [{ key: 'topic', new_value: 'Books' }],
    }),
    events: (ids) => [['CHANNEL_UPDATE', channelOf(ids, ids.general)]],
  },
  {
    title: 'setting a field to null',
    prepare: ({ actor, general }) => channels.updateChannel(actor, general, { topic: 'Anything' }),
    act: ({ actor, general }) => channels.updateChannel(actor, general, { topic: null }),
    entry: ({ alice, general }) => ({
      action_type: 11,
      user_id: alice,
      target_id: general,
      changes: [{ key: 'topic', old_value: 'Anything' }],
    }),
    events: (ids) => [['CHANNEL_UPDATE', channelOf(ids, ids.general)]],
  },
  {
    title: 'deleting a channel',
    prepare: ({ actor }) => channels.createChannel(actor, textChannel(NEW_ID, actor.guild.id, 'bot-test')),
    act: ({ actor }) => channels.deleteChannel(actor, NEW_ID, 'Nobody came'),
    entry: ({ alice }) => ({
      action_type: 12,
      user_id: alice,
      target_id: NEW_ID,
      changes: [
        { key: 'name', old_value: 'bot-test' },
        { key: 'type', old_value: 0 },
        { key: 'permission_overwrites', old_value: [] },
        { key: 'nsfw', old_value: false },
        { key: 'rate_limit_per_user', old_value: 0 },
        { key: 'flags', old_value: 0 },
      ],
      reason: 'Nobody came',
    }),
    events: ({ discord }) => [['CHANNEL_DELETE', textChannel(NEW_ID, discord.town.guild.id, 'bot-test')]],
  },
  {
    title: 'creating a role overwrite',
    act: (ids) =>
      overwrites.setOverwrite(ids.actor, ids.general, overwrites.roleOverwrite(mutedRole(ids).id, 0n, 2048n)),
    entry: (ids) => ({
      action_type: 13,
      user_id: ids.alice,
      target_id: ids.general,
      changes: [
        { key: 'id', new_value: mutedRole(ids).id },
        { key: 'type', new_value: '0' },
        { key: 'allow', new_value: '0' },
        { key: 'deny', new_value: '2048' },
      ],
      options: { id: mutedRole(ids).id, type: '0', role_name: 'Muted' },
    }),
    events: (ids) => [['CHANNEL_UPDATE', channelOf(ids, ids.general)]],
  },
  {
    title: 'creating a member overwrite',
    act: ({ actor, general, marble }) =>
      overwrites.setOverwrite(actor, general, overwrites.memberOverwrite(marble, 1024n, 0n)),
    entry: ({ alice, general, marble }) => ({
      action_type: 13,
      user_id: alice,
      target_id: general,
      changes: [
        { key: 'id', new_value: marble },
        { key: 'type', new_value: '1' },
        { key: 'allow', new_value: '1024' },
        { key: 'deny', new_value: '0' },
      ],
      options: { id: marble, type: '1' },
    }),
    events: (ids) => [['CHANNEL_UPDATE', channelOf(ids, ids.general)]],
  },
  {
    title: 'updating an overwrite',
    prepare: (ids) =>
      overwrites.setOverwrite(ids.actor, ids.general, overwrites.roleOverwrite(mutedRole(ids).id, 0n, 2048n)),
    act: (ids) =>
      overwrites.setOverwrite(ids.actor, ids.general, overwrites.roleOverwrite(mutedRole(ids).id, 0n, 2112n)),
    entry: (ids) => ({
      action_type: 14,
      user_id: ids.alice,
      target_id: ids.general,
      changes: [{ key: 'deny', old_value: '2048', new_value: '2112' }],
      options: { id: mutedRole(ids).id, type: '0', role_name: 'Muted' },
    }),
    events: (ids) => [['CHANNEL_UPDATE', channelOf(ids, ids.general)]],
  },
  {
    title: 'deleting an overwrite',
    prepare: (ids) =>
      overwrites.setOverwrite(ids.actor, ids.general, overwrites.roleOverwrite(mutedRole(ids).id, 0n, 0n)),
    act: (ids) => overwrites.deleteOverwrite(ids.actor, ids.general, mutedRole(ids).id),
    entry: (ids) => ({
      action_type: 15,
      user_id: ids.alice,
      target_id: ids.general,
      changes: [
        { key: 'id', old_value: mutedRole(ids).id },
        { key: 'type', old_value: '0' },
        { key: 'allow', old_value: '0' },
        { key: 'deny', old_value: '0' },
      ],
      options: { id: mutedRole(ids).id, type: '0', role_name: 'Muted' },
    }),
    events: (ids) => [['CHANNEL_UPDATE', channelOf(ids, ids.general)]],
  },
  {
    title: 'creating a thread',
    act: ({ actor, general }) => {
      threads.createThread(actor, general, 'test')
    },
    entry: (ids) => ({
      action_type: 110,
      user_id: ids.alice,
      target_id: threadId(ids),
      changes: [
        { key: 'name', new_value: 'test' },
        { key: 'type', new_value: 11 },
        { key: 'archived', new_value: false },
        { key: 'locked', new_value: false },
        { key: 'auto_archive_duration', new_value: 1440 },
        { key: 'rate_limit_per_user', new_value: 0 },
      ],
    }),
    events: (ids) => [
      [
        'THREAD_CREATE',
        {
          id: threadId(ids),
          guild_id: ids.discord.town.guild.id,
          parent_id: ids.general,
          owner_id: ids.alice,
          type: 11,
          name: 'test',
          flags: 0,
          rate_limit_per_user: 0,
          last_message_id: null,
          message_count: 0,
          member_count: 1,
          total_message_sent: 0,
          newly_created: true,
          thread_metadata: {
            archived: false,
            archive_timestamp: '2026-11-24T12:00:00.000000+00:00',
            auto_archive_duration: 1440,
            locked: false,
            create_timestamp: '2026-11-24T12:00:00.000000+00:00',
          },
        },
      ],
    ],
  },
  {
    title: 'archiving and locking a thread',
    prepare: ({ actor, general }) => {
      threads.createThread(actor, general, 'test')
    },
    act: (ids) => threads.archiveThread(ids.actor, threadId(ids)),
    entry: (ids) => ({
      action_type: 111,
      user_id: ids.alice,
      target_id: threadId(ids),
      changes: [
        { key: 'archived', old_value: false, new_value: true },
        { key: 'locked', old_value: false, new_value: true },
      ],
    }),
    events: (ids) => [['THREAD_UPDATE', ids.discord.town.guild.threads.get(threadId(ids))]],
  },
]
