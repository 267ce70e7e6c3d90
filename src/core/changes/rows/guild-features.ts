import type { Reader } from '../readers/readers.ts'
import { words } from '../value.ts'

/** Words for features whose names in the API are unclear, or differ from the names in Discord's client. */
const NAMES: Readonly<Record<string, string>> = {
  ACTIVITY_FEED_DISABLED_BY_USER: 'activity feed turned off',
  ACTIVITY_FEED_ENABLED_BY_USER: 'activity feed turned on',
  APPLICATION_COMMAND_PERMISSIONS_V2: 'old command permissions',
  AUTO_MODERATION: 'AutoMod',
  CREATOR_MONETIZABLE: 'monetization',
  CREATOR_MONETIZABLE_PROVISIONAL: 'monetization',
  CREATOR_STORE_PAGE: 'store page',
  DEVELOPER_SUPPORT_SERVER: 'support server of an app',
  DISCOVERABLE: 'listed in discovery',
  ENABLED_DISCOVERABLE_BEFORE: 'listed in discovery before',
  ENHANCED_ROLE_COLORS: 'gradient role colours',
  FEATURABLE: 'may be featured in discovery',
  FORWARDING_DISABLED: 'forwarding turned off',
  GUESTS_ENABLED: 'guest invites',
  GUILD_ONBOARDING: 'onboarding',
  GUILD_ONBOARDING_EVER_ENABLED: 'onboarding used before',
  GUILD_ONBOARDING_HAS_PROMPTS: 'onboarding questions',
  GUILD_PRODUCTS: 'server shop',
  GUILD_SERVER_GUIDE: 'server guide',
  GUILD_TAGS: 'server tag',
  HAS_DIRECTORY_ENTRY: 'listed in a directory',
  HUB: 'student hub',
  INVITE_SPLASH: 'invite background',
  INVITES_DISABLED: 'invites paused',
  LINKED_TO_HUB: 'linked to a student hub',
  MEMBER_VERIFICATION_GATE_ENABLED: 'rules and questions for new members',
  MEMBER_VERIFICATION_MANUAL_APPROVAL: 'approval by a moderator',
  MONETIZATION_ENABLED: 'monetization',
  MORE_SOUNDBOARD: 'more sounds',
  NEWS: 'announcement channels',
  NON_COMMUNITY_RAID_ALERTS: 'raid alerts',
  PIN_PERMISSION_MIGRATION_COMPLETE: 'pinning has its own permission',
  PREVIEW_ENABLED: 'preview before joining',
  PRUNE_REQUIRES_ADMIN: 'pruning only for administrators',
  RAID_ALERTS_DISABLED: 'raid alerts turned off',
  RAID_ALERTS_ENABLED: 'raid alerts',
  RELAY_ENABLED: 'relay',
  ROLE_SUBSCRIPTIONS_AVAILABLE_FOR_PURCHASE: 'role subscriptions for sale',
  ROLE_SUBSCRIPTIONS_ENABLED: 'role subscriptions',
  SUMMARIES_DISABLED_BY_USER: 'summaries turned off',
  SUMMARIES_ENABLED_BY_USER: 'summaries turned on',
  SUMMARIES_ENABLED_GA: 'summaries',
  TICKETED_EVENTS_ENABLED: 'ticketed events',
  TIERLESS_BOOSTING: 'boosts without levels',
  VANITY_URL: 'custom invite',
  VIP_REGIONS: 'VIP voice regions',
  WELCOME_SCREEN_ENABLED: 'welcome screen',
}

/**
 * A feature of a guild: `invites paused`, or its name in the API in lower case, since Discord often adds new ones.
 * https://docs.discord.food/resources/guild#guild-features
 */
export const feature: Reader = (sent) => {
  if (typeof sent !== 'string' || !/^[A-Z0-9_]+$/.test(sent)) return undefined
  const known = Object.hasOwn(NAMES, sent) ? NAMES[sent] : undefined
  return words(
    known ??
      sent
        .toLowerCase()
        .replaceAll('_', ' ')
        .replace(/\bguild\b/g, 'server'),
  )
}
