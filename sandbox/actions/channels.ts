import {
  type APIOverwrite,
  AuditLogEvent,
  GatewayDispatchEvents,
  GatewayIntentBits,
  OverwriteType,
} from 'discord-api-types/v10'
import { asSeenBy, mayView } from '../world/access.ts'
import { type Channel, overwrite, type Thread } from '../world/channels.ts'
import { isoTime } from '../world/guild.ts'
import {
  type Actor,
  creationChanges,
  deletionChanges,
  updateChanges,
  type Values,
  writeEntry,
} from './actor.ts'
import { changeAccess } from './channel-access.ts'

export function createChannel(actor: Actor, channel: Channel, reason?: string): void {
  const create = () => {
    actor.guild.channels.set(channel.id, channel)
    writeEntry(actor, {
      type: AuditLogEvent.ChannelCreate,
      targetId: channel.id,
      changes: creationChanges(described(channel)),
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
  replace(actor, { ...before, ...values }, () => {
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
      changes: deletionChanges(described(channel)),
      reason,
    })
    emitChannel(actor, GatewayDispatchEvents.ChannelDelete, channel)
  })
}

/** Sets what a role or member may do in a channel. The entry's target is the channel; whom it is for is an extra. */
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
  replace(actor, { ...channel, permission_overwrites: [...others, given] }, () => {
    if (changes.length > 0)
      writeEntry(actor, { type, targetId: channelId, changes, options: extras(actor, given) })
  })
}

export function deleteOverwrite(actor: Actor, channelId: string, overwrittenId: string): void {
  const channel = actor.guild.channels.get(channelId)
  const before = channel?.permission_overwrites.find(({ id }) => id === overwrittenId)
  if (!channel || !before) return
  const others = channel.permission_overwrites.filter(({ id }) => id !== overwrittenId)
  const { id, allow, deny } = before
  replace(actor, { ...channel, permission_overwrites: others }, () => {
    writeEntry(actor, {
      type: AuditLogEvent.ChannelOverwriteDelete,
      targetId: channelId,
      changes: deletionChanges({ id, type: String(before.type), allow, deny }),
      options: extras(actor, before),
    })
  })
}

export function createThread(actor: Actor, parentId: string, name: string): Thread {
  const { world, guild, actorId } = actor
  const now = isoTime(world.now())
  const thread: Thread = {
    id: world.newId(),
    guild_id: guild.id,
    type: 11,
    name,
    flags: 0,
    parent_id: parentId,
    owner_id: actorId,
    rate_limit_per_user: 0,
    last_message_id: null,
    message_count: 0,
    member_count: 1,
    total_message_sent: 0,
    thread_metadata: {
      archived: false,
      archive_timestamp: now,
      auto_archive_duration: 1440,
      locked: false,
      create_timestamp: now,
    },
  }
  guild.threads.set(thread.id, thread)
  const values = { name, type: thread.type, ...threadState(thread) }
  writeEntry(actor, {
    type: AuditLogEvent.ThreadCreate,
    targetId: thread.id,
    changes: creationChanges(values),
  })
  emitThread(actor, GatewayDispatchEvents.ThreadCreate, thread, { ...thread, newly_created: true })
  return thread
}

export function archiveThread(actor: Actor, threadId: string): void {
  const thread = actor.guild.threads.get(threadId)
  if (!thread) return
  const after = { ...thread, thread_metadata: { ...thread.thread_metadata, archived: true, locked: true } }
  actor.guild.threads.set(threadId, after)
  const changes = updateChanges(threadState(thread), threadState(after))
  writeEntry(actor, { type: AuditLogEvent.ThreadUpdate, targetId: threadId, changes })
  emitThread(actor, GatewayDispatchEvents.ThreadUpdate, after, { ...after })
}

export function deleteThread(actor: Actor, threadId: string): void {
  const thread = actor.guild.threads.get(threadId)
  if (!thread) return
  actor.guild.threads.delete(threadId)
  const values = { name: thread.name, type: thread.type, ...threadState(thread) }
  writeEntry(actor, {
    type: AuditLogEvent.ThreadDelete,
    targetId: threadId,
    changes: deletionChanges(values),
  })
  const { id, guild_id, parent_id, type } = thread
  emitThread(actor, GatewayDispatchEvents.ThreadDelete, thread, { id, guild_id, parent_id, type })
}

export function roleOverwrite(roleId: string, allow: bigint, deny: bigint): APIOverwrite {
  return overwrite(roleId, OverwriteType.Role, allow, deny)
}

export function memberOverwrite(userId: string, allow: bigint, deny: bigint): APIOverwrite {
  return overwrite(userId, OverwriteType.Member, allow, deny)
}

/** What the log says of a channel that is made or unmade. */
function described(channel: Channel): Values {
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

function threadState({ rate_limit_per_user, thread_metadata }: Thread): Values {
  const { archived, locked, auto_archive_duration } = thread_metadata
  return { archived, locked, auto_archive_duration, rate_limit_per_user }
}

function extras({ guild }: Actor, { id, type }: APIOverwrite): Values {
  const roleName = guild.roles.get(id)?.name
  return {
    id,
    type: String(type),
    ...(type === OverwriteType.Role && roleName !== undefined && { role_name: roleName }),
  }
}

/** Puts a changed channel in the place of the one before. */
function replace(actor: Actor, after: Channel, write: () => void): void {
  const change = () => {
    actor.guild.channels.set(after.id, after)
    write()
    emitChannel(actor, GatewayDispatchEvents.ChannelUpdate, after)
  }
  changeAccess(actor, change, after.id)
}

function emitChannel({ world, guild }: Actor, event: GatewayDispatchEvents, channel: Channel): void {
  const dataFor = (botId: string) => ({ ...asSeenBy(guild, botId, channel) })
  world.emit({
    event,
    guildId: guild.id,
    data: { ...channel },
    dataFor,
    intent: GatewayIntentBits.Guilds,
  })
}

/** Of a thread those hear alone who may view its channel. */
function emitThread(
  { world, guild }: Actor,
  event: GatewayDispatchEvents,
  thread: Thread,
  sent: Values,
): void {
  const dataFor = (botId: string) => (mayView(guild, botId, thread) ? sent : undefined)
  world.emit({ event, guildId: guild.id, data: sent, dataFor, intent: GatewayIntentBits.Guilds })
}
