import * as channels from '../../../sandbox/actions/channels.ts'
import { textChannel, voiceChannel } from '../../../sandbox/world/channels.ts'
import type { Act } from '../../support/expect-action.ts'
import { type Cast, muted } from '../../support/known-ids.ts'

const NEW_ID = '1574756470000000000'

function channelOf({ here }: Cast, id: string): object | undefined {
  return here.town.guild.channels.get(id)
}

function threadId({ here }: Cast): string {
  return [...here.town.guild.threads.keys()][0] ?? ''
}

export const CHANNEL_ACTS: readonly Act[] = [
  {
    what: 'a text channel is made',
    act: ({ scene }) => channels.createChannel(scene, textChannel(NEW_ID, scene.guild.id, 'bot-test')),
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
    tells: (cast) => [['CHANNEL_CREATE', channelOf(cast, NEW_ID)]],
  },
  {
    what: 'a voice channel is made, with a reason',
    act: ({ scene }) =>
      channels.createChannel(scene, voiceChannel(NEW_ID, scene.guild.id, 'General'), 'For the book club'),
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
    tells: (cast) => [['CHANNEL_CREATE', channelOf(cast, NEW_ID)]],
  },
  {
    what: 'a channel is changed',
    prepare: ({ scene, general }) => channels.updateChannel(scene, general, { topic: 'Anything' }),
    act: ({ scene, general }) =>
      channels.updateChannel(scene, general, { topic: 'Books', name: 'books', nsfw: false }),
    entry: ({ alice, general }) => ({
      action_type: 11,
      user_id: alice,
      target_id: general,
      changes: [
        { key: 'topic', old_value: 'Anything', new_value: 'Books' },
        { key: 'name', old_value: 'general', new_value: 'books' },
      ],
    }),
    tells: (cast) => [['CHANNEL_UPDATE', channelOf(cast, cast.general)]],
  },
  {
    what: 'what was nothing has no old value',
    act: ({ scene, general }) => channels.updateChannel(scene, general, { topic: 'Books' }),
    entry: ({ alice, general }) => ({
      action_type: 11,
      user_id: alice,
      target_id: general,
      changes: [{ key: 'topic', new_value: 'Books' }],
    }),
    tells: (cast) => [['CHANNEL_UPDATE', channelOf(cast, cast.general)]],
  },
  {
    what: 'what becomes nothing has no new value',
    prepare: ({ scene, general }) => channels.updateChannel(scene, general, { topic: 'Anything' }),
    act: ({ scene, general }) => channels.updateChannel(scene, general, { topic: null }),
    entry: ({ alice, general }) => ({
      action_type: 11,
      user_id: alice,
      target_id: general,
      changes: [{ key: 'topic', old_value: 'Anything' }],
    }),
    tells: (cast) => [['CHANNEL_UPDATE', channelOf(cast, cast.general)]],
  },
  {
    what: 'a channel is deleted',
    prepare: ({ scene }) => channels.createChannel(scene, textChannel(NEW_ID, scene.guild.id, 'bot-test')),
    act: ({ scene }) => channels.deleteChannel(scene, NEW_ID, 'Nobody came'),
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
    tells: ({ here }) => [['CHANNEL_DELETE', textChannel(NEW_ID, here.town.guild.id, 'bot-test')]],
  },
  {
    what: 'a role is told what it may do in a channel',
    act: (cast) =>
      channels.setOverwrite(cast.scene, cast.general, channels.roleOverwrite(muted(cast).id, 0n, 2048n)),
    entry: (cast) => ({
      action_type: 13,
      user_id: cast.alice,
      target_id: cast.general,
      changes: [
        { key: 'id', new_value: muted(cast).id },
        { key: 'type', new_value: '0' },
        { key: 'allow', new_value: '0' },
        { key: 'deny', new_value: '2048' },
      ],
      options: { id: muted(cast).id, type: '0', role_name: 'Muted' },
    }),
    tells: (cast) => [['CHANNEL_UPDATE', channelOf(cast, cast.general)]],
  },
  {
    what: 'a member is told what they may do in a channel',
    act: ({ scene, general, marble }) =>
      channels.setOverwrite(scene, general, channels.memberOverwrite(marble, 1024n, 0n)),
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
    tells: (cast) => [['CHANNEL_UPDATE', channelOf(cast, cast.general)]],
  },
  {
    what: 'what a role may do in a channel is changed',
    prepare: (cast) =>
      channels.setOverwrite(cast.scene, cast.general, channels.roleOverwrite(muted(cast).id, 0n, 2048n)),
    act: (cast) =>
      channels.setOverwrite(cast.scene, cast.general, channels.roleOverwrite(muted(cast).id, 0n, 2112n)),
    entry: (cast) => ({
      action_type: 14,
      user_id: cast.alice,
      target_id: cast.general,
      changes: [{ key: 'deny', old_value: '2048', new_value: '2112' }],
      options: { id: muted(cast).id, type: '0', role_name: 'Muted' },
    }),
    tells: (cast) => [['CHANNEL_UPDATE', channelOf(cast, cast.general)]],
  },
  {
    what: 'what a role may do in a channel is left to the guild again',
    prepare: (cast) =>
      channels.setOverwrite(cast.scene, cast.general, channels.roleOverwrite(muted(cast).id, 0n, 0n)),
    act: (cast) => channels.clearOverwrite(cast.scene, cast.general, muted(cast).id),
    entry: (cast) => ({
      action_type: 15,
      user_id: cast.alice,
      target_id: cast.general,
      changes: [
        { key: 'id', old_value: muted(cast).id },
        { key: 'type', old_value: '0' },
        { key: 'allow', old_value: '0' },
        { key: 'deny', old_value: '0' },
      ],
      options: { id: muted(cast).id, type: '0', role_name: 'Muted' },
    }),
    tells: (cast) => [['CHANNEL_UPDATE', channelOf(cast, cast.general)]],
  },
  {
    what: 'a thread is made',
    act: ({ scene, general }) => {
      channels.createThread(scene, general, 'test')
    },
    entry: (cast) => ({
      action_type: 110,
      user_id: cast.alice,
      target_id: threadId(cast),
      changes: [
        { key: 'name', new_value: 'test' },
        { key: 'type', new_value: 11 },
        { key: 'archived', new_value: false },
        { key: 'locked', new_value: false },
        { key: 'auto_archive_duration', new_value: 1440 },
        { key: 'rate_limit_per_user', new_value: 0 },
      ],
    }),
    tells: (cast) => [
      [
        'THREAD_CREATE',
        {
          id: threadId(cast),
          guild_id: cast.here.town.guild.id,
          parent_id: cast.general,
          owner_id: cast.alice,
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
    what: 'a thread is archived and locked',
    prepare: ({ scene, general }) => {
      channels.createThread(scene, general, 'test')
    },
    act: (cast) => channels.archiveThread(cast.scene, threadId(cast)),
    entry: (cast) => ({
      action_type: 111,
      user_id: cast.alice,
      target_id: threadId(cast),
      changes: [
        { key: 'archived', old_value: false, new_value: true },
        { key: 'locked', old_value: false, new_value: true },
      ],
    }),
    tells: (cast) => [['THREAD_UPDATE', cast.here.town.guild.threads.get(threadId(cast))]],
  },
]
