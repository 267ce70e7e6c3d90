import type { Entry } from '../../../src/core/audit-log/entry.ts'
import { Kind } from '../../../src/core/audit-log/kind.ts'

/** The users, channels and other entities of the entries below. */
export const GUILD = '900000000000000000'
export const MOD = '100000000000000000'
export const MEMBER = '200000000000000000'
export const CHANNEL = '300000000000000000'
export const ROLE = '400000000000000000'
export const OTHER_ROLE = '410000000000000000'
export const THING = '500000000000000000'
const APPLICATION = '600000000000000000'
const MESSAGE = '700000000000000000'
/** The id of an event date. Its timestamp is the date: 24 November 2026 at noon. */
export const EVENT_DATE = '1574756469964800000'

const [mod, member, channel, role, otherRole] = [
  `<@${MOD}>`,
  `<@${MEMBER}>`,
  `<#${CHANNEL}>`,
  `<@&${ROLE}>`,
  `<@&${OTHER_ROLE}>`,
]

/** An entry as Discord sends it, without the id and, unless it is given, the executor: those are the same in all. */
interface Payload {
  readonly action_type: number
  readonly user_id?: null
  readonly target_id?: string
  readonly options?: Readonly<Record<string, string>>
  readonly changes?: readonly { key: string; old_value?: unknown; new_value?: unknown }[]
}

export interface Example {
  readonly payload: Payload
  /** Fields that the archive sets from other entries. */
  readonly judged?: Pick<Entry, 'kind' | 'executorId'>
  /** Its line in a list. */
  readonly says: string
  /** The changes in its details. */
  readonly changes?: readonly string[]
  /** The other lines of its details. */
  readonly extras?: readonly string[]
}

const from = (key: string, old_value: unknown, new_value: unknown) => ({ key, old_value, new_value })
const made = (values: Readonly<Record<string, unknown>>) =>
  Object.entries(values).map(([key, new_value]) => ({ key, new_value }))
const unmade = (values: Readonly<Record<string, unknown>>) =>
  Object.entries(values).map(([key, old_value]) => ({ key, old_value }))

/** At least one entry of every action type, in the order of the types. */
export const EVERY_ACTION: readonly Example[] = [
  {
    payload: {
      action_type: 1,
      target_id: GUILD,
      changes: [
        from('name', 'Old Room', 'The Reading Room'),
        from('icon_hash', 'a1', 'b2'),
        { key: 'splash_hash', new_value: 'c3' },
        { key: 'banner_hash', old_value: 'd4' },
        from('verification_level', 1, 3),
        from('explicit_content_filter', 0, 2),
        from('default_message_notifications', 0, 1),
        from('mfa_level', 0, 1),
        from('afk_timeout', 300, 3600),
        from('afk_channel_id', null, CHANNEL),
        from('owner_id', MOD, MEMBER),
        from('preferred_locale', 'en-US', 'de'),
        from('system_channel_flags', 0, 5),
        from('premium_progress_bar_enabled', false, true),
      ],
    },
    says: `${mod} changed the server settings (name: Old Room → The Reading Room; and 13 more)`,
    changes: [
      'name: Old Room → The Reading Room',
      'icon changed',
      'invite background set',
      'banner removed',
      'verification: low → high',
      'content filter: off → all members',
      'notifications: all messages → only mentions',
      'two-factor sign-in for moderation: off → on',
      'AFK after: 5 minutes → 1 hour',
      `AFK channel: none → ${channel}`,
      `owner: ${mod} → ${member}`,
      'language: American English → German',
      'system messages turned off: none → join messages, setup tips',
      'boost progress bar: off → on',
    ],
  },
  {
    payload: {
      action_type: 1,
      target_id: GUILD,
      changes: [
        from('features', ['COMMUNITY', 'NEWS'], ['COMMUNITY', 'INVITES_DISABLED']),
        from('rules_channel_id', null, CHANNEL),
        from('public_updates_channel_id', CHANNEL, null),
        from('safety_alerts_channel_id', null, CHANNEL),
        from('system_channel_id', null, CHANNEL),
        from('widget_enabled', false, true),
        from('widget_channel_id', null, CHANNEL),
        from('vanity_url_code', null, 'reading'),
        from('premium_tier', 1, 2),
        from('nsfw_level', 0, 3),
        from('region', 'europe', 'us-east'),
        from('prune_delete_days', 7, 30),
        from('discovery_splash_hash', null, 'a1'),
        from('home_header_hash', 'a1', null),
      ],
    },
    says: `${mod} changed the server settings (features: +invites paused −announcement channels; and 13 more)`,
    changes: [
      'features: +invites paused −announcement channels',
      `rules channel: none → ${channel}`,
      `updates channel: ${channel} → none`,
      `safety alerts channel: none → ${channel}`,
      `system messages channel: none → ${channel}`,
      'widget: off → on',
      `widget channel: none → ${channel}`,
      'custom invite: none → reading',
      'boost level: 1 → 2',
      'age rating: not rated → age-restricted',
      'region: europe → us\\-east',
      'prune after: 7 days → 30 days',
      'discovery background set',
      'server guide banner removed',
    ],
  },
  {
    payload: {
      action_type: 10,
      target_id: CHANNEL,
      changes: made({
        name: 'general',
        type: 2,
        bitrate: 64_000,
        user_limit: 0,
        nsfw: false,
        rate_limit_per_user: 0,
        permission_overwrites: [
          { id: ROLE, type: 0, allow: '1024', deny: '2048' },
          { id: MEMBER, type: 1, allow: '0', deny: '1024' },
          { id: GUILD, type: 0, allow: '0', deny: '0' },
        ],
        flags: 0,
      }),
    },
    says: `${mod} created the channel ${channel}`,
    changes: [
      'name: general',
      'type: voice',
      'bitrate: 64 kbps',
      'user limit: no limit',
      'age-restricted: off',
      'slow mode: off',
      `permissions for ${role}: allowed View Channels; denied Send Messages`,
      `permissions for ${member}: denied View Channels`,
      'permissions for @everyone: none',
      'flags: none',
    ],
  },
  {
    payload: {
      action_type: 11,
      target_id: CHANNEL,
      changes: [
        from('rate_limit_per_user', 0, 30),
        from('topic', 'Old', null),
        from('parent_id', null, THING),
        from('bitrate', 64_000, 96_000),
        from('user_limit', 0, 25),
        from('rtc_region', null, 'rotterdam'),
        from('video_quality_mode', 1, 2),
        from('nsfw', false, true),
        from('default_auto_archive_duration', 1440, 10_080),
        from('default_thread_rate_limit_per_user', 0, 120),
        from('default_sort_order', null, 1),
        from('default_forum_layout', 0, 2),
        from('default_reaction_emoji', null, { emoji_id: null, emoji_name: '👍' }),
        from(
          'available_tags',
          [{ id: '1', name: 'Bug', emoji_name: '🐛', moderated: false }],
          [
            { id: '1', name: 'Bug', emoji_name: '🐛', moderated: true },
            { id: '2', name: 'Idea', emoji_id: null, moderated: false },
          ],
        ),
        from('flags', 0, 16),
        from('position', 1, 2),
        from('default_tag_setting', null, 'match_all'),
        from('icon_emoji', null, { id: null, name: '📚' }),
        from('theme_color', null, 255),
      ],
    },
    says: `${mod} changed the channel ${channel} (slow mode: off → 30 seconds; and 19 more)`,
    changes: [
      'slow mode: off → 30 seconds',
      'topic: Old → none',
      `category: none → <#${THING}>`,
      'bitrate: 64 kbps → 96 kbps',
      'user limit: no limit → 25',
      'voice region: none → rotterdam',
      'video quality: auto → 720p',
      'age-restricted: off → on',
      'threads hide after: 1 day → 7 days',
      'slow mode in threads: off → 2 minutes',
      'sort order: none → creation date',
      'layout: not set → gallery view',
      'default reaction: none → 👍',
      'tags: +Idea',
      '“Bug” moderators only: no → yes',
      'flags: none → posts need a tag',
      'position: 1 → 2',
      'tags a search needs: none → all of them',
      'icon: none → 📚',
      'theme colour: none → #0000ff',
    ],
  },
  {
    payload: {
      action_type: 12,
      target_id: CHANNEL,
      changes: unmade({ name: 'gen-chat', type: 0, topic: '', nsfw: false, permission_overwrites: [] }),
    },
    says: `${mod} deleted the channel **gen\\-chat**`,
    changes: ['name: gen\\-chat', 'type: text', 'topic: none', 'age-restricted: off', 'permissions: none'],
  },
  {
    payload: {
      action_type: 13,
      target_id: CHANNEL,
      options: { id: ROLE, type: '0', role_name: 'Muted' },
      changes: made({ id: ROLE, type: '0', allow: '0', deny: '2048' }),
    },
    says: `${mod} set permissions for ${role} in ${channel} (denied Send Messages)`,
    changes: ['permissions: denied Send Messages'],
    extras: ['role: Muted'],
  },
  {
    payload: {
      action_type: 14,
      target_id: CHANNEL,
      options: { id: MEMBER, type: '1' },
      changes: [from('allow', '1024', '2048'), from('deny', '2048', '0')],
    },
    says: `${mod} changed permissions for ${member} in ${channel} (allowed Send Messages; no longer allowed View Channels)`,
    changes: ['permissions: allowed Send Messages; no longer allowed View Channels'],
    extras: [`for: ${member}`],
  },
  {
    payload: {
      action_type: 14,
      target_id: CHANNEL,
      options: { id: GUILD, type: '0', role_name: '@everyone' },
      changes: [from('deny', '0', '2048')],
    },
    says: `${mod} changed permissions for @everyone in ${channel} (denied Send Messages)`,
    changes: ['permissions: denied Send Messages'],
    extras: ['role: \\@everyone'],
  },
  {
    payload: {
      action_type: 15,
      target_id: CHANNEL,
      options: { id: ROLE, type: '0', role_name: 'Muted' },
      changes: unmade({ id: ROLE, type: 'role', allow: 1024, deny: 2048 }),
    },
    says: `${mod} reset permissions for ${role} in ${channel} (no longer allowed View Channels; no longer denied Send Messages)`,
    changes: ['permissions: no longer allowed View Channels; no longer denied Send Messages'],
    extras: ['role: Muted'],
  },
  {
    payload: {
      action_type: 15,
      target_id: CHANNEL,
      changes: unmade({ id: MEMBER, type: '1', allow: 1024, deny: 0 }),
    },
    says: `${mod} reset permissions for ${member} in ${channel} (no longer allowed View Channels)`,
    changes: [`for: ${member}`, 'permissions: no longer allowed View Channels'],
  },
  {
    payload: {
      action_type: 15,
      target_id: CHANNEL,
      options: { id: MEMBER, type: '1' },
      changes: unmade({ id: MEMBER, type: 'member', allow: 0, deny: 0 }),
    },
    says: `${mod} reset permissions for ${member} in ${channel}`,
    changes: ['permissions: none'],
    extras: [`for: ${member}`],
  },
  { payload: { action_type: 20, target_id: MEMBER }, says: `${mod} kicked ${member}` },
  {
    payload: { action_type: 20, target_id: MEMBER, options: { integration_type: 'twitch' } },
    says: `${mod} kicked ${member}`,
    extras: ['by way of: twitch'],
  },
  {
    payload: { action_type: 21, options: { delete_member_days: '30', members_removed: '12' } },
    says: `${mod} pruned 12 members, inactive for 30 days`,
    extras: ['inactive for: 30 days', 'members removed: 12'],
  },
  {
    payload: { action_type: 21, options: { delete_member_days: '30', members_removed: '1000' } },
    says: `${mod} pruned 1,000 or more members, inactive for 30 days`,
    extras: ['inactive for: 30 days', 'members removed: 1,000 or more'],
  },
  {
    payload: { action_type: 21, user_id: null },
    says: 'Somebody unknown pruned members',
  },
  {
    payload: { action_type: 21, options: { delete_member_days: '30', members_removed: '412' } },
    judged: { kind: Kind.PrunePart, executorId: null },
    says: 'More members were removed in the same prune, inactive for 30 days',
    extras: ['inactive for: 30 days'],
  },
  { payload: { action_type: 22, target_id: MEMBER }, says: `${mod} banned ${member}` },
  {
    payload: { action_type: 22, user_id: null, target_id: MEMBER },
    says: `Somebody unknown banned ${member}`,
  },
  { payload: { action_type: 20 }, says: `${mod} kicked somebody unknown` },
  { payload: { action_type: 28 }, says: `${mod} added the bot somebody unknown` },
  { payload: { action_type: 31 }, says: `${mod} changed the role something unknown` },
  { payload: { action_type: 121 }, says: `${mod} changed who may use something unknown` },
  { payload: { action_type: 23, target_id: MEMBER }, says: `${mod} unbanned ${member}` },
  {
    payload: {
      action_type: 24,
      target_id: MEMBER,
      changes: [
        from('nick', 'Bob', 'Robert'),
        from('mute', false, true),
        from('deaf', true, false),
        from('flags', 0, 4),
        from('pending', true, false),
        from('bypasses_verification', false, true),
        from('avatar_hash', 'a1', null),
      ],
    },
    says: `${mod} updated the profile of ${member} (nickname: Bob → Robert; and 6 more)`,
    changes: [
      'nickname: Bob → Robert',
      'muted: off → on',
      'deafened: on → off',
      'flags: none → bypasses verification',
      'has not accepted the rules yet: yes → no',
      'bypasses verification: no → yes',
      'avatar removed',
    ],
  },
  {
    payload: { action_type: 24, target_id: MOD, changes: [from('nick', null, 'Boss')] },
    says: `${mod} updated their own profile (nickname: none → Boss)`,
    changes: ['nickname: none → Boss'],
  },
  {
    payload: {
      action_type: 24,
      target_id: MEMBER,
      changes: [{ key: 'communication_disabled_until', new_value: '2026-05-02T06:04:26.000000+00:00' }],
    },
    says: `${mod} timed out ${member} for 1 hour`,
    changes: ['timeout: none → until <t:1777701866:f>'],
  },
  {
    payload: {
      action_type: 24,
      target_id: MEMBER,
      changes: [
        from(
          'communication_disabled_until',
          '2026-05-02T06:04:26.000000+00:00',
          '2026-05-03T05:04:28.000000+00:00',
        ),
      ],
    },
    says: `${mod} changed the timeout of ${member} to 1 day`,
    changes: ['timeout: until <t:1777701866:f> → until <t:1777784668:f>'],
  },
  {
    payload: {
      action_type: 24,
      target_id: MEMBER,
      changes: [{ key: 'communication_disabled_until', old_value: '2026-11-24T12:00:00.000000+00:00' }],
    },
    says: `${mod} lifted the timeout of ${member}`,
    changes: ['timeout: until <t:1795521600:f> → lifted'],
  },
  {
    payload: {
      action_type: 24,
      target_id: MEMBER,
      changes: [
        from(
          'communication_disabled_until',
          '2026-11-24T12:00:00.000000+00:00',
          '2023-01-13T00:27:45.000000+00:00',
        ),
      ],
    },
    says: `${mod} lifted the timeout of ${member}`,
    changes: ['timeout: until <t:1795521600:f> → ended <t:1673569665:f>'],
  },
  {
    payload: {
      action_type: 25,
      target_id: MEMBER,
      options: { integration_type: 'twitch' },
      changes: [
        { key: '$add', new_value: [{ id: ROLE, name: 'Muted' }] },
        { key: '$remove', new_value: [{ id: OTHER_ROLE, name: 'Trusted' }] },
      ],
    },
    says: `${mod} changed the roles of ${member}: +${role} −${otherRole}`,
    changes: [`roles: +${role}`, `roles: −${otherRole}`],
    extras: ['by way of: twitch'],
  },
  {
    payload: {
      action_type: 25,
      target_id: MOD,
      changes: [{ key: '$add', new_value: [{ id: ROLE, name: 'Reader' }] }],
    },
    says: `${mod} changed their own roles: +${role}`,
    changes: [`roles: +${role}`],
  },
  {
    payload: { action_type: 26, options: { channel_id: CHANNEL, count: '2' } },
    says: `${mod} moved 2 members to ${channel}`,
  },
  { payload: { action_type: 27, options: { count: '1' } }, says: `${mod} disconnected a member from voice` },
  { payload: { action_type: 28, target_id: MEMBER }, says: `${mod} added the bot ${member}` },
  {
    payload: {
      action_type: 30,
      target_id: ROLE,
      changes: made({
        name: 'Trusted',
        permissions: '6',
        color: 3_447_003,
        hoist: true,
        mentionable: false,
        flags: 1,
      }),
    },
    says: `${mod} created the role ${role}`,
    changes: [
      'name: Trusted',
      'permissions: granted Kick Members, Ban Members',
      'colour: #3498db',
      'shown separately: on',
      'mentionable: off',
      'flags: offered in onboarding',
    ],
  },
  {
    payload: {
      action_type: 31,
      target_id: ROLE,
      changes: [
        from('permissions', '2', '4611686018427387908'),
        from('color', 0, 16_711_680),
        from(
          'colors',
          { primary_color: 0, secondary_color: null, tertiary_color: null },
          {
            primary_color: 1,
            secondary_color: 2,
            tertiary_color: null,
          },
        ),
        from('unicode_emoji', null, '🌙'),
        from('icon_hash', null, 'a1'),
        from('tags', { bot_id: MEMBER }, {}),
      ],
    },
    says: `${mod} changed the role ${role} (granted Ban Members, unknown (bit 62); revoked Kick Members; and 5 more)`,
    changes: [
      'permissions: granted Ban Members, unknown (bit 62); revoked Kick Members',
      'colour: default → #ff0000',
      'colours: default → #000001, #000002',
      'emoji: none → 🌙',
      'icon set',
      `belongs to: the bot ${member} → none`,
    ],
  },
  {
    payload: {
      action_type: 32,
      target_id: ROLE,
      changes: unmade({ name: 'Trusted', permissions: '0', color: 0 }),
    },
    says: `${mod} deleted the role **Trusted**`,
    changes: ['name: Trusted', 'permissions: none', 'colour: default'],
  },
  {
    payload: {
      action_type: 40,
      changes: made({
        code: 'abc',
        channel_id: CHANNEL,
        inviter_id: MOD,
        uses: 0,
        max_uses: 0,
        max_age: 604_800,
        temporary: false,
        flags: 1,
      }),
    },
    says: `${mod} created an invite **abc**`,
    changes: [
      'code: abc',
      `channel: ${channel}`,
      `invited by: ${mod}`,
      'uses: 0',
      'uses allowed: no limit',
      'expires after: 7 days',
      'temporary membership: off',
      'flags: guest invite',
    ],
  },
  {
    payload: {
      action_type: 40,
      changes: made({
        code: 'live',
        type: 0,
        role_ids: [ROLE],
        target_type: 1,
        target_user_id: MEMBER,
        target_application_id: APPLICATION,
        guild_id: GUILD,
      }),
    },
    says: `${mod} created an invite **live**`,
    changes: [
      'code: live',
      'type: server',
      `roles given: ${role}`,
      'invites to: a stream',
      `invites to: ${member}`,
      `application: \`${APPLICATION}\``,
      'server: this server',
    ],
  },
  {
    payload: { action_type: 41, changes: [from('max_uses', 0, 10)] },
    says: `${mod} changed an invite (uses allowed: no limit → 10)`,
    changes: ['uses allowed: no limit → 10'],
  },
  {
    payload: { action_type: 42, changes: unmade({ code: 'abc', max_age: 0, max_uses: 3 }) },
    says: `${mod} deleted an invite **abc**`,
    changes: ['code: abc', 'expires after: never', 'uses allowed: 3'],
  },
  {
    payload: {
      action_type: 50,
      target_id: THING,
      changes: made({ name: 'Spidey Bot', type: 1, channel_id: CHANNEL }),
    },
    says: `${mod} created the webhook **Spidey Bot**`,
    changes: ['name: Spidey Bot', 'type: incoming', `channel: ${channel}`],
  },
  {
    payload: { action_type: 51, target_id: THING, changes: [from('avatar_hash', null, 'a1')] },
    says: `${mod} changed the webhook \`${THING}\` (avatar set)`,
    changes: ['avatar set'],
  },
  {
    payload: {
      action_type: 52,
      user_id: null,
      target_id: THING,
      changes: unmade({ channel_id: CHANNEL, name: 'Spidey Bot', application_id: APPLICATION }),
    },
    says: 'Somebody unknown deleted the webhook **Spidey Bot**',
    changes: [`channel: ${channel}`, 'name: Spidey Bot', `application: \`${APPLICATION}\``],
  },
  {
    payload: { action_type: 60, target_id: THING, changes: made({ name: 'eevee' }) },
    says: `${mod} added the emoji **eevee**`,
    changes: ['name: eevee'],
  },
  {
    payload: {
      action_type: 61,
      target_id: THING,
      changes: [from('name', 'eevee', 'umbreon'), from('roles', [], [ROLE])],
    },
    says: `${mod} changed the emoji **umbreon** (name: eevee → umbreon; and 1 more)`,
    changes: ['name: eevee → umbreon', `roles: +${role}`],
  },
  {
    payload: { action_type: 62, target_id: THING, changes: unmade({ name: 'umbreon' }) },
    says: `${mod} deleted the emoji **umbreon**`,
    changes: ['name: umbreon'],
  },
  {
    payload: { action_type: 72, target_id: MEMBER, options: { channel_id: CHANNEL, count: '3' } },
    says: `${mod} deleted 3 messages by ${member} in ${channel}`,
  },
  {
    payload: { action_type: 73, target_id: CHANNEL, options: { count: '50' } },
    says: `${mod} bulk deleted 50 messages in ${channel}`,
  },
  {
    payload: { action_type: 74, target_id: MEMBER, options: { channel_id: CHANNEL, message_id: MESSAGE } },
    says: `${mod} pinned a message by ${member} in ${channel}`,
    extras: [`message: [a message](https://discord.com/channels/${GUILD}/${CHANNEL}/${MESSAGE})`],
  },
  {
    payload: { action_type: 75, target_id: MEMBER, options: { channel_id: CHANNEL, message_id: MESSAGE } },
    says: `${mod} unpinned a message by ${member} in ${channel}`,
    extras: [`message: [a message](https://discord.com/channels/${GUILD}/${CHANNEL}/${MESSAGE})`],
  },
  {
    payload: { action_type: 80, target_id: THING, changes: made({ type: 'discord', name: 'PentaBot' }) },
    says: `${mod} added the integration **PentaBot**`,
    changes: ['type: discord', 'name: PentaBot'],
  },
  {
    payload: {
      action_type: 81,
      target_id: THING,
      changes: [
        from('enable_emoticons', false, true),
        from('expire_behavior', 0, 1),
        from('expire_grace_period', 1, 7),
        from('synced_at', null, '2026-11-24T12:00:00.000000+00:00'),
      ],
    },
    says: `${mod} changed the integration \`${THING}\` (emoticons: off → on; and 3 more)`,
    changes: [
      'emoticons: off → on',
      'when it expires: remove the role → kick',
      'grace period: 1 day → 7 days',
      'synced: none → <t:1795521600:f>',
    ],
  },
  {
    payload: { action_type: 82, target_id: THING, changes: unmade({ name: 'PentaBot', type: 'discord' }) },
    says: `${mod} removed the integration **PentaBot**`,
    changes: ['name: PentaBot', 'type: discord'],
  },
  {
    payload: {
      action_type: 83,
      target_id: THING,
      options: { channel_id: CHANNEL },
      changes: made({
        topic: 'Book club',
        privacy_level: 2,
        discoverable_disabled: true,
        guild_scheduled_event_id: THING,
        send_start_notification: false,
      }),
    },
    says: `${mod} started a stage in ${channel}`,
    changes: [
      'topic: Book club',
      'privacy: members only',
      'hidden from discovery: on',
      `event: \`${THING}\``,
      'notifies everyone: off',
    ],
  },
  {
    payload: {
      action_type: 84,
      target_id: THING,
      options: { channel_id: CHANNEL },
      changes: [from('topic', 'Book club', 'Poetry')],
    },
    says: `${mod} changed a stage in ${channel} (topic: Book club → Poetry)`,
    changes: ['topic: Book club → Poetry'],
  },
  {
    payload: {
      action_type: 85,
      target_id: THING,
      options: { channel_id: CHANNEL },
      changes: unmade({ topic: 'Poetry' }),
    },
    says: `${mod} ended a stage in ${channel}`,
    changes: ['topic: Poetry'],
  },
  {
    payload: {
      action_type: 90,
      target_id: THING,
      changes: made({
        name: 'wave',
        tags: '👋',
        description: '',
        format_type: 2,
        asset: '',
        available: true,
        type: 2,
      }),
    },
    says: `${mod} added the sticker **wave**`,
    changes: [
      'name: wave',
      'related emoji: 👋',
      'description: none',
      'format: APNG',
      'asset: none',
      'available: on',
      'type: server',
    ],
  },
  {
    payload: { action_type: 91, target_id: THING, changes: [from('tags', '👋', '🖐️')] },
    says: `${mod} changed the sticker \`${THING}\` (related emoji: 👋 → 🖐️)`,
    changes: ['related emoji: 👋 → 🖐️'],
  },
  {
    payload: { action_type: 92, target_id: THING, changes: unmade({ name: 'wave' }) },
    says: `${mod} deleted the sticker **wave**`,
    changes: ['name: wave'],
  },
  {
    payload: {
      action_type: 100,
      target_id: THING,
      changes: made({
        name: 'Book club',
        description: 'Bring a book',
        entity_type: 3,
        location: 'The library',
        privacy_level: 2,
        status: 1,
        scheduled_start_time: '2026-12-01T18:00:00+00:00',
        recurrence_rule: { start: '2026-12-01T18:00:00+00:00', frequency: 2, interval: 2, by_weekday: [1] },
        image_hash: 'a1',
        creator_id: MOD,
        entity_id: THING,
      }),
    },
    says: `${mod} scheduled the event **Book club**`,
    changes: [
      'name: Book club',
      'description: Bring a book',
      'where: elsewhere',
      'location: The library',
      'privacy: members only',
      'status: scheduled',
      'starts: <t:1796148000:f>',
      'repeats: every 2 weeks on Tuesday',
      'cover image set',
      `made by: ${mod}`,
      `entity: \`${THING}\``,
    ],
  },
  {
    payload: {
      action_type: 101,
      target_id: THING,
      changes: [
        from('status', 1, 2),
        from('channel_id', null, CHANNEL),
        from('entity_metadata', { location: 'Here' }, null),
        from('entity_type', null, 0),
      ],
    },
    says: `${mod} changed the event \`${THING}\` (status: scheduled → active; and 2 more)`,
    changes: ['status: scheduled → active', `channel: none → ${channel}`, 'location: Here → none'],
  },
  {
    payload: { action_type: 102, target_id: THING, changes: unmade({ name: 'Book club', status: 1 }) },
    says: `${mod} cancelled the event **Book club**`,
    changes: ['name: Book club', 'status: scheduled'],
  },
  {
    payload: {
      action_type: 110,
      target_id: CHANNEL,
      changes: made({
        name: 'Chapter 1',
        type: 11,
        archived: false,
        locked: false,
        auto_archive_duration: 1440,
        flags: 2,
      }),
    },
    says: `${mod} created the thread ${channel}`,
    changes: [
      'name: Chapter 1',
      'type: public thread',
      'archived: off',
      'locked: off',
      'hides after: 1 day',
      'flags: pinned',
    ],
  },
  {
    payload: {
      action_type: 111,
      target_id: CHANNEL,
      changes: [
        from('archived', false, true),
        from('locked', false, true),
        from('invitable', true, false),
        from('applied_tags', [], [THING]),
      ],
    },
    says: `${mod} changed the thread ${channel} (archived: off → on; and 3 more)`,
    changes: [
      'archived: off → on',
      'locked: off → on',
      'members may invite: on → off',
      `tags: +\`${THING}\``,
    ],
  },
  {
    payload: { action_type: 112, target_id: CHANNEL, changes: unmade({ name: 'Chapter 1', type: 11 }) },
    says: `${mod} deleted the thread **Chapter 1**`,
    changes: ['name: Chapter 1', 'type: public thread'],
  },
  {
    payload: {
      action_type: 121,
      target_id: THING,
      options: { application_id: APPLICATION },
      changes: [
        from(GUILD, null, { id: GUILD, type: 1, permission: false }),
        from(ROLE, null, { id: ROLE, type: 1, permission: true }),
        from(MEMBER, { id: MEMBER, type: 2, permission: true }, null),
        from(String(BigInt(GUILD) - 1n), null, {
          id: String(BigInt(GUILD) - 1n),
          type: 3,
          permission: false,
        }),
        from(
          CHANNEL,
          { id: CHANNEL, type: 3, permission: false },
          { id: CHANNEL, type: 3, permission: true },
        ),
      ],
    },
    says: `${mod} changed who may use the command \`${THING}\` (@everyone: none → denied; and 4 more)`,
    changes: [
      '@everyone: none → denied',
      `${role}: none → allowed`,
      `${member}: allowed → none`,
      'all channels: none → denied',
      `${channel}: denied → allowed`,
    ],
    extras: [`application: \`${APPLICATION}\``],
  },
  {
    payload: {
      action_type: 130,
      changes: made({
        name: 'quack',
        volume: 0.5,
        emoji_name: '🦆',
        emoji_id: null,
        user_id: MOD,
        sound_id: THING,
        available: true,
      }),
    },
    says: `${mod} added the sound **quack**`,
    changes: [
      'name: quack',
      'volume: 50%',
      'emoji: 🦆',
      'emoji: none',
      `added by: ${mod}`,
      `sound: \`${THING}\``,
      'available: on',
    ],
  },
  {
    payload: { action_type: 131, target_id: THING, changes: [from('volume', 0.5, 1)] },
    says: `${mod} changed the sound \`${THING}\` (volume: 50% → 100%)`,
    changes: ['volume: 50% → 100%'],
  },
  {
    payload: { action_type: 132, changes: unmade({ name: 'quack' }) },
    says: `${mod} deleted the sound **quack**`,
    changes: ['name: quack'],
  },
  {
    payload: {
      action_type: 140,
      target_id: THING,
      changes: made({
        name: 'No scams',
        event_type: 1,
        trigger_type: 1,
        trigger_metadata: {
          keyword_filter: ['free nitro', '*scam*'],
          regex_patterns: [],
          allow_list: ['scampi'],
        },
        actions: [
          { type: 1, metadata: { custom_message: 'No *scams*, please' } },
          { type: 2, metadata: { channel_id: CHANNEL } },
          { type: 3, metadata: { duration_seconds: 600 } },
        ],
        enabled: true,
        exempt_roles: [ROLE],
        exempt_channels: [],
      }),
    },
    says: `${mod} created the AutoMod rule **No scams**`,
    changes: [
      'name: No scams',
      'checks: messages',
      'trigger: keywords',
      'keywords: free nitro, \\*scam\\*',
      'patterns: none',
      'allowed words: scampi',
      `actions: block the message, saying No \\*scams\\*, please, send an alert to ${channel}, time out for 10 minutes`,
      'enabled: on',
      `exempt roles: ${role}`,
      'exempt channels: none',
    ],
  },
  {
    payload: {
      action_type: 141,
      target_id: THING,
      changes: [
        { key: '$add_keyword_filter', new_value: ['free robux'] },
        { key: '$remove_keyword_filter', new_value: ['free nitro'] },
        { key: '$add_regex_patterns', new_value: ['b.d'] },
        { key: '$remove_allow_list', new_value: ['scampi'] },
        from(
          'trigger_metadata',
          { presets: [1], mention_total_limit: 5 },
          {
            presets: [1, 3],
            mention_total_limit: 10,
            mention_raid_protection_enabled: true,
          },
        ),
        from(
          'actions',
          [{ type: 1, metadata: {} }],
          [
            { type: 1, metadata: {} },
            { type: 4, metadata: {} },
          ],
        ),
        from('exempt_channels', [CHANNEL], []),
        from('event_type', 1, 2),
      ],
    },
    says: `${mod} changed the AutoMod rule \`${THING}\` (keywords: +free robux; and 9 more)`,
    changes: [
      'keywords: +free robux',
      'keywords: −free nitro',
      'patterns: +b.d',
      'allowed words: −scampi',
      'word lists: +slurs',
      'mentions allowed: 5 → 10',
      'mention raid protection: none → on',
      'actions: +block the member from interacting',
      `exempt channels: −${channel}`,
      'checks: messages → members who join or change their profile',
    ],
  },
  {
    payload: { action_type: 142, target_id: THING, changes: unmade({ name: 'No scams', enabled: false }) },
    says: `${mod} deleted the AutoMod rule **No scams**`,
    changes: ['name: No scams', 'enabled: off'],
  },
  {
    payload: {
      action_type: 143,
      target_id: MOD,
      options: {
        channel_id: CHANNEL,
        auto_moderation_rule_name: 'No scams',
        auto_moderation_rule_trigger_type: '1',
      },
    },
    says: `AutoMod blocked a message by ${mod} in ${channel} (**No scams**)`,
    extras: ['rule: No scams', 'trigger: keywords'],
  },
  {
    payload: {
      action_type: 144,
      target_id: MOD,
      options: {
        channel_id: '',
        auto_moderation_rule_name: 'Profiles',
        auto_moderation_rule_trigger_type: '6',
      },
    },
    says: `AutoMod flagged a message by ${mod} (**Profiles**)`,
    extras: ['channel: none', 'rule: Profiles', 'trigger: member profiles'],
  },
  {
    payload: {
      action_type: 145,
      target_id: MOD,
      options: {
        channel_id: CHANNEL,
        auto_moderation_rule_name: 'Raids',
        auto_moderation_rule_trigger_type: '5',
      },
    },
    says: `AutoMod timed out ${mod} (**Raids**)`,
    extras: ['rule: Raids', 'trigger: mention spam'],
  },
  {
    payload: {
      action_type: 146,
      user_id: null,
      target_id: MEMBER,
      options: { auto_moderation_rule_name: 'Names', auto_moderation_rule_trigger_type: '6' },
    },
    says: `AutoMod quarantined ${member} (**Names**)`,
    extras: ['rule: Names', 'trigger: member profiles'],
  },
  {
    payload: { action_type: 146, target_id: MEMBER },
    says: `AutoMod quarantined ${member} · by ${mod}`,
  },
  {
    payload: { action_type: 146, target_id: MOD },
    says: `AutoMod quarantined ${mod}`,
  },
  {
    payload: { action_type: 143, user_id: null, target_id: MEMBER },
    says: `AutoMod blocked a message by ${member}`,
  },
  {
    payload: { action_type: 145, user_id: null },
    says: 'AutoMod timed out somebody unknown',
  },
  {
    payload: { action_type: 180, user_id: null, target_id: MEMBER },
    says: `Discord blocked a harmful link by ${member}`,
  },
  { payload: { action_type: 150, target_id: GUILD }, says: `${mod} requested monetization` },
  { payload: { action_type: 151, target_id: GUILD }, says: `${mod} accepted the monetization terms` },
  {
    payload: {
      action_type: 163,
      target_id: THING,
      changes: made({
        title: 'What do you read?',
        type: 0,
        options: [
          { id: '1', title: 'Novels', role_ids: [ROLE], channel_ids: [CHANNEL], description: '' },
          { id: '2', title: 'Poems', role_ids: [], channel_ids: [] },
        ],
        single_select: false,
        required: true,
        in_onboarding: true,
      }),
    },
    says: `${mod} added the onboarding question **What do you read?**`,
    changes: [
      'title: What do you read?',
      'type: multiple choice',
      `answers: Novels ${role} ${channel}, Poems`,
      'one answer only: off',
      'required: on',
      'asked in onboarding: on',
    ],
  },
  {
    payload: {
      action_type: 164,
      target_id: THING,
      changes: [from('required', true, false), from('type', 0, 1)],
    },
    says: `${mod} changed the onboarding question \`${THING}\` (required: on → off; and 1 more)`,
    changes: ['required: on → off', 'type: multiple choice → dropdown'],
  },
  {
    payload: { action_type: 165, target_id: THING, changes: unmade({ title: 'What do you read?' }) },
    says: `${mod} deleted the onboarding question **What do you read?**`,
    changes: ['title: What do you read?'],
  },
  {
    payload: {
      action_type: 166,
      target_id: GUILD,
      changes: made({ enabled: true, mode: 0, default_channel_ids: [CHANNEL] }),
    },
    says: `${mod} set up onboarding`,
    changes: ['enabled: on', 'mode: default', `default channels: ${channel}`],
  },
  {
    payload: {
      action_type: 167,
      target_id: GUILD,
      changes: [
        from('mode', 0, 1),
        from('prompts', [{ id: '1', title: 'Old?' }], [{ id: '2', title: 'New?' }]),
        from('below_requirements', true, false),
      ],
    },
    says: `${mod} changed onboarding (mode: default → advanced; and 2 more)`,
    changes: [
      'mode: default → advanced',
      'questions: +New? −Old?',
      'meets the requirements of onboarding: no → yes',
    ],
  },
  {
    payload: {
      action_type: 167,
      target_id: GUILD,
      changes: [
        from(
          'prompts',
          [
            {
              id: '1',
              title: 'What do you read?',
              required: false,
              options: [{ id: '8', title: 'Novels', role_ids: [], emoji: { id: null, name: null } }],
            },
            { id: '2', title: 'Where?', options: [] },
          ],
          [
            { id: '2', title: 'Where?', options: [] },
            {
              id: '1',
              title: 'What do you read?',
              required: true,
              options: [
                { id: '8', title: 'Novels', role_ids: [ROLE], emoji: { id: null, name: '📚' } },
                { id: '9', title: 'Poems', role_ids: [] },
              ],
            },
          ],
        ),
      ],
    },
    says: `${mod} changed onboarding (“What do you read?” required: off → on; and 3 more)`,
    changes: [
      '“What do you read?” required: off → on',
      '“What do you read?” answers: +Poems',
      `“What do you read?” “Novels” roles: +${role}`,
      '“What do you read?” “Novels” emoji: none → 📚',
    ],
  },
  {
    payload: { action_type: 171, target_id: THING, options: { channel_id: CHANNEL, message_id: MESSAGE } },
    says: `${mod} featured an item in the server guide`,
    extras: [`message: [a message](https://discord.com/channels/${GUILD}/${CHANNEL}/${MESSAGE})`],
  },
  { payload: { action_type: 172, target_id: THING }, says: `${mod} removed an item from the server guide` },
  {
    payload: { action_type: 180, target_id: MOD, options: { channel_id: CHANNEL } },
    says: `Discord blocked a harmful link by ${mod} in ${channel}`,
  },
  {
    payload: { action_type: 190, target_id: GUILD, changes: made({ enabled: true }) },
    says: `${mod} set up the server guide`,
    changes: ['enabled: on'],
  },
  {
    payload: {
      action_type: 191,
      target_id: GUILD,
      changes: [
        from(
          'welcome_message',
          { author_ids: [MOD], message: 'Hi' },
          { author_ids: [MOD], message: 'Welcome!' },
        ),
        from('new_member_actions', [], [{ channel_id: CHANNEL, action_type: 0, title: 'Read the rules' }]),
        from(
          'resource_channels',
          [{ channel_id: CHANNEL, title: 'Rules', description: '' }],
          [{ channel_id: CHANNEL, title: 'Our rules', description: null }],
        ),
      ],
    },
    says: `${mod} changed the server guide (welcome message: Hi → Welcome!; and 2 more)`,
    changes: [
      'welcome message: Hi → Welcome!',
      `to do for new members: +Read the rules ${channel}`,
      '“Our rules” title: Rules → Our rules',
    ],
  },
  {
    payload: {
      action_type: 192,
      target_id: CHANNEL,
      options: { channel_id: CHANNEL, status: 'In a meeting' },
    },
    says: `${mod} set the voice status of ${channel}: **In a meeting**`,
    extras: ['status: In a meeting'],
  },
  {
    payload: {
      action_type: 192,
      target_id: CHANNEL,
      options: { status: 'in a meeting' },
      changes: [from('status', 'afk', 'in a meeting')],
    },
    says: `${mod} set the voice status of ${channel}: **in a meeting**`,
    changes: ['status: afk → in a meeting'],
  },
  {
    payload: { action_type: 192, target_id: CHANNEL, changes: [from('status', 'afk', 'in a meeting')] },
    says: `${mod} set the voice status of ${channel}`,
    changes: ['status: afk → in a meeting'],
  },
  {
    payload: { action_type: 193, target_id: CHANNEL, options: { channel_id: CHANNEL } },
    says: `${mod} cleared the voice status of ${channel}`,
  },
  {
    payload: { action_type: 194, target_id: THING, changes: [from('nick', null, 'Clyde')] },
    says: `${mod} changed the profile of Clyde AI (nick: none → Clyde)`,
    changes: ['nick: none → Clyde'],
  },
  {
    payload: { action_type: 200, target_id: THING, changes: made({ event_id: THING, is_canceled: true }) },
    says: `${mod} cancelled one date of the event \`${THING}\``,
    changes: [`event: \`${THING}\``, 'cancelled: yes'],
  },
  {
    payload: {
      action_type: 201,
      target_id: THING,
      options: { event_exception_id: EVENT_DATE },
      changes: [from('is_canceled', false, true)],
    },
    says: `${mod} cancelled one date of the event \`${THING}\``,
    changes: ['cancelled: no → yes'],
    extras: ['original date: <t:1795521600:f>'],
  },
  {
    payload: { action_type: 201, target_id: THING, changes: [from('is_canceled', true, false)] },
    says: `${mod} restored one date of the event \`${THING}\``,
    changes: ['cancelled: yes → no'],
  },
  {
    payload: {
      action_type: 201,
      target_id: THING,
      changes: [
        from('scheduled_start_time', null, '2026-12-01T18:00:00+00:00'),
        from('scheduled_end_time', null, null),
      ],
    },
    says: `${mod} changed one date of the event \`${THING}\` (starts: none → <t:1796148000:f>)`,
    changes: ['starts: none → <t:1796148000:f>'],
  },
  {
    payload: {
      action_type: 202,
      target_id: THING,
      options: { event_exception_id: EVENT_DATE },
      changes: unmade({ event_exception_id: EVENT_DATE, event_id: THING }),
    },
    says: `${mod} restored one date of the event \`${THING}\``,
    changes: [`event: \`${THING}\``],
    extras: ['original date: <t:1795521600:f>'],
  },
  {
    payload: {
      action_type: 210,
      target_id: GUILD,
      changes: [
        from('verification_enabled', false, true),
        from(
          'form_fields',
          [
            { field_type: 'TERMS', label: 'Rules', values: ['No spam', 'Be kind'], required: true },
            { field_type: 'MULTIPLE_CHOICE', label: 'Novels?', choices: ['Yes', 'No'], required: true },
            { field_type: 'TEXT_INPUT', label: 'Age?' },
          ],
          [
            {
              field_type: 'TERMS',
              label: 'Rules',
              values: ['No spam', 'Be kind', 'English only'],
              required: true,
            },
            { field_type: 'MULTIPLE_CHOICE', label: 'Novels?', choices: ['Yes', 'Never'], required: false },
            { field_type: 'PARAGRAPH', label: 'Why?' },
          ],
        ),
      ],
    },
    says: `${mod} changed the rules and questions for new members (verification: off → on; and 4 more)`,
    changes: [
      'verification: off → on',
      'rules and questions: +Why? (long answer) −Age? (short answer)',
      'Rules: +English only',
      'Novels?: +Never −No',
      '“Novels?” required: on → off',
    ],
  },
  {
    payload: {
      action_type: 211,
      target_id: GUILD,
      changes: [from('brand_color_primary', '#ff1c90', '#4fe2ca')],
    },
    says: `${mod} changed the server profile (brand colour: \\#ff1c90 → \\#4fe2ca)`,
    changes: ['brand colour: \\#ff1c90 → \\#4fe2ca'],
  },
  {
    payload: { action_type: 212, target_id: GUILD },
    says: `${mod} moved pinning to its own permission, Pin Messages`,
  },
  {
    payload: { action_type: 213, target_id: GUILD },
    says: `${mod} moved bypassing slow mode to its own permission, Bypass Slowmode`,
  },
  {
    payload: {
      action_type: 999,
      options: { field: 'value' },
      changes: [from('shape_of_things', { round: true }, 'flat')],
    },
    says: `${mod} did something Custos does not know yet, action 999 (shape\\_of\\_things: {"round":true} → flat)`,
    changes: ['shape\\_of\\_things: {"round":true} → flat'],
    extras: ['field: value'],
  },
]
