import type { EntityType } from '../names/named-entity.ts'

/** The groups a split adds up over: each entry is in exactly one. */
export const GROUPS = [
  'Bans & kicks',
  'Timeouts',
  'Deletes',
  'Members',
  'Roles',
  'Channels',
  'Messages',
  'AutoMod',
  'Server',
  'Other',
] as const

/** What actions are counted and found by together; each is in one group. */
export type Group = (typeof GROUPS)[number]

/** What `target_id` names; a `thing` where Discord does not say. */
export type TargetKind = EntityType | 'thing' | 'nothing'

/** What is known of one action. */
export interface ActionRow {
  /** The action type, or a negative number for what Discord lumps together under one type. */
  readonly kind: number
  /** Discord's action type. */
  readonly type: number
  readonly enumName: string
  readonly group: Group
  readonly target: TargetKind
  readonly emoji: string
  /** A sentence with `{gaps}`; a part in brackets stands only where all its gaps can be filled. */
  readonly says: string
  /** What the entry's count is of, where it has one. */
  readonly counts?: 'message' | 'member' | undefined
}

const COUNTS: ReadonlyMap<number, ActionRow['counts']> = new Map([
  [26, 'member'],
  [27, 'member'],
  [72, 'message'],
  [73, 'message'],
])

/** The action type that each kind below zero has in the log. */
const TYPES: ReadonlyMap<number, number> = new Map([
  [-1, 24],
  [-2, 24],
  [-3, 24],
  [-4, 25],
  [-5, 21],
])

function row(
  kind: number,
  enumName: string,
  group: Group,
  target: TargetKind,
  emoji: string,
  says: string,
): ActionRow {
  return {
    kind,
    type: TYPES.get(kind) ?? kind,
    enumName,
    group,
    target,
    emoji,
    says,
    counts: COUNTS.get(kind),
  }
}

/**
 * Every action type of Discord's documentation and of its OpenAPI specification, named as in
 * https://docs.discord.com/developers/resources/audit-log#audit-log-entry-object-audit-log-events
 * (what stands only in the specification: 171, 172, 180, 200–202, 211), and those that only the unofficial
 * documentation names: 194, 210, 212, 213. https://docs.discord.food/resources/audit-log#audit-log-action-type
 */
export const ACTION_ROWS: readonly ActionRow[] = [
  row(1, 'GUILD_UPDATE', 'Server', 'guild', '🏠', '{by} changed the server settings'),

  row(10, 'CHANNEL_CREATE', 'Channels', 'channel', '📁', '{by} created {target}'),
  row(11, 'CHANNEL_UPDATE', 'Channels', 'channel', '📁', '{by} changed {target}'),
  row(12, 'CHANNEL_DELETE', 'Channels', 'channel', '📁', '{by} deleted {target}'),
  row(
    13,
    'CHANNEL_OVERWRITE_CREATE',
    'Channels',
    'channel',
    '🔐',
    '{by} set permissions[ for {overwritten}] in {target}',
  ),
  row(
    14,
    'CHANNEL_OVERWRITE_UPDATE',
    'Channels',
    'channel',
    '🔐',
    '{by} changed permissions[ for {overwritten}] in {target}',
  ),
  row(
    15,
    'CHANNEL_OVERWRITE_DELETE',
    'Channels',
    'channel',
    '🔐',
    '{by} reset permissions[ for {overwritten}] in {target}',
  ),

  row(20, 'MEMBER_KICK', 'Bans & kicks', 'user', '👢', '{by} kicked {target}'),
  row(21, 'MEMBER_PRUNE', 'Bans & kicks', 'nothing', '✂️', '{by} pruned {pruned}[, inactive for {days}]'),
  row(
    -5,
    'MEMBER_PRUNE',
    'Bans & kicks',
    'nothing',
    '✂️',
    'More members were removed in the same prune[, inactive for {days}]',
  ),
  row(22, 'MEMBER_BAN_ADD', 'Bans & kicks', 'user', '🔨', '{by} banned {target}'),
  row(23, 'MEMBER_BAN_REMOVE', 'Bans & kicks', 'user', '🕊️', '{by} unbanned {target}'),
  row(24, 'MEMBER_UPDATE', 'Members', 'user', '👤', '{by} updated {target}'),
  row(-1, 'MEMBER_TIMEOUT', 'Timeouts', 'user', '⏳', '{by} timed out {target}[ until {until}]'),
  row(-2, 'MEMBER_TIMEOUT_REMOVE', 'Timeouts', 'user', '⌛', '{by} lifted the timeout of {target}'),
  row(-3, 'MEMBER_UPDATE', 'Members', 'user', '👤', '{by} updated their own profile'),
  row(25, 'MEMBER_ROLE_UPDATE', 'Members', 'user', '🎭', '{by} changed the roles of {target}[: {roles}]'),
  row(-4, 'MEMBER_ROLE_UPDATE', 'Members', 'user', '🎭', '{by} changed their own roles[: {roles}]'),
  row(26, 'MEMBER_MOVE', 'Members', 'nothing', '🔀', '{by} moved {members}[ to {channel}]'),
  row(27, 'MEMBER_DISCONNECT', 'Members', 'nothing', '🔇', '{by} disconnected {members} from voice'),
  row(28, 'BOT_ADD', 'Members', 'user', '🤖', '{by} added the bot {target}'),

  row(30, 'ROLE_CREATE', 'Roles', 'role', '🏷️', '{by} created the role {target}'),
  row(31, 'ROLE_UPDATE', 'Roles', 'role', '🏷️', '{by} changed the role {target}'),
  row(32, 'ROLE_DELETE', 'Roles', 'role', '🏷️', '{by} deleted the role {target}'),

  row(40, 'INVITE_CREATE', 'Server', 'nothing', '✉️', '{by} created an invite[ {target}]'),
  row(41, 'INVITE_UPDATE', 'Server', 'nothing', '✉️', '{by} changed an invite[ {target}]'),
  row(42, 'INVITE_DELETE', 'Server', 'nothing', '✉️', '{by} deleted an invite[ {target}]'),
  row(50, 'WEBHOOK_CREATE', 'Server', 'webhook', '🪝', '{by} created the webhook {target}'),
  row(51, 'WEBHOOK_UPDATE', 'Server', 'webhook', '🪝', '{by} changed the webhook {target}'),
  row(52, 'WEBHOOK_DELETE', 'Server', 'webhook', '🪝', '{by} deleted the webhook {target}'),
  row(60, 'EMOJI_CREATE', 'Server', 'emoji', '😀', '{by} added the emoji {target}'),
  row(61, 'EMOJI_UPDATE', 'Server', 'emoji', '😀', '{by} changed the emoji {target}'),
  row(62, 'EMOJI_DELETE', 'Server', 'emoji', '😀', '{by} deleted the emoji {target}'),

  row(72, 'MESSAGE_DELETE', 'Deletes', 'user', '🗑️', '{by} deleted {messages} by {target}[ in {channel}]'),
  row(73, 'MESSAGE_BULK_DELETE', 'Deletes', 'channel', '🧹', '{by} bulk deleted {messages} in {target}'),
  row(74, 'MESSAGE_PIN', 'Messages', 'user', '📌', '{by} pinned a message by {target}[ in {channel}]'),
  row(75, 'MESSAGE_UNPIN', 'Messages', 'user', '📌', '{by} unpinned a message by {target}[ in {channel}]'),

  row(80, 'INTEGRATION_CREATE', 'Server', 'integration', '🔌', '{by} added the integration {target}'),
  row(81, 'INTEGRATION_UPDATE', 'Server', 'integration', '🔌', '{by} changed the integration {target}'),
  row(82, 'INTEGRATION_DELETE', 'Server', 'integration', '🔌', '{by} removed the integration {target}'),
  row(83, 'STAGE_INSTANCE_CREATE', 'Channels', 'stage', '🎤', '{by} started a stage[ in {channel}]'),
  row(84, 'STAGE_INSTANCE_UPDATE', 'Channels', 'stage', '🎤', '{by} changed a stage[ in {channel}]'),
  row(85, 'STAGE_INSTANCE_DELETE', 'Channels', 'stage', '🎤', '{by} ended a stage[ in {channel}]'),
  row(90, 'STICKER_CREATE', 'Server', 'sticker', '🩹', '{by} added the sticker {target}'),
  row(91, 'STICKER_UPDATE', 'Server', 'sticker', '🩹', '{by} changed the sticker {target}'),
  row(92, 'STICKER_DELETE', 'Server', 'sticker', '🩹', '{by} deleted the sticker {target}'),
  row(100, 'GUILD_SCHEDULED_EVENT_CREATE', 'Server', 'event', '📅', '{by} scheduled the event {target}'),
  row(101, 'GUILD_SCHEDULED_EVENT_UPDATE', 'Server', 'event', '📅', '{by} changed the event {target}'),
  row(102, 'GUILD_SCHEDULED_EVENT_DELETE', 'Server', 'event', '📅', '{by} cancelled the event {target}'),
  row(110, 'THREAD_CREATE', 'Channels', 'thread', '🧵', '{by} created the thread {target}'),
  row(111, 'THREAD_UPDATE', 'Channels', 'thread', '🧵', '{by} changed the thread {target}'),
  row(112, 'THREAD_DELETE', 'Channels', 'thread', '🧵', '{by} deleted the thread {target}'),
  row(
    121,
    'APPLICATION_COMMAND_PERMISSION_UPDATE',
    'Server',
    'command',
    '🔐',
    '{by} changed who may use {command}',
  ),
  row(130, 'SOUNDBOARD_SOUND_CREATE', 'Server', 'sound', '🔊', '{by} added the sound {target}'),
  row(131, 'SOUNDBOARD_SOUND_UPDATE', 'Server', 'sound', '🔊', '{by} changed the sound {target}'),
  row(132, 'SOUNDBOARD_SOUND_DELETE', 'Server', 'sound', '🔊', '{by} deleted the sound {target}'),

  row(140, 'AUTO_MODERATION_RULE_CREATE', 'AutoMod', 'rule', '🛡️', '{by} created the AutoMod rule {target}'),
  row(141, 'AUTO_MODERATION_RULE_UPDATE', 'AutoMod', 'rule', '🛡️', '{by} changed the AutoMod rule {target}'),
  row(142, 'AUTO_MODERATION_RULE_DELETE', 'AutoMod', 'rule', '🛡️', '{by} deleted the AutoMod rule {target}'),
  row(
    143,
    'AUTO_MODERATION_BLOCK_MESSAGE',
    'AutoMod',
    'user',
    '🛡️',
    'AutoMod blocked a message by {offender}[ in {channel}][ ({rule})]',
  ),
  row(
    144,
    'AUTO_MODERATION_FLAG_TO_CHANNEL',
    'AutoMod',
    'user',
    '🛡️',
    'AutoMod flagged a message by {offender}[ in {channel}][ ({rule})]',
  ),
  row(
    145,
    'AUTO_MODERATION_USER_COMMUNICATION_DISABLED',
    'Timeouts',
    'user',
    '⏳',
    'AutoMod timed out {offender}[ ({rule})]',
  ),
  row(
    146,
    'AUTO_MODERATION_QUARANTINE_USER',
    'AutoMod',
    'user',
    '🛡️',
    'AutoMod quarantined {target}[ ({rule})][ · by {another}]',
  ),

  row(150, 'CREATOR_MONETIZATION_REQUEST_CREATED', 'Server', 'guild', '💰', '{by} asked for monetization'),
  row(
    151,
    'CREATOR_MONETIZATION_TERMS_ACCEPTED',
    'Server',
    'guild',
    '💰',
    '{by} accepted the monetization terms',
  ),
  row(
    163,
    'ONBOARDING_PROMPT_CREATE',
    'Server',
    'question',
    '👋',
    '{by} added the onboarding question {target}',
  ),
  row(
    164,
    'ONBOARDING_PROMPT_UPDATE',
    'Server',
    'question',
    '👋',
    '{by} changed the onboarding question {target}',
  ),
  row(
    165,
    'ONBOARDING_PROMPT_DELETE',
    'Server',
    'question',
    '👋',
    '{by} deleted the onboarding question {target}',
  ),
  row(166, 'ONBOARDING_CREATE', 'Server', 'guild', '👋', '{by} set up onboarding'),
  row(167, 'ONBOARDING_UPDATE', 'Server', 'guild', '👋', '{by} changed onboarding'),
  row(171, 'GUILD_HOME_FEATURE_ITEM', 'Server', 'thing', '🏡', '{by} featured an item in the server guide'),
  row(172, 'GUILD_HOME_REMOVE_ITEM', 'Server', 'thing', '🏡', '{by} removed an item from the server guide'),
  row(
    180,
    'HARMFUL_LINKS_BLOCKED_MESSAGE',
    'Server',
    'user',
    '🔗',
    'Discord blocked a harmful link by {offender}[ in {channel}]',
  ),
  row(190, 'HOME_SETTINGS_CREATE', 'Server', 'guild', '🏡', '{by} set up the server guide'),
  row(191, 'HOME_SETTINGS_UPDATE', 'Server', 'guild', '🏡', '{by} changed the server guide'),
  row(
    192,
    'VOICE_CHANNEL_STATUS_CREATE',
    'Channels',
    'channel',
    '💬',
    '{by} set the voice status of {target}[: {status}]',
  ),
  row(
    193,
    'VOICE_CHANNEL_STATUS_DELETE',
    'Channels',
    'channel',
    '💬',
    '{by} cleared the voice status of {target}',
  ),
  row(194, 'CLYDE_AI_PROFILE_UPDATE', 'Server', 'thing', '🤖', '{by} changed the profile of Clyde AI'),
  row(
    200,
    'GUILD_SCHEDULED_EVENT_EXCEPTION_CREATE',
    'Server',
    'event',
    '📅',
    '{by} {changed} one date of the event {target}',
  ),
  row(
    201,
    'GUILD_SCHEDULED_EVENT_EXCEPTION_UPDATE',
    'Server',
    'event',
    '📅',
    '{by} {changed} one date of the event {target}',
  ),
  row(
    202,
    'GUILD_SCHEDULED_EVENT_EXCEPTION_DELETE',
    'Server',
    'event',
    '📅',
    '{by} restored one date of the event {target}',
  ),
  row(
    210,
    'GUILD_MEMBER_VERIFICATION_UPDATE',
    'Server',
    'guild',
    '🚪',
    '{by} changed the rules and questions for new members',
  ),
  row(211, 'GUILD_PROFILE_UPDATE', 'Server', 'guild', '🏠', '{by} changed the server profile'),
  row(
    212,
    'GUILD_MIGRATE_PIN_PERMISSION',
    'Server',
    'guild',
    '🔐',
    '{by} moved pinning to its own permission, Pin Messages',
  ),
  row(
    213,
    'GUILD_MIGRATE_BYPASS_SLOWMODE_PERMISSION',
    'Server',
    'guild',
    '🔐',
    '{by} moved bypassing slow mode to its own permission, Bypass Slowmode',
  ),
]
