import { ChannelFlags, ChannelType, OverwriteType, PermissionFlagsBits } from 'discord-api-types/v10'
import { type Channel, overwrite, type Thread } from './channels.ts'
import type { Guild } from './guild.ts'

/** The name the gateway sends for a hidden channel. */
export const HIDDEN_NAME = '___hidden___'

/**
 * A member's permissions in a channel: those of their roles, changed by the overwrite for @everyone, then by those for
 * their roles, then by the member's own. Owners and administrators have every permission. A thread has the overwrites of
 * its channel. https://docs.discord.com/developers/topics/permissions#permission-overwrites
 */
export function permissionsIn(guild: Guild, userId: string, place: Channel | Thread): bigint {
  const channel = isThread(place) ? guild.channels.get(place.parent_id) : place
  if (!channel) return 0n
  const base = guild.permissionsOf(userId)
  if (base & PermissionFlagsBits.Administrator) return base
  const roles = guild.members.get(userId)?.roles ?? []
  const steps = [[guild.id], roles, [userId]]
  return steps.reduce((permissions, ids) => {
    const given = channel.permission_overwrites.filter(({ id }) => ids.includes(id))
    const [allow, deny] = [given.map((each) => each.allow), given.map((each) => each.deny)].map(union)
    return (permissions & ~(deny ?? 0n)) | (allow ?? 0n)
  }, base)
}

/**
 * Whether a member can see a channel or thread. A thread is as visible as its channel. A category is also visible to
 * members who can see a channel in it.
 * https://docs.discord.com/developers/resources/channel#channel-object-obfuscated-channels
 */
export function mayView(guild: Guild, userId: string, channel: Channel | Thread): boolean {
  if (isThread(channel)) {
    const parent = guild.channels.get(channel.parent_id)
    return parent !== undefined && mayView(guild, userId, parent)
  }
  if (permissionsIn(guild, userId, channel) & PermissionFlagsBits.ViewChannel) return true
  if (channel.type !== ChannelType.GuildCategory) return false
  const children = [...guild.channels.values()].filter(({ parent_id }) => parent_id === channel.id)
  return children.some((child) => mayView(guild, userId, child))
}

/** A channel as the gateway sends it to a bot: hidden if the bot may not view it. */
export function asSeenBy(guild: Guild, botId: string, channel: Channel): Channel {
  return mayView(guild, botId, channel) ? channel : hidden(channel)
}

/**
 * A hidden channel: only its id, type, position and parent are true.
 * https://docs.discord.com/developers/resources/channel#channel-object-obfuscated-channels
 */
function hidden(channel: Channel): Channel {
  return {
    ...channel,
    name: HIDDEN_NAME,
    flags: channel.flags | ChannelFlags.ChannelObfuscated,
    permission_overwrites: [
      overwrite(channel.guild_id, OverwriteType.Role, 0n, PermissionFlagsBits.ViewChannel),
    ],
    nsfw: false,
    rate_limit_per_user: 0,
    topic: null,
    last_message_id: null,
    ...(channel.available_tags && { available_tags: [] }),
    ...(channel.bitrate !== undefined && { bitrate: 64_000, user_limit: 0, rtc_region: null }),
  }
}

export function isThread(channel: Channel | Thread): channel is Thread {
  return 'thread_metadata' in channel
}

function union(bits: readonly string[]): bigint {
  return bits.reduce((all, each) => all | BigInt(each), 0n)
}
