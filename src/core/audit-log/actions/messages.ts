import { ActionType } from '../undocumented.ts'
import { type ActionRow, optional, type RowBase } from './row.ts'

/** The target of an action on a message is its author. */
const PIN: RowBase = { group: 'Messages', target: 'user', emoji: '📌' }

/** Actions on messages. */
export const MESSAGE_ACTIONS: readonly ActionRow[] = [
  {
    type: ActionType.MessageDelete,
    group: 'Deletes',
    target: 'user',
    emoji: '🗑️',
    counts: 'message',
    sentence: ({ by, messages, target, channel }) =>
      `${by} deleted ${messages} by ${target}${optional(' in ', channel)}`,
  },
  {
    type: ActionType.MessageBulkDelete,
    group: 'Deletes',
    target: 'channel',
    emoji: '🧹',
    counts: 'message',
    sentence: ({ by, messages, target }) => `${by} bulk deleted ${messages} in ${target}`,
  },
  {
    ...PIN,
    type: ActionType.MessagePin,
    sentence: ({ by, target, channel }) => `${by} pinned a message by ${target}${optional(' in ', channel)}`,
  },
  {
    ...PIN,
    type: ActionType.MessageUnpin,
    sentence: ({ by, target, channel }) =>
      `${by} unpinned a message by ${target}${optional(' in ', channel)}`,
  },
]
