import { ChannelFlags, ChannelType, InteractionType } from 'discord.js'
import { isRecord, recordsIn } from '../../core/json.ts'
import type { EntityType, NameObservation } from '../../core/names/named-entity.ts'
import { isSnowflake, type Snowflake } from '../../core/snowflake.ts'

type Sent = Readonly<Record<string, unknown>>

/** The names that come with a page of the audit log: those of what its entries refer to, as they are now. */
export function namesInPage(page: unknown, at: Snowflake): NameObservation[] {
  if (!isRecord(page)) return []
  return [
    // A user may have left: they are named, not said to be there.
    ...observe(page.users, 'user', at).map((observation) => ({ ...observation, presence: 'named' as const })),
    ...observe(page.threads, 'thread', at),
    ...observe(page.webhooks, 'webhook', at),
    ...observe(page.integrations, 'integration', at),
    ...observe(page.guild_scheduled_events, 'event', at),
    ...observe(page.auto_moderation_rules, 'rule', at),
    ...observe(page.application_commands, 'command', at),
  ]
}

/** The names in a guild as the gateway describes it: its own, every role and channel, and much besides. */
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
 * The names of the channels that an interaction came from and that were picked in it: they are never hidden. Those of
 * autocomplete are left out. One comes with each key that is typed, and the command tells the same once it is sent.
 */
export function namesInInteraction({ type, channel, data }: Sent, at: Snowflake): NameObservation[] {
  if (type === InteractionType.ApplicationCommandAutocomplete) return []
  const { resolved } = isRecord(data) ? data : {}
  const { channels } = isRecord(resolved) ? resolved : {}
  return observeChannels([channel, ...(isRecord(channels) ? Object.values(channels) : [])], at)
}

/** The names of channels and threads. One that is hidden from the bot tells nothing but that it is there. */
export function observeChannels(channels: unknown, at: Snowflake): NameObservation[] {
  return recordsIn(channels).flatMap((channel) => {
    const { id, type } = channel
    if (!isHidden(channel)) return observe([channel], THREADS.includes(type) ? 'thread' : 'channel', at)
    return isSnowflake(id)
      ? [{ id, type: 'channel' as const, name: null, at, presence: 'there' as const }]
      : []
  })
}

const THREADS: readonly unknown[] = [
  ChannelType.AnnouncementThread,
  ChannelType.PublicThread,
  ChannelType.PrivateThread,
]

/**
 * Whether Discord hides a channel, since the bot may not view it. The flag tells, not the name: a channel can really
 * be called `___hidden___`.
 * https://docs.discord.com/developers/resources/channel#channel-object-obfuscated-channels
 */
export function isHidden({ flags }: Sent): boolean {
  return typeof flags === 'number' && (flags & ChannelFlags.ChannelObfuscated) !== 0
}

/** The names of things of one sort, which may be anything. Users go by their display name, else their name. */
export function observe(things: unknown, type: EntityType, at: Snowflake): NameObservation[] {
  return recordsIn(things).flatMap(({ id, sound_id, name, global_name, username, bot }) => {
    const shown = [global_name, name, username].find((text) => typeof text === 'string' && text !== '')
    const known = id ?? sound_id
    if (!isSnowflake(known) || typeof shown !== 'string') return []
    const alias = typeof username === 'string' && { alias: username }
    return [
      { id: known, type: bot === true ? 'bot' : type, name: shown, ...alias, at, presence: 'there' as const },
    ]
  })
}
