import {
  AuditLogEvent,
  AutoModerationRuleTriggerType,
  ChannelFlags,
  ChannelType,
  GuildScheduledEventEntityType,
  GuildSystemChannelFlags,
  InviteFlags,
  InviteTargetType,
  PermissionFlagsBits,
} from 'discord-api-types/v10'

// Discord's enums and flags, with the values that are missing in discord-api-types. Their names are those of the
// unofficial documentation, https://docs.discord.food.

/** https://docs.discord.food/resources/audit-log#audit-log-action-type */
export const ActionType = {
  ...AuditLogEvent,
  GuildHomeFeatureItem: 171,
  GuildHomeRemoveItem: 172,
  HarmfulLinksBlockedMessage: 180,
  ClydeAIProfileUpdate: 194,
  GuildScheduledEventExceptionCreate: 200,
  GuildScheduledEventExceptionUpdate: 201,
  GuildScheduledEventExceptionDelete: 202,
  GuildMemberVerificationUpdate: 210,
  GuildProfileUpdate: 211,
  GuildMigratePinPermission: 212,
  GuildMigrateBypassSlowmodePermission: 213,
}

/** https://docs.discord.food/resources/auto-moderation#automod-trigger-type */
export const TriggerType = { ...AutoModerationRuleTriggerType, HarmfulLink: 2, GuildPolicy: 7 }

/** https://docs.discord.food/resources/channel#channel-type */
export const ChannelKind = { ...ChannelType, GuildStore: 6, GuildLfg: 7, Lobby: 17 }

/** https://docs.discord.food/resources/channel#channel-flags */
export const ChannelFlag = {
  ...ChannelFlags,
  IsMediaChannel: 1 << 10,
  SummariesDisabled: 1 << 11,
  ApplicationShelfConsent: 1 << 12,
  IsRoleSubscriptionTemplatePreviewChannel: 1 << 13,
  IsBroadcasting: 1 << 14,
  IsJoinRequestInterviewChannel: 1 << 16,
  IsModeratorReportChannel: 1 << 19,
  IsGameInvitesChannel: 1 << 22,
  HasOnlySystemMessages: 1 << 23,
}

/** https://docs.discord.food/resources/guild#system-channel-flags */
export const SystemChannelFlag = {
  ...GuildSystemChannelFlags,
  SuppressChannelPromptDeadchat: 1 << 7,
  SuppressUgcAddedNotifications: 1 << 8,
  SuppressVoiceSessionNotifications: 1 << 9,
}

/** https://docs.discord.food/resources/invite#invite-flags */
export const InviteFlag = {
  ...InviteFlags,
  IsViewed: 1 << 1,
  IsEnhanced: 1 << 2,
  IsApplicationBypass: 1 << 3,
  HasTargetUsersJobStatus: 1 << 4,
}

/** https://docs.discord.food/resources/invite#invite-target-type */
export const InviteTarget = { ...InviteTargetType, RoleSubscriptions: 3, CreatorPage: 4, Lobby: 5 }

/** https://docs.discord.food/resources/invite#invite-target-users-job-status */
export const TargetUsersJobStatus = { Unspecified: 0, Processing: 1, Completed: 2, Failed: 3 }

/** https://docs.discord.food/resources/guild-scheduled-event#guild-scheduled-event-entity-type */
export const EventPlace = { ...GuildScheduledEventEntityType, None: 0, PrimeTime: 4 }

/** https://docs.discord.food/topics/permissions#permissions */
export const PermissionBits = {
  ...PermissionFlagsBits,
  UseClydeAI: 1n << 47n,
  ManageOfficialMessages: 1n << 53n,
}

/** https://docs.discord.food/resources/discovery#guild-visibility */
export const GuildVisibility = { Public: 1, Restricted: 2, PublicWithRecruitment: 3 }

/** https://docs.discord.food/resources/discovery#guild-badge-type */
export const GuildBadge = {
  Sword: 0,
  WaterDrop: 1,
  Skull: 2,
  Toadstool: 3,
  Moon: 4,
  Lightning: 5,
  Leaf: 6,
  Heart: 7,
  Fire: 8,
  Compass: 9,
  Crosshairs: 10,
  Flower: 11,
  Force: 12,
  Gem: 13,
  Lava: 14,
  Psychic: 15,
  Smoke: 16,
  Snow: 17,
  Sound: 18,
  Sun: 19,
  Wind: 20,
}

/** https://docs.discord.food/resources/user#display-name-font */
export const NameFont = {
  Bangers: 1,
  BioRhyme: 2,
  CherryBomb: 3,
  Chicle: 4,
  Compagnon: 5,
  MuseoModerno: 6,
  NeoCastel: 7,
  Pixelify: 8,
  Ribes: 9,
  Sinistre: 10,
  Default: 11,
}

/** https://docs.discord.food/resources/user#display-name-effect */
export const NameEffect = { Solid: 1, Gradient: 2, Neon: 3, Toon: 4, Pop: 5 }

/** https://docs.discord.food/resources/guild#member-verification-form-field-type */
export const FormField = {
  Terms: 'TERMS',
  TextInput: 'TEXT_INPUT',
  Paragraph: 'PARAGRAPH',
  MultipleChoice: 'MULTIPLE_CHOICE',
  Verification: 'VERIFICATION',
}
