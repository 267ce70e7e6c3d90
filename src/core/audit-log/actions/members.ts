import { Kind } from '../kind.ts'
import { ActionType } from '../undocumented.ts'
import { type ActionRow, optional, type RowBase } from './row.ts'

const REMOVED: RowBase = { group: 'Bans & kicks', target: 'user', emoji: '👢' }
const PRUNED: RowBase = { group: 'Bans & kicks', target: 'none', emoji: '✂️' }
const UPDATED: RowBase = { group: 'Members', target: 'user', emoji: '👤' }
const TIMED_OUT: RowBase = { group: 'Timeouts', target: 'user', emoji: '⏳' }
const IN_VOICE: RowBase = { group: 'Members', target: 'none', emoji: '🔀' }
const ROLE: RowBase = { group: 'Roles', target: 'role', emoji: '🏷️' }

/** Actions on members and roles. */
export const MEMBER_ACTIONS: readonly ActionRow[] = [
  { ...REMOVED, type: ActionType.MemberKick, sentence: ({ by, target }) => `${by} kicked ${target}` },
  {
    ...PRUNED,
    type: ActionType.MemberPrune,
    sentence: ({ by, pruned, days }) => `${by} pruned ${pruned}${optional(', inactive for ', days)}`,
  },
  {
    ...PRUNED,
    type: ActionType.MemberPrune,
    kind: Kind.PrunePart,
    sentence: ({ days }) => `More members were removed in the same prune${optional(', inactive for ', days)}`,
  },
  {
    ...REMOVED,
    emoji: '🔨',
    type: ActionType.MemberBanAdd,
    sentence: ({ by, target }) => `${by} banned ${target}`,
  },
  {
    ...REMOVED,
    emoji: '🕊️',
    type: ActionType.MemberBanRemove,
    sentence: ({ by, target }) => `${by} unbanned ${target}`,
  },

  {
    ...UPDATED,
    type: ActionType.MemberUpdate,
    sentence: ({ by, target }) => `${by} updated the profile of ${target}`,
  },
  {
    ...TIMED_OUT,
    type: ActionType.MemberUpdate,
    kind: Kind.Timeout,
    name: 'Member Timeout',
    sentence: ({ by, target, duration, hadTimeout }) =>
      hadTimeout
        ? `${by} changed the timeout of ${target}${optional(' to ', duration)}`
        : `${by} timed out ${target}${optional(' for ', duration)}`,
  },
  {
    ...TIMED_OUT,
    emoji: '⌛',
    type: ActionType.MemberUpdate,
    kind: Kind.TimeoutRemove,
    name: 'Member Timeout Remove',
    sentence: ({ by, target }) => `${by} lifted the timeout of ${target}`,
  },
  {
    ...UPDATED,
    type: ActionType.MemberUpdate,
    kind: Kind.OwnUpdate,
    sentence: ({ by }) => `${by} updated their own profile`,
  },
  {
    ...UPDATED,
    emoji: '🎭',
    type: ActionType.MemberRoleUpdate,
    sentence: ({ by, target, roles }) => `${by} changed the roles of ${target}${optional(': ', roles)}`,
  },
  {
    ...UPDATED,
    emoji: '🎭',
    type: ActionType.MemberRoleUpdate,
    kind: Kind.OwnRoleUpdate,
    sentence: ({ by, roles }) => `${by} changed their own roles${optional(': ', roles)}`,
  },
  {
    ...IN_VOICE,
    type: ActionType.MemberMove,
    counts: 'member',
    sentence: ({ by, members, channel }) => `${by} moved ${members}${optional(' to ', channel)}`,
  },
  {
    ...IN_VOICE,
    emoji: '🔇',
    type: ActionType.MemberDisconnect,
    counts: 'member',
    sentence: ({ by, members }) => `${by} disconnected ${members} from voice`,
  },
  {
    ...UPDATED,
    emoji: '🤖',
    type: ActionType.BotAdd,
    sentence: ({ by, target }) => `${by} added the bot ${target}`,
  },

  { ...ROLE, type: ActionType.RoleCreate, sentence: ({ by, target }) => `${by} created the role ${target}` },
  { ...ROLE, type: ActionType.RoleUpdate, sentence: ({ by, target }) => `${by} changed the role ${target}` },
  { ...ROLE, type: ActionType.RoleDelete, sentence: ({ by, target }) => `${by} deleted the role ${target}` },
]
