import { AuditLogEvent } from 'discord-api-types/v10'
import type { Town } from '../../../sandbox/town/town.ts'
import type { LogEntry } from '../../../sandbox/world/audit-log.ts'
import { isDelete } from '../../support/entries/truth.ts'
import { judgeFeed } from './judge-feed.ts'
import type { LogChannels } from './log-channels.ts'
import type { WatchSpec } from './watch-spec.ts'

const BANS_AND_KICKS: readonly unknown[] = [
  AuditLogEvent.MemberKick,
  AuditLogEvent.MemberPrune,
  AuditLogEvent.MemberBanAdd,
  AuditLogEvent.MemberBanRemove,
]

/** The actions on a channel, which is their target. */
const ON_CHANNEL: readonly unknown[] = [
  AuditLogEvent.ChannelCreate,
  AuditLogEvent.ChannelUpdate,
  AuditLogEvent.ChannelDelete,
  AuditLogEvent.ChannelOverwriteCreate,
  AuditLogEvent.ChannelOverwriteUpdate,
  AuditLogEvent.ChannelOverwriteDelete,
  AuditLogEvent.MessageBulkDelete,
]

/** The feeds of a guild: of everything, and of what each filter selects, two of them in one channel. */
export function feedsOf(
  { discord, moderators, channels }: Town,
  { first, second }: LogChannels,
): WatchSpec[] {
  const { users } = discord.world
  const moderator = moderators[1]?.id ?? ''
  const [channel = ''] = channels
  const feeds: readonly Feed[] = [
    { values: { to: first }, matches: () => true },
    { values: { to: first, action: 'Deletes' }, matches: isDelete },
    { values: { to: second, by: moderator }, matches: ({ user_id }) => user_id === moderator },
    {
      values: { to: second, action: 'Bans & kicks', bots: false },
      matches: ({ action_type, user_id }) =>
        BANS_AND_KICKS.includes(action_type) && users.get(user_id ?? '')?.bot !== true,
    },
    {
      values: { to: second, channel },
      matches: ({ action_type, target_id, options }) =>
        (options?.channel_id ?? (ON_CHANNEL.includes(action_type) ? target_id : undefined)) === channel,
    },
  ]
  return feeds.map(({ values, matches }) => ({
    type: 'feed',
    values,
    judge: (posts, truth) => judgeFeed(posts, { ...truth, entries: truth.entries.filter(matches) }),
  }))
}

interface Feed {
  readonly values: WatchSpec['values']
  /** The entries that it is about. */
  readonly matches: (entry: LogEntry) => boolean
}
