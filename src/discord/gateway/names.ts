import { ChannelFlags, ChannelType, InteractionType } from 'discord.js'
import { isRecord, recordsIn } from '../../core/json.ts'
import type { EntityType, NameObservation } from '../../core/names/named-entity.ts'
import { isSnowflake, minId, type Snowflake } from '../../core/snowflake.ts'
import type { Payload } from './payload.ts'

/** The names in a page of the audit log: the current names of what its entries refer to. */
export function namesInPage(page: unknown, at: Snowflake): NameObservation[] {
  if (!isRecord(page)) return []
  return [
    // A user in this list may have left the guild.
    ...observe(page.users, 'user', at).map((observation) => ({ ...observation, presence: 'named' as const })),
    ...observe(page.threads, 'thread', at),
    ...observe(page.webhooks, 'webhook', at),
    ...observe(page.integrations, 'integration', at),
    ...observe(page.guild_scheduled_events, 'event', at),
    ...observe(page.auto_moderation_rules, 'rule', at),
    ...observe(page.application_commands, 'command', at),
  ]
}

/** The names in a GUILD_CREATE: of the guild, its roles, channels, threads and more. */
export function namesInGuild(guild: unknown, at: Snowflake): NameObservation[] {
  if (!isRecord(guild)) return []
  const members = recordsIn(guild.members).map(({ user }) => user)
  const channels = recordsIn(guild.channels)
  const visible = channels.filter((channel) => !isHidden(channel))
  const tags = visible.flatMap((channel) => recordsIn(channel.available_tags))
  return [
    ...observe([guild], 'guild', at),
    ...observe(guild.roles, 'role', at),
    ...observeChannels(channels, at),
    ...observe(guild.threads, 'thread', at),
    ...observe(members, 'user', at),
    ...observe(guild.emojis, 'emoji', at),
    ...observe(guild.stickers, 'sticker', at),
    ...observe(guild.guild_scheduled_events, 'event', at),
    ...observe(guild.soundboard_sounds, 'sound', at),
    ...observe(tags, 'tag', at),
  ]
}

/**
 * The names of the channels in an interaction: where it was sent from and those picked as options. They are never
 * hidden. Autocomplete is left out: one is sent with each key typed, and the command has the same names.
 */
export function namesInInteraction({ id, type, channel, data }: Payload, at: Snowflake): NameObservation[] {
  if (type === InteractionType.ApplicationCommandAutocomplete) return []
  const { resolved } = isRecord(data) ? data : {}
  const { channels } = isRecord(resolved) ? resolved : {}
  // With an id from the future, the names would overwrite later ones.
  const observedAt = isSnowflake(id) ? minId(id, at) : at
  return observeChannels([channel, ...(isRecord(channels) ? Object.values(channels) : [])], observedAt)
}

/** The names of channels and threads. A channel that is hidden from the bot has no name, but exists. */
export function observeChannels(channels: unknown, at: Snowflake): NameObservation[] {
  return recordsIn(channels).flatMap((channel) => {
    const { id, type } = channel
    if (!isHidden(channel)) return observe([channel], THREADS.includes(type) ? 'thread' : 'channel', at)
    return isSnowflake(id)
      ? [{ id, type: 'channel' as const, name: null, at, presence: 'present' as const }]
      : []
  })
}

const THREADS: readonly unknown[] = [
  ChannelType.AnnouncementThread,
  ChannelType.PublicThread,
  ChannelType.PrivateThread,
]

/**
 * Whether a channel is hidden from the bot, which may not view it. Only the flag says so: a channel can really be called
 * `___hidden___`. https://docs.discord.com/developers/resources/channel#channel-object-obfuscated-channels
 */
export function isHidden({ flags }: Payload): boolean {
  return typeof flags === 'number' && (flags & ChannelFlags.ChannelObfuscated) !== 0
}

/** The names in a list of objects of one type. For users, the display name if there is one, else the username. */
export function observe(list: unknown, type: EntityType, at: Snowflake): NameObservation[] {
  return recordsIn(list).flatMap(({ id, sound_id, name, global_name, username, bot }) => {
    const shown = [global_name, name, username].find((text) => typeof text === 'string' && text !== '')
    const entityId = id ?? sound_id
    if (!isSnowflake(entityId) || typeof shown !== 'string') return []
    const alias = typeof username === 'string' && { alias: username }
    return [
      {
        id: entityId,
        type: bot === true ? 'bot' : type,
        name: shown,
        ...alias,
        at,
        presence: 'present' as const,
      },
    ]
  })
}

/** Records that something was deleted. */
export function observeDeleted(id: unknown, type: EntityType, at: Snowflake): NameObservation[] {
  return isSnowflake(id) ? [{ id, type, name: null, at, presence: 'gone' }] : []
}
