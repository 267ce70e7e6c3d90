import { ForumLayoutType, SortOrderType, VideoQualityMode } from 'discord-api-types/v10'
import { ChannelFlag, ChannelKind } from '../../audit-log/undocumented.ts'
import { type ChangeRows, list, nested, objects, row } from '../change-row.ts'
import { overwriteFor, overwriteList, overwritePermissions, overwriteType } from '../permission-changes.ts'
import { emoji, linkedLobby, tag } from '../readers/object-readers.ts'
import {
  asText,
  code,
  colour,
  entity,
  flags,
  kilobits,
  limit,
  mention,
  minutes,
  number,
  oneOf,
  onOff,
  seconds,
  time,
  yesNo,
} from '../readers/readers.ts'

const CHANNEL_TYPES: Readonly<Record<string, string>> = {
  GuildText: 'text',
  GuildVoice: 'voice',
  GuildCategory: 'category',
  GuildAnnouncement: 'announcement',
  GuildNews: 'announcement',
  GuildNewsThread: 'announcement thread',
  GuildPublicThread: 'public thread',
  GuildPrivateThread: 'private thread',
  GuildStageVoice: 'stage',
  GuildDirectory: 'directory',
  GuildForum: 'forum',
  GuildMedia: 'media',
  GuildStore: 'store',
  GuildLfg: 'looking for group',
  DM: 'direct messages',
  GroupDM: 'group DM',
}

const CHANNEL_FLAGS: Readonly<Record<string, string>> = {
  GuildFeedRemoved: 'removed from the server feed',
  ActiveChannelsRemoved: 'removed from the active channels',
  RequireTag: 'posts need a tag',
  IsSpam: 'marked as spam',
  IsGuildResourceChannel: 'server guide resource',
  ClydeAI: 'made by Clyde AI',
  IsScheduledForDeletion: 'scheduled for deletion',
  IsMediaChannel: 'media channel',
  SummariesDisabled: 'summaries turned off',
  ApplicationShelfConsent: 'app shelf accepted',
  IsRoleSubscriptionTemplatePreviewChannel: 'preview of a role subscription',
  IsBroadcasting: 'broadcasting',
  HideMediaDownloadOptions: 'media downloads hidden',
  IsJoinRequestInterviewChannel: 'interview with an applicant',
  ChannelObfuscated: 'hidden',
  IsModeratorReportChannel: 'channel for reports',
  IsSpoilerChannel: 'spoiler channel',
  IsGameInvitesChannel: 'game invites',
  HasOnlySystemMessages: 'only system messages',
}

const slowMode = seconds('off')
const [user, channel] = [mention('user'), mention('channel')]

/** The metadata of a thread. https://docs.discord.food/resources/channel#thread-metadata-object */
const THREAD_METADATA: ChangeRows = {
  archived: row('archived', onOff),
  locked: row('locked', onOff),
  invitable: row('members may invite', onOff),
  auto_archive_duration: row('hides after', minutes),
  archive_timestamp: row('last archived or reopened', time),
  create_timestamp: row('created', time),
}

/** The keys of channels and threads alike: Discord sends a thread as a channel. */
const CHANNEL_OR_THREAD: ChangeRows = {
  ...THREAD_METADATA,
  thread_metadata: nested('thread', THREAD_METADATA),
  type: row('type', oneOf(ChannelKind, CHANNEL_TYPES)),
  flags: row('flags', flags(ChannelFlag, CHANNEL_FLAGS)),
  topic: row('topic', asText),
  position: row('position', number),
  owner_id: row('made by', user),
  bitrate: row('bitrate', kilobits),
  user_limit: row('user limit', limit),
  rtc_region: row('voice region', asText),
  video_quality_mode: row('video quality', oneOf(VideoQualityMode, { Full: '720p' })),
  nsfw: row('age-restricted', onOff),
  rate_limit_per_user: row('slow mode', slowMode),
  default_thread_rate_limit_per_user: row('slow mode in threads', slowMode),
  default_auto_archive_duration: row('threads hide after', minutes),
  available_tags: objects('tags', tag, {
    by: 'id',
    name: 'name',
    rows: {
      name: row('name', asText),
      moderated: row('moderators only', yesNo),
      emoji_id: row('emoji', entity('emoji')),
      emoji_name: row('emoji', asText),
    },
  }),
  applied_tags: list('tags', entity('tag')),
  default_reaction_emoji: row('default reaction', emoji),
  default_sort_order: row('sort order', oneOf(SortOrderType)),
  default_forum_layout: row('layout', oneOf(ForumLayoutType)),
  default_tag_setting: row(
    'tags a search needs',
    oneOf({ any: 'match_some', all: 'match_all' }, { any: 'any of them', all: 'all of them' }),
  ),
  template: row('template', asText),
  icon_emoji: row('icon', emoji),
  theme_color: row('theme colour', colour),
  status: row('status', asText),
  hd_streaming_until: row('HD streaming until', time),
  hd_streaming_buyer_id: row('HD streaming bought by', user),
  linked_lobby: row('linked game', linkedLobby),
  is_linkable: row('may be linked to a game', yesNo),
  is_viewable_and_writeable_by_all_members: row('open to all members', yesNo),
  permission_overwrites: { label: 'permissions', decode: overwriteList },
  last_message_id: row('last message', code),
  last_pin_timestamp: row('last pinned', time),
  message_count: row('messages', number),
  total_message_sent: row('messages sent', number),
  member_count: row('members', number),
  member_ids_preview: list('members', user),
  managed: row('managed by an application', yesNo),
}

/** https://docs.discord.food/resources/channel#channel-object */
export const CHANNEL_ROWS: ChangeRows = { ...CHANNEL_OR_THREAD, parent_id: row('category', channel) }

/** A thread's parent is the channel it is in. */
export const THREAD_ROWS: ChangeRows = { ...CHANNEL_OR_THREAD, parent_id: row('in the channel', channel) }

/** https://docs.discord.food/resources/channel#permission-overwrite-object */
export const OVERWRITE_ROWS: ChangeRows = {
  id: { label: 'for', decode: overwriteFor },
  type: { label: 'for a', decode: overwriteType },
  allow: { label: 'permissions', decode: overwritePermissions },
  deny: { label: 'permissions', decode: overwritePermissions },
}
