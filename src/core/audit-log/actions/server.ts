import { ActionType } from '../undocumented.ts'
import { type ActionRow, optional, type RowBase } from './row.ts'

const GUILD: RowBase = { group: 'Server', target: 'guild', emoji: '🏠' }
const INVITE: RowBase = { group: 'Server', target: 'none', emoji: '✉️' }
const WEBHOOK: RowBase = { group: 'Server', target: 'webhook', emoji: '🪝' }
const INTEGRATION: RowBase = { group: 'Server', target: 'integration', emoji: '🔌' }
const COMMAND: RowBase = { group: 'Server', target: 'command', emoji: '🔐' }
const EMOJI: RowBase = { group: 'Server', target: 'emoji', emoji: '😀' }
const STICKER: RowBase = { group: 'Server', target: 'sticker', emoji: '🩹' }
const SOUND: RowBase = { group: 'Server', target: 'sound', emoji: '🔊' }
const EVENT: RowBase = { group: 'Server', target: 'event', emoji: '📅' }
const MONETIZATION: RowBase = { group: 'Server', target: 'guild', emoji: '💰' }
const QUESTION: RowBase = { group: 'Server', target: 'question', emoji: '👋' }
const ONBOARDING: RowBase = { group: 'Server', target: 'guild', emoji: '👋' }
const GUIDE: RowBase = { group: 'Server', target: 'guild', emoji: '🏡' }
const PERMISSION: RowBase = { group: 'Server', target: 'guild', emoji: '🔐' }

/** Actions on the server itself, and on what belongs to it as a whole. */
export const SERVER_ACTIONS: readonly ActionRow[] = [
  { ...GUILD, type: ActionType.GuildUpdate, sentence: ({ by }) => `${by} changed the server settings` },

  {
    ...INVITE,
    type: ActionType.InviteCreate,
    sentence: ({ by, targetIfKnown }) => `${by} created an invite${optional(' ', targetIfKnown)}`,
  },
  {
    ...INVITE,
    type: ActionType.InviteUpdate,
    sentence: ({ by, targetIfKnown }) => `${by} changed an invite${optional(' ', targetIfKnown)}`,
  },
  {
    ...INVITE,
    type: ActionType.InviteDelete,
    sentence: ({ by, targetIfKnown }) => `${by} deleted an invite${optional(' ', targetIfKnown)}`,
  },
  {
    ...WEBHOOK,
    type: ActionType.WebhookCreate,
    sentence: ({ by, target }) => `${by} created the webhook ${target}`,
  },
  {
    ...WEBHOOK,
    type: ActionType.WebhookUpdate,
    sentence: ({ by, target }) => `${by} changed the webhook ${target}`,
  },
  {
    ...WEBHOOK,
    type: ActionType.WebhookDelete,
    sentence: ({ by, target }) => `${by} deleted the webhook ${target}`,
  },
  {
    ...INTEGRATION,
    type: ActionType.IntegrationCreate,
    sentence: ({ by, target }) => `${by} added the integration ${target}`,
  },
  {
    ...INTEGRATION,
    type: ActionType.IntegrationUpdate,
    sentence: ({ by, target }) => `${by} changed the integration ${target}`,
  },
  {
    ...INTEGRATION,
    type: ActionType.IntegrationDelete,
    sentence: ({ by, target }) => `${by} removed the integration ${target}`,
  },
  {
    ...COMMAND,
    type: ActionType.ApplicationCommandPermissionUpdate,
    sentence: ({ by, command }) => `${by} changed who may use ${command}`,
  },

  { ...EMOJI, type: ActionType.EmojiCreate, sentence: ({ by, target }) => `${by} added the emoji ${target}` },
  {
    ...EMOJI,
    type: ActionType.EmojiUpdate,
    sentence: ({ by, target }) => `${by} changed the emoji ${target}`,
  },
  {
    ...EMOJI,
    type: ActionType.EmojiDelete,
    sentence: ({ by, target }) => `${by} deleted the emoji ${target}`,
  },
  {
    ...STICKER,
    type: ActionType.StickerCreate,
    sentence: ({ by, target }) => `${by} added the sticker ${target}`,
  },
  {
    ...STICKER,
    type: ActionType.StickerUpdate,
    sentence: ({ by, target }) => `${by} changed the sticker ${target}`,
  },
  {
    ...STICKER,
    type: ActionType.StickerDelete,
    sentence: ({ by, target }) => `${by} deleted the sticker ${target}`,
  },
  {
    ...SOUND,
    type: ActionType.SoundboardSoundCreate,
    sentence: ({ by, target }) => `${by} added the sound ${target}`,
  },
  {
    ...SOUND,
    type: ActionType.SoundboardSoundUpdate,
    sentence: ({ by, target }) => `${by} changed the sound ${target}`,
  },
  {
    ...SOUND,
    type: ActionType.SoundboardSoundDelete,
    sentence: ({ by, target }) => `${by} deleted the sound ${target}`,
  },

  {
    ...EVENT,
    type: ActionType.GuildScheduledEventCreate,
    sentence: ({ by, target }) => `${by} scheduled the event ${target}`,
  },
  {
    ...EVENT,
    type: ActionType.GuildScheduledEventUpdate,
    sentence: ({ by, target }) => `${by} changed the event ${target}`,
  },
  {
    ...EVENT,
    type: ActionType.GuildScheduledEventDelete,
    sentence: ({ by, target }) => `${by} cancelled the event ${target}`,
  },
  {
    ...EVENT,
    type: ActionType.GuildScheduledEventExceptionCreate,
    sentence: ({ by, changed, target }) => `${by} ${changed} one date of the event ${target}`,
  },
  {
    ...EVENT,
    type: ActionType.GuildScheduledEventExceptionUpdate,
    sentence: ({ by, changed, target }) => `${by} ${changed} one date of the event ${target}`,
  },
  {
    ...EVENT,
    type: ActionType.GuildScheduledEventExceptionDelete,
    sentence: ({ by, target }) => `${by} restored one date of the event ${target}`,
  },

  {
    ...MONETIZATION,
    type: ActionType.CreatorMonetizationRequestCreated,
    sentence: ({ by }) => `${by} requested monetization`,
  },
  {
    ...MONETIZATION,
    type: ActionType.CreatorMonetizationTermsAccepted,
    sentence: ({ by }) => `${by} accepted the monetization terms`,
  },
  {
    ...QUESTION,
    type: ActionType.OnboardingPromptCreate,
    sentence: ({ by, target }) => `${by} added the onboarding question ${target}`,
  },
  {
    ...QUESTION,
    type: ActionType.OnboardingPromptUpdate,
    sentence: ({ by, target }) => `${by} changed the onboarding question ${target}`,
  },
  {
    ...QUESTION,
    type: ActionType.OnboardingPromptDelete,
    sentence: ({ by, target }) => `${by} deleted the onboarding question ${target}`,
  },
  { ...ONBOARDING, type: ActionType.OnboardingCreate, sentence: ({ by }) => `${by} set up onboarding` },
  { ...ONBOARDING, type: ActionType.OnboardingUpdate, sentence: ({ by }) => `${by} changed onboarding` },
  {
    ...GUIDE,
    target: 'unknown',
    type: ActionType.GuildHomeFeatureItem,
    sentence: ({ by }) => `${by} featured an item in the server guide`,
  },
  {
    ...GUIDE,
    target: 'unknown',
    type: ActionType.GuildHomeRemoveItem,
    sentence: ({ by }) => `${by} removed an item from the server guide`,
  },
  { ...GUIDE, type: ActionType.HomeSettingsCreate, sentence: ({ by }) => `${by} set up the server guide` },
  { ...GUIDE, type: ActionType.HomeSettingsUpdate, sentence: ({ by }) => `${by} changed the server guide` },

  {
    ...GUILD,
    target: 'unknown',
    emoji: '🤖',
    type: ActionType.ClydeAIProfileUpdate,
    sentence: ({ by }) => `${by} changed the profile of Clyde AI`,
  },
  {
    ...GUILD,
    emoji: '🚪',
    type: ActionType.GuildMemberVerificationUpdate,
    sentence: ({ by }) => `${by} changed the rules and questions for new members`,
  },
  { ...GUILD, type: ActionType.GuildProfileUpdate, sentence: ({ by }) => `${by} changed the server profile` },
  {
    ...PERMISSION,
    type: ActionType.GuildMigratePinPermission,
    sentence: ({ by }) => `${by} moved pinning to its own permission, Pin Messages`,
  },
  {
    ...PERMISSION,
    type: ActionType.GuildMigrateBypassSlowmodePermission,
    sentence: ({ by }) => `${by} moved bypassing slow mode to its own permission, Bypass Slowmode`,
  },
]
