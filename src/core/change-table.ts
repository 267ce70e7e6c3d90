import {
  AutoModerationRuleEventType,
  AutoModerationRuleKeywordPresetType,
  AutoModerationRuleTriggerType,
  ChannelFlags,
  ChannelType,
  ForumLayoutType,
  GuildDefaultMessageNotifications,
  GuildExplicitContentFilter,
  GuildMemberFlags,
  GuildMFALevel,
  GuildNSFWLevel,
  GuildOnboardingMode,
  GuildOnboardingPromptType,
  GuildScheduledEventEntityType,
  GuildScheduledEventStatus,
  GuildSystemChannelFlags,
  GuildVerificationLevel,
  IntegrationExpireBehavior,
  InviteFlags,
  InviteTargetType,
  InviteType,
  RoleFlags,
  SortOrderType,
  StageInstancePrivacyLevel,
  StickerFormatType,
  StickerType,
  VideoQualityMode,
  WebhookType,
} from 'discord-api-types/v10'
import { automodAction } from './automod-actions.ts'
import { type Decode, lists, pictured, sides } from './decode.ts'
import { overwriteList, overwritePermissions, rolePermissions } from './permission-changes.ts'
import {
  asText,
  colour,
  colours,
  days,
  emoji,
  flags,
  kilobits,
  language,
  limit,
  mention,
  minutes,
  number,
  oneOf,
  onOff,
  percent,
  placed,
  type Reader,
  seconds,
  tag,
  time,
} from './readers.ts'
import { recurrence } from './recurrence.ts'

/** How a key of a change is read. */
export interface ChangeRow {
  readonly label: string
  /** How it is read; absent for an object whose fields have rows of their own. */
  readonly decode?: Decode
  /** How one item is read, where the value is a list. */
  readonly item?: Reader
}

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
}

const AUTOMOD_TRIGGERS: Readonly<Record<string, string>> = {
  Keyword: 'keywords',
  Spam: 'spam',
  KeywordPreset: 'word lists',
  MentionSpam: 'mention spam',
  MemberProfile: 'member profiles',
}

const row = (label: string, reads: Reader): ChangeRow => ({ label, decode: sides(reads) })
const list = (label: string, item: Reader): ChangeRow => ({ label, decode: lists(item), item })
const image = (label: string): ChangeRow => ({ label, decode: pictured })

const channelType = row('type', oneOf(ChannelType, CHANNEL_TYPES))
const channelFlags = row('flags', flags(ChannelFlags))
const privacy = row('privacy', oneOf(StageInstancePrivacyLevel, { GuildOnly: 'members only' }))
const slowMode = seconds('off')
const [user, role, channel, thing] = [mention('user'), mention('role'), mention('channel'), mention('thing')]

/**
 * Every key that an entry's changes can have, by Discord's documentation of the objects that are changed. A key
 * that means something else in one object has a row under that object's name too. What has no row is shown raw.
 * https://docs.discord.com/developers/resources/audit-log#audit-log-change-object
 */
export const CHANGE_ROWS: Readonly<Record<string, ChangeRow>> = {
  // What several objects share
  name: row('name', asText),
  description: row('description', asText),
  topic: row('topic', asText),
  title: row('title', asText),
  type: row('type', asText),
  channel_id: row('channel', channel),
  user_id: row('member', user),
  guild_id: row('server', thing),
  application_id: row('application', thing),
  creator_id: row('made by', user),
  enabled: row('enabled', onOff),
  available: row('available', onOff),
  position: row('position', number),
  privacy_level: privacy,
  icon_hash: image('icon'),
  avatar_hash: image('avatar'),
  banner_hash: image('banner'),
  splash_hash: image('invite background'),
  discovery_splash_hash: image('discovery background'),
  home_header_hash: image('server guide banner'),
  image_hash: image('cover image'),
  emoji_id: row('emoji', thing),
  emoji_name: row('emoji', asText),
  unicode_emoji: row('emoji', asText),

  // Guild
  owner_id: row('owner', user),
  region: row('region', asText),
  preferred_locale: row('language', language),
  afk_channel_id: row('AFK channel', channel),
  afk_timeout: row('AFK after', seconds('never')),
  rules_channel_id: row('rules channel', channel),
  public_updates_channel_id: row('updates channel', channel),
  safety_alerts_channel_id: row('safety alerts channel', channel),
  mfa_level: row('two-factor sign-in for moderation', oneOf(GuildMFALevel, { None: 'off', Elevated: 'on' })),
  verification_level: row('verification', oneOf(GuildVerificationLevel)),
  explicit_content_filter: row('content filter', oneOf(GuildExplicitContentFilter)),
  default_message_notifications: row('notifications', oneOf(GuildDefaultMessageNotifications)),
  nsfw_level: row('age rating', oneOf(GuildNSFWLevel)),
  vanity_url_code: row('custom invite', asText),
  premium_progress_bar_enabled: row('boost progress bar', onOff),
  premium_tier: row('boost level', number),
  prune_delete_days: row('prune after', days),
  widget_enabled: row('widget', onOff),
  widget_channel_id: row('widget channel', channel),
  system_channel_id: row('system messages channel', channel),
  system_channel_flags: row('system messages', flags(GuildSystemChannelFlags)),
  features: list('features', asText),

  // Channel and thread
  'channel.type': channelType,
  'thread.type': channelType,
  'channel.flags': channelFlags,
  'thread.flags': channelFlags,
  parent_id: row('category', channel),
  bitrate: row('bitrate', kilobits),
  user_limit: row('user limit', limit),
  rtc_region: row('voice region', asText),
  video_quality_mode: row('video quality', oneOf(VideoQualityMode, { Full: '720p' })),
  nsfw: row('age-restricted', onOff),
  rate_limit_per_user: row('slow mode', slowMode),
  default_thread_rate_limit_per_user: row('slow mode in threads', slowMode),
  default_auto_archive_duration: row('threads hide after', minutes),
  auto_archive_duration: row('hides after', minutes),
  available_tags: list('tags', tag),
  applied_tags: list('tags', thing),
  default_reaction_emoji: row('default reaction', emoji),
  default_sort_order: row('sort order', oneOf(SortOrderType)),
  default_forum_layout: row('layout', oneOf(ForumLayoutType)),
  default_tag_setting: row('tags a search needs', asText),
  icon_emoji: row('icon', emoji),
  theme_color: row('theme colour', colour),
  archived: row('archived', onOff),
  locked: row('locked', onOff),
  invitable: row('members may invite', onOff),
  permission_overwrites: { label: 'permissions', decode: overwriteList },

  // Permission overwrite
  'channel_overwrite.type': row('for a', oneOf({ role: 0, member: 1 }, { role: 'role', member: 'member' })),
  allow: { label: 'permissions', decode: overwritePermissions },
  deny: { label: 'permissions', decode: overwritePermissions },

  // Role
  permissions: { label: 'permissions', decode: rolePermissions },
  color: row('colour', colour),
  colors: row('colours', colours),
  hoist: row('shown separately', onOff),
  mentionable: row('mentionable', onOff),
  'role.flags': row('flags', flags(RoleFlags)),

  // Member
  nick: row('nickname', asText),
  mute: row('muted', onOff),
  deaf: row('deafened', onOff),
  pending: row('pending', onOff),
  bypasses_verification: row('bypasses verification', onOff),
  communication_disabled_until: row('timed out until', time),
  'member.flags': row('flags', flags(GuildMemberFlags)),

  // Invite
  code: row('code', asText),
  inviter_id: row('invited by', user),
  max_uses: row('uses allowed', limit),
  uses: row('uses', number),
  max_age: row('expires after', seconds('never')),
  temporary: row('temporary membership', onOff),
  role_ids: list('roles given', role),
  target_type: row('invites to', oneOf(InviteTargetType)),
  target_user_id: row('invites to', user),
  target_application_id: row('application', thing),
  'invite.type': row('type', oneOf(InviteType, { Guild: 'server' })),
  'invite.flags': row('flags', flags(InviteFlags)),

  // Webhook
  'webhook.type': row('type', oneOf(WebhookType)),

  // Emoji and sticker
  roles: list('roles', role),
  asset: row('asset', asText),
  tags: row('related emoji', asText),
  format_type: row('format', oneOf(StickerFormatType, { PNG: 'PNG', APNG: 'APNG', GIF: 'GIF' })),
  'sticker.type': row('type', oneOf(StickerType, { Guild: 'server' })),

  // Integration
  enable_emoticons: row('emoticons', onOff),
  expire_behavior: row('when it expires', oneOf(IntegrationExpireBehavior, { Kick: 'kick' })),
  expire_grace_period: row('grace period', days),
  synced_at: row('synced', time),

  // Stage and scheduled event
  discoverable_disabled: row('hidden from discovery', onOff),
  guild_scheduled_event_id: row('event', thing),
  send_start_notification: row('notifies everyone', onOff),
  entity_type: row(
    'where',
    oneOf(GuildScheduledEventEntityType, { StageInstance: 'stage', External: 'elsewhere' }),
  ),
  entity_id: row('entity', thing),
  entity_metadata: { label: 'place' },
  location: row('location', asText),
  scheduled_start_time: row('starts', time),
  scheduled_end_time: row('ends', time),
  recurrence_rule: row('repeats', recurrence),
  event_id: row('event', thing),
  event_exception_id: row('date', thing),
  is_canceled: row('cancelled', onOff),
  'guild_scheduled_event.status': row('status', oneOf(GuildScheduledEventStatus, { Canceled: 'cancelled' })),
  status: row('status', asText),

  // Soundboard
  sound_id: row('sound', thing),
  volume: row('volume', percent),

  // AutoMod rule
  event_type: row(
    'checks',
    oneOf(AutoModerationRuleEventType, {
      MessageSend: 'messages',
      MemberUpdate: 'members who join or change their profile',
    }),
  ),
  trigger_type: row('trigger', oneOf(AutoModerationRuleTriggerType, AUTOMOD_TRIGGERS)),
  trigger_metadata: { label: 'trigger' },
  keyword_filter: list('keywords', asText),
  regex_patterns: list('patterns', asText),
  allow_list: list('allowed words', asText),
  presets: list('word lists', oneOf(AutoModerationRuleKeywordPresetType)),
  mention_total_limit: row('mentions allowed', number),
  mention_raid_protection_enabled: row('mention raid protection', onOff),
  actions: list('actions', automodAction),
  exempt_roles: list('exempt roles', role),
  exempt_channels: list('exempt channels', channel),

  // Onboarding and its questions
  mode: row(
    'mode',
    oneOf(GuildOnboardingMode, { OnboardingDefault: 'default', OnboardingAdvanced: 'advanced' }),
  ),
  default_channel_ids: list('default channels', channel),
  prompts: list('questions', placed),
  options: list('answers', placed),
  single_select: row('one answer only', onOff),
  required: row('required', onOff),
  in_onboarding: row('asked in onboarding', onOff),
  'onboarding_prompt.type': row('type', oneOf(GuildOnboardingPromptType)),

  // Server guide
  welcome_message: { label: 'welcome message' },
  message: row('welcome message', asText),
  author_ids: list('welcomed by', user),
  new_member_actions: list('to do for new members', placed),
  resource_channels: list('resources', placed),

  // Server profile
  brand_color_primary: row('brand colour', asText),
}

/** What belongs to an entry beside its changes. `count` and `channel_id` stand in the entry itself. */
export const OPTION_ROWS: Readonly<Record<string, ChangeRow>> = {
  delete_member_days: row('inactive for', days),
  role_name: row('role', asText),
  application_id: row('application', thing),
  auto_moderation_rule_name: row('rule', asText),
  auto_moderation_rule_trigger_type: row('trigger', oneOf(AutoModerationRuleTriggerType, AUTOMOD_TRIGGERS)),
  integration_type: row('by way of', asText),
  status: row('status', asText),
}
