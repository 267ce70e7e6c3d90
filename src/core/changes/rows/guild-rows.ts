import {
  GuildDefaultMessageNotifications,
  GuildExplicitContentFilter,
  GuildHubType,
  GuildMFALevel,
  GuildNSFWLevel,
  GuildVerificationLevel,
} from 'discord-api-types/v10'
import { GuildBadge, GuildVisibility, SystemChannelFlag } from '../../audit-log/undocumented.ts'
import { type ChangeRows, image, list, nested, row } from '../change-row.ts'
import {
  asText,
  code,
  colour,
  days,
  entity,
  flags,
  language,
  mention,
  number,
  oneOf,
  onOff,
  seconds,
  time,
} from '../readers/readers.ts'
import { gameActivity, trait } from '../readers/settings-readers.ts'
import { feature } from './guild-features.ts'

const [user, role, channel] = [mention('user'), mention('role'), mention('channel')]
const ageRating = oneOf(GuildNSFWLevel, { Default: 'not rated', AgeRestricted: 'age-restricted' })

/** What each flag turns off. Bit 9 is in no documentation, only in Discord's client. */
const SYSTEM_MESSAGES: Readonly<Record<string, string>> = {
  SuppressJoinNotifications: 'join messages',
  SuppressPremiumSubscriptions: 'boost messages',
  SuppressGuildReminderNotifications: 'setup tips',
  SuppressJoinNotificationReplies: 'reply buttons on join messages',
  SuppressRoleSubscriptionPurchaseNotifications: 'role subscription purchases',
  SuppressRoleSubscriptionPurchaseNotificationReplies: 'reply buttons on role subscription purchases',
  SuppressChannelPromptDeadchat: 'dead chat prompts',
  SuppressUgcAddedNotifications: 'new emoji messages',
  SuppressVoiceSessionNotifications: 'voice session messages',
}

const REPORTING: ChangeRows = {
  moderator_reporting_enabled: row('reports to moderators', onOff),
  moderator_report_channel_id: row('channel for reports', channel),
}

/** https://docs.discord.food/resources/guild#guild-object */
export const GUILD_ROWS: ChangeRows = {
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
  verification_role_id: row('role of verified members', role),
  explicit_content_filter: row('content filter', oneOf(GuildExplicitContentFilter, { Disabled: 'off' })),
  default_message_notifications: row('notifications', oneOf(GuildDefaultMessageNotifications)),
  nsfw: row('age-restricted', onOff),
  nsfw_level: row('age rating', ageRating),
  owner_configured_content_level: row('age rating chosen by the owner', ageRating),
  vanity_url_code: row('custom invite', asText),
  premium_progress_bar_enabled: row('boost progress bar', onOff),
  premium_progress_bar_enabled_user_updated_at: row('boost progress bar last set', time),
  premium_tier: row('boost level', number),
  premium_subscription_count: row('boosts', number),
  prune_delete_days: row('prune after', days),
  widget_enabled: row('widget', onOff),
  widget_channel_id: row('widget channel', channel),
  system_channel_id: row('system messages channel', channel),
  system_channel_flags: row('system messages turned off', flags(SystemChannelFlag, SYSTEM_MESSAGES)),
  features: list('features', feature),
  official_message_color: row('colour of official messages', colour),
  hub_type: row('student hub', oneOf(GuildHubType)),
  max_presences: row('most members online', number),
  max_members: row('most members', number),
  max_video_channel_users: row('most users in a video call', number),
  max_stage_video_channel_users: row('most users in a stage with video', number),
  latest_onboarding_question_id: row('latest onboarding answer', code),
  game_application_ids: list('games', entity()),
  incidents_data: nested('security actions', {
    raid_detected_at: row('raid detected', time),
    dm_spam_detected_at: row('DM spam detected', time),
    invites_disabled_until: row('invites paused until', time),
    dms_disabled_until: row('DMs paused until', time),
  }),
  ...REPORTING,
  moderator_reporting: nested('reports to moderators', REPORTING),
  inventory_settings: nested('emoji pack', {
    is_emoji_pack_collectible: row('emoji pack can be collected', onOff),
  }),
  premium_features: nested('perks', {
    features: list('perks', feature),
    additional_emoji_slots: row('additional emoji', number),
    additional_sticker_slots: row('additional stickers', number),
    additional_sound_slots: row('additional sounds', number),
  }),
  profile: nested('server tag', { tag: row('server tag', asText), badge: image('server tag badge') }),
}

/** https://docs.discord.food/resources/discovery#guild-profile-object */
export const GUILD_PROFILE_ROWS: ChangeRows = {
  brand_color_primary: row('brand colour', asText),
  custom_banner_hash: image('custom banner'),
  game_application_ids: list('games', entity()),
  game_activity: row('how much games are played', gameActivity),
  tag: row('server tag', asText),
  server_tag: row('server tag', asText),
  badge: row('server tag badge', oneOf(GuildBadge)),
  badge_hash: image('server tag badge'),
  badge_color_primary: row('badge colour', asText),
  badge_color_secondary: row('second badge colour', asText),
  traits: list('traits', trait),
  visibility: row(
    'visibility',
    oneOf(GuildVisibility, {
      Public: 'anyone can join',
      Restricted: 'by invite only',
      PublicWithRecruitment: 'anyone can apply',
    }),
  ),
  features: list('features', feature),
  member_count: row('members', number),
  online_count: row('members online', number),
  premium_tier: row('boost level', number),
  premium_subscription_count: row('boosts', number),
}
