import { ChannelFlags, ChannelType, InteractionType } from 'discord.js'
import { isRecord } from '../../core/audit-log/entry.ts'
import type { KnownAs, Naming } from '../../core/names/named-entity.ts'
import { isSnowflake, type Snowflake } from '../../core/snowflake.ts'

type Sent = Readonly<Record<string, unknown>>

/** The names that come with a page of the audit log: those of what its entries refer to, as they are now. */
export function namesInPage(page: unknown, at: Snowflake): Naming[] {
  if (!isRecord(page)) return []
  return [
    // A user may have left: they are named, not said to be there.
    ...namings(page.users, 'user', at).map((naming) => ({ ...naming, was: 'named' as const })),
    ...namings(page.threads, 'thread', at),
    ...namings(page.webhooks, 'webhook', at),
    ...namings(page.integrations, 'integration', at),
    ...namings(page.guild_scheduled_events, 'event', at),
    ...namings(page.auto_moderation_rules, 'rule', at),
    ...namings(page.application_commands, 'command', at),
  ]
}

/** The names in a guild as the gateway describes it: its own, every role and channel, and much besides. */
export function namesInGuild(guild: unknown, at: Snowflake): Naming[] {
  if (!isRecord(guild)) return []
  const members = records(guild.members).map(({ user }) => user)
  const channels = records(guild.channels)
  const visible = channels.filter((channel) => !isHidden(channel))
  const tags = visible.flatMap((channel) => records(channel.available_tags))
  return [
    ...namings([guild], 'guild', at),
    ...namings(guild.roles, 'role', at),
    ...channelNamings(channels, at),
    ...namings(guild.threads, 'thread', at),
    ...namings(members, 'user', at),
    ...namings(guild.emojis, 'emoji', at),
    ...namings(guild.stickers, 'sticker', at),
    ...namings(guild.guild_scheduled_events, 'event', at),
    ...namings(guild.soundboard_sounds, 'sound', at),
    ...namings(tags, 'tag', at),
  ]
}

/**
 * The names of the channels that an interaction came from and that were picked in it: they are never hidden. Those of
 * autocomplete are left out. One comes with each key that is typed, and the command tells the same once it is sent.
 */
export function namesInInteraction({ type, channel, data }: Sent, at: Snowflake): Naming[] {
  if (type === InteractionType.ApplicationCommandAutocomplete) return []
  const { resolved } = isRecord(data) ? data : {}
  const { channels } = isRecord(resolved) ? resolved : {}
  return channelNamings([channel, ...(isRecord(channels) ? Object.values(channels) : [])], at)
}

/** The names of channels and threads. One that is hidden from the bot tells nothing but that it is there. */
export function channelNamings(channels: unknown, at: Snowflake): Naming[] {
  return records(channels).flatMap((channel) => {
    const { id, type } = channel
    if (!isHidden(channel)) return namings([channel], THREADS.includes(type) ? 'thread' : 'channel', at)
    return isSnowflake(id) ? [{ id, is: 'channel' as const, name: null, at, was: 'there' as const }] : []
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
export function namings(things: unknown, is: KnownAs, at: Snowflake): Naming[] {
  return records(things).flatMap(({ id, sound_id, name, global_name, username, bot }) => {
    const shown = [global_name, name, username].find((text) => typeof text === 'string' && text !== '')
    const known = id ?? sound_id
    if (!isSnowflake(known) || typeof shown !== 'string') return []
    const alias = typeof username === 'string' && { alias: username }
    return [{ id: known, is: bot === true ? 'bot' : is, name: shown, ...alias, at, was: 'there' as const }]
  })
}

function records(things: unknown): Sent[] {
  return Array.isArray(things) ? things.filter(isRecord) : []
}
