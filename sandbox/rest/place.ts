import { ChannelType, PermissionFlagsBits } from 'discord-api-types/v10'
import { isThread, mayView, permissionsIn } from '../world/access.ts'
import type { Channel, DirectChannel, Thread } from '../world/channels.ts'
import type { Guild } from '../world/guild.ts'
import type { World } from '../world/world.ts'
import { missingAccess, missingPermissions, notHere, unknown } from './errors.ts'

/** A channel as a bot uses it. */
export type Place =
  | {
      readonly id: string
      readonly guild: Guild
      readonly channel: Channel | Thread
      may(permission: bigint): boolean
    }
  | {
      readonly id: string
      readonly guild: undefined
      readonly channel: DirectChannel
      may(permission: bigint): boolean
    }

/** @throws ApiError 10003 for an unknown channel, 50001 for one that the bot may not view */
export function placeOf(world: World, id: string, botId: string): Place {
  const direct = world.directChannels.get(id)
  if (direct?.botId === botId) return { id, guild: undefined, channel: direct, may: () => true }
  for (const guild of world.guilds.values()) {
    const channel = guild.channels.get(id) ?? guild.threads.get(id)
    if (!channel) continue
    if (!guild.members.has(botId) || !mayView(guild, botId, channel)) throw missingAccess()
    const permissions = permissionsIn(guild, botId, channel)
    return { id, guild, channel, may: (permission) => (permissions & permission) === permission }
  }
  throw unknown.channel()
}

/** The types of channels that have messages. */
const WITH_MESSAGES: readonly ChannelType[] = [
  ChannelType.GuildText,
  ChannelType.GuildAnnouncement,
  ChannelType.GuildVoice,
  ChannelType.GuildStageVoice,
  ChannelType.PublicThread,
]

/** Voice channels, whose messages are for those who may connect. */
const VOICE: readonly ChannelType[] = [ChannelType.GuildVoice, ChannelType.GuildStageVoice]

/** @throws ApiError 50001 for a voice channel that the bot may not connect to, 50008 for a channel without messages */
export function checkReadable({ guild, channel, may }: Place): void {
  if (!guild) return
  if (!WITH_MESSAGES.includes(channel.type)) throw notHere.channelType()
  if (VOICE.includes(channel.type) && !may(PermissionFlagsBits.Connect)) throw missingAccess()
}

/**
 * Checks that a bot may send a message. Only those who may manage threads can send into a locked one.
 * https://docs.discord.com/developers/topics/threads#permissions
 * @throws ApiError 50007, 50008, 50013, 50083 or 160005 if not
 */
export function checkSendable(world: World, place: Place): void {
  const { guild, channel, may } = place
  if (!guild) {
    if (world.closedToDirects.has(channel.userId)) throw notHere.user()
    return
  }
  checkReadable(place)
  const { SendMessages, SendMessagesInThreads, ManageThreads } = PermissionFlagsBits
  if (!isThread(channel)) {
    if (!may(SendMessages)) throw missingPermissions()
    return
  }
  if (!may(SendMessagesInThreads)) throw missingPermissions()
  const { locked, archived } = channel.thread_metadata
  if (locked && !may(ManageThreads)) throw archived ? notHere.archived() : notHere.locked()
}

/** Whether a place is a thread in which no message can be edited until it is opened again. */
export function isArchived({ guild, channel }: Place): boolean {
  return guild !== undefined && isThread(channel) && channel.thread_metadata.archived
}

/** Opens a thread again, as a message in it does. */
export function unarchive({ guild, channel }: Place): void {
  if (!guild || !isThread(channel) || !channel.thread_metadata.archived) return
  const thread_metadata = { ...channel.thread_metadata, archived: false }
  guild.threads.set(channel.id, { ...channel, thread_metadata })
}
