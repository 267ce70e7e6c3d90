import { type APIOverwrite, AuditLogEvent, OverwriteType } from 'discord-api-types/v10'
import { overwrite } from '../world/channels.ts'
import type { JsonObject } from '../world/json.ts'
import type { Actor } from './actor.ts'
import { replaceChannel } from './channels.ts'
import { creationChanges, deletionChanges, updateChanges, writeEntry } from './entry.ts'

/**
 * Sets the permissions of a role or member in a channel. The entry's target is the channel; its options name the role
 * or member. https://docs.discord.com/developers/resources/audit-log#audit-log-entry-object-optional-audit-entry-info
 */
export function setOverwrite(actor: Actor, channelId: string, given: APIOverwrite): void {
  const channel = actor.guild.channels.get(channelId)
  if (!channel) return
  const before = channel.permission_overwrites.find(({ id }) => id === given.id)
  const others = channel.permission_overwrites.filter(({ id }) => id !== given.id)
  const { allow, deny } = given
  const type = before ? AuditLogEvent.ChannelOverwriteUpdate : AuditLogEvent.ChannelOverwriteCreate
  const changes = before
    ? updateChanges({ allow: before.allow, deny: before.deny }, { allow, deny })
    : creationChanges({ id: given.id, type: String(given.type), allow, deny })
  replaceChannel(actor, { ...channel, permission_overwrites: [...others, given] }, () => {
    if (changes.length > 0)
      writeEntry(actor, { type, targetId: channelId, changes, options: entryOptions(actor, given) })
  })
}

/** @param overwrittenId the role or member that the overwrite is for */
export function deleteOverwrite(actor: Actor, channelId: string, overwrittenId: string): void {
  const channel = actor.guild.channels.get(channelId)
  const before = channel?.permission_overwrites.find(({ id }) => id === overwrittenId)
  if (!channel || !before) return
  const others = channel.permission_overwrites.filter(({ id }) => id !== overwrittenId)
  const { id, allow, deny } = before
  replaceChannel(actor, { ...channel, permission_overwrites: others }, () => {
    writeEntry(actor, {
      type: AuditLogEvent.ChannelOverwriteDelete,
      targetId: channelId,
      changes: deletionChanges({ id, type: String(before.type), allow, deny }),
      options: entryOptions(actor, before),
    })
  })
}

export function roleOverwrite(roleId: string, allow: bigint, deny: bigint): APIOverwrite {
  return overwrite(roleId, OverwriteType.Role, allow, deny)
}

export function memberOverwrite(userId: string, allow: bigint, deny: bigint): APIOverwrite {
  return overwrite(userId, OverwriteType.Member, allow, deny)
}

function entryOptions({ guild }: Actor, { id, type }: APIOverwrite): JsonObject {
  const roleName = guild.roles.get(id)?.name
  return {
    id,
    type: String(type),
    ...(type === OverwriteType.Role && roleName !== undefined && { role_name: roleName }),
  }
}
