import { asSeenBy, mayView } from '../world/access.ts'
import type { Guild } from '../world/guild.ts'
import type { JsonObject } from '../world/json.ts'

/** A guild as REST returns it. https://docs.discord.com/developers/resources/guild#guild-object */
export function guildPayload(guild: Guild): JsonObject {
  return {
    id: guild.id,
    name: guild.name,
    icon: null,
    description: null,
    home_header: null,
    splash: null,
    discovery_splash: null,
    features: ['COMMUNITY'],
    banner: null,
    owner_id: guild.ownerId,
    application_id: null,
    region: 'deprecated',
    afk_channel_id: null,
    afk_timeout: 300,
    system_channel_id: null,
    system_channel_flags: 0,
    widget_enabled: false,
    widget_channel_id: null,
    verification_level: guild.verificationLevel,
    roles: [...guild.roles.values()],
    default_message_notifications: 1,
    mfa_level: 1,
    explicit_content_filter: 2,
    max_presences: null,
    max_members: 500_000,
    max_stage_video_channel_users: 50,
    max_video_channel_users: 25,
    vanity_url_code: null,
    premium_tier: 0,
    premium_subscription_count: 0,
    preferred_locale: 'en-US',
    rules_channel_id: null,
    safety_alerts_channel_id: null,
    public_updates_channel_id: null,
    premium_progress_bar_enabled: false,
    nsfw: false,
    nsfw_level: 0,
    emojis: [],
    stickers: [],
    incidents_data: null,
  }
}

/**
 * A GUILD_CREATE as a bot without privileged intents receives it: of the members only itself, if the guild does not list
 * all, and channels it may not view hidden. https://docs.discord.com/developers/events/gateway-events#guild-create
 */
export function guildCreatePayload(guild: Guild, botId: string): JsonObject {
  const bot = guild.members.get(botId)
  return {
    ...guildPayload(guild),
    joined_at: bot?.joined_at ?? null,
    large: guild.members.size > 50,
    unavailable: false,
    member_count: guild.members.size,
    members: [...guild.members.values()].filter((member) => guild.listsMembers || member === bot),
    channels: [...guild.channels.values()].map((channel) => asSeenBy(guild, botId, channel)),
    threads: [...guild.threads.values()].filter((thread) => mayView(guild, botId, thread)),
    voice_states: [],
    presences: [],
    stage_instances: [],
    guild_scheduled_events: [],
    soundboard_sounds: [],
  }
}
