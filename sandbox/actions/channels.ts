import { AuditLogEvent, GatewayDispatchEvents } from 'discord-api-types/v10'
import type { Channel } from '../world/channels.ts'
import type { JsonObject } from '../world/json.ts'
import type { Actor } from './actor.ts'
import { changeAccess } from './channel-access.ts'
import { emitChannel } from './channel-events.ts'
import { creationChanges, deletionChanges, updateChanges, writeEntry } from './entry.ts'

export function createChannel(actor: Actor, channel: Channel, reason?: string): void {
  const create = () => {
    actor.guild.channels.set(channel.id, channel)
    writeEntry(actor, {
      type: AuditLogEvent.ChannelCreate,
      targetId: channel.id,
      changes: creationChanges(loggedFields(channel)),
      reason,
    })
    emitChannel(actor, GatewayDispatchEvents.ChannelCreate, channel)
  }
  changeAccess(actor, create, channel.id)
}

export function updateChannel(
  actor: Actor,
  channelId: string,
  values: Partial<Channel>,
  reason?: string,
): void {
  const before = actor.guild.channels.get(channelId)
  if (!before) return
  const changes = updateChanges({ ...before }, values)
  replaceChannel(actor, { ...before, ...values }, () => {
    if (changes.length > 0)
      writeEntry(actor, { type: AuditLogEvent.ChannelUpdate, targetId: channelId, changes, reason })
  })
}

export function deleteChannel(actor: Actor, channelId: string, reason?: string): void {
  const channel = actor.guild.channels.get(channelId)
  if (!channel) return
  changeAccess(actor, () => {
    actor.guild.channels.delete(channelId)
    writeEntry(actor, {
      type: AuditLogEvent.ChannelDelete,
      targetId: channelId,
      changes: deletionChanges(loggedFields(channel)),
      reason,
    })
    emitChannel(actor, GatewayDispatchEvents.ChannelDelete, channel)
  })
}

/** Stores a changed channel, writes the entry and sends the events. */
export function replaceChannel(actor: Actor, channel: Channel, write: () => void): void {
  const change = () => {
    actor.guild.channels.set(channel.id, channel)
    write()
    emitChannel(actor, GatewayDispatchEvents.ChannelUpdate, channel)
  }
  changeAccess(actor, change, channel.id)
}

/** The fields that the entries of a created and a deleted channel list. */
function loggedFields(channel: Channel): JsonObject {
  const { name, type, bitrate, user_limit, permission_overwrites, nsfw, rate_limit_per_user, flags } = channel
  return {
    name,
    type,
    ...(bitrate !== undefined && { bitrate, user_limit }),
    permission_overwrites,
    nsfw,
    rate_limit_per_user,
    flags,
  }
}
