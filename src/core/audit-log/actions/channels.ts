import { ActionType } from '../undocumented.ts'
import { type ActionRow, optional, type RowBase } from './row.ts'

const CHANNEL: RowBase = { group: 'Channels', target: 'channel', emoji: '📁' }
const OVERWRITE: RowBase = { ...CHANNEL, emoji: '🔐' }
const STAGE: RowBase = { group: 'Channels', target: 'stage', emoji: '🎤' }
const THREAD: RowBase = { group: 'Channels', target: 'thread', emoji: '🧵' }
const VOICE_STATUS: RowBase = { ...CHANNEL, emoji: '💬' }

/** Actions on channels, and on their permissions, stages, threads and voice status. */
export const CHANNEL_ACTIONS: readonly ActionRow[] = [
  {
    ...CHANNEL,
    type: ActionType.ChannelCreate,
    sentence: ({ by, target }) => `${by} created the channel ${target}`,
  },
  {
    ...CHANNEL,
    type: ActionType.ChannelUpdate,
    sentence: ({ by, target }) => `${by} changed the channel ${target}`,
  },
  {
    ...CHANNEL,
    type: ActionType.ChannelDelete,
    sentence: ({ by, target }) => `${by} deleted the channel ${target}`,
  },
  {
    ...OVERWRITE,
    type: ActionType.ChannelOverwriteCreate,
    sentence: ({ by, target, overwritten }) =>
      `${by} set permissions${optional(' for ', overwritten)} in ${target}`,
  },
  {
    ...OVERWRITE,
    type: ActionType.ChannelOverwriteUpdate,
    sentence: ({ by, target, overwritten }) =>
      `${by} changed permissions${optional(' for ', overwritten)} in ${target}`,
  },
  {
    ...OVERWRITE,
    type: ActionType.ChannelOverwriteDelete,
    sentence: ({ by, target, overwritten }) =>
      `${by} reset permissions${optional(' for ', overwritten)} in ${target}`,
  },

  {
    ...STAGE,
    type: ActionType.StageInstanceCreate,
    sentence: ({ by, channel }) => `${by} started a stage${optional(' in ', channel)}`,
  },
  {
    ...STAGE,
    type: ActionType.StageInstanceUpdate,
    sentence: ({ by, channel }) => `${by} changed a stage${optional(' in ', channel)}`,
  },
  {
    ...STAGE,
    type: ActionType.StageInstanceDelete,
    sentence: ({ by, channel }) => `${by} ended a stage${optional(' in ', channel)}`,
  },

  {
    ...THREAD,
    type: ActionType.ThreadCreate,
    sentence: ({ by, target }) => `${by} created the thread ${target}`,
  },
  {
    ...THREAD,
    type: ActionType.ThreadUpdate,
    sentence: ({ by, target }) => `${by} changed the thread ${target}`,
  },
  {
    ...THREAD,
    type: ActionType.ThreadDelete,
    sentence: ({ by, target }) => `${by} deleted the thread ${target}`,
  },

  {
    ...VOICE_STATUS,
    type: ActionType.VoiceChannelStatusCreate,
    sentence: ({ by, target, status }) => `${by} set the voice status of ${target}${optional(': ', status)}`,
  },
  {
    ...VOICE_STATUS,
    type: ActionType.VoiceChannelStatusDelete,
    sentence: ({ by, target }) => `${by} cleared the voice status of ${target}`,
  },
]
