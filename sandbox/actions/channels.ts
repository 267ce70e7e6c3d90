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
import { changeAccess } from './channel-access.ts'
import { changed, made, record, type Scene, unmade, type Values } from './actor.ts'

export function createChannel(scene: Scene, channel: Channel, reason?: string): void {
  const create = () => {
    scene.guild.channels.set(channel.id, channel)
    record(scene, {
      type: AuditLogEvent.ChannelCreate,
      targetId: channel.id,
      changes: made(described(channel)),
      reason,
    })
    tellOfChannel(scene, GatewayDispatchEvents.ChannelCreate, channel)
  }
  changeAccess(scene, create, channel.id)
}

export function updateChannel(
  scene: Scene,
  channelId: string,
  values: Partial<Channel>,
  reason?: string,
): void {
  const before = scene.guild.channels.get(channelId)
  if (!before) return
  const changes = changed({ ...before }, values)
  replace(scene, { ...before, ...values }, () => {
    if (changes.length > 0)
      record(scene, { type: AuditLogEvent.ChannelUpdate, targetId: channelId, changes, reason })
  })
}

export function deleteChannel(scene: Scene, channelId: string, reason?: string): void {
  const channel = scene.guild.channels.get(channelId)
  if (!channel) return
  changeAccess(scene, () => {
    scene.guild.channels.delete(channelId)
    record(scene, {
      type: AuditLogEvent.ChannelDelete,
      targetId: channelId,
      changes: unmade(described(channel)),
      reason,
    })
    tellOfChannel(scene, GatewayDispatchEvents.ChannelDelete, channel)
  })
}

/** Sets what a role or member may do in a channel. The entry's target is the channel; whom it is for is an extra. */
export function setOverwrite(scene: Scene, channelId: string, given: APIOverwrite): void {
  const channel = scene.guild.channels.get(channelId)
  if (!channel) return
  const before = channel.permission_overwrites.find(({ id }) => id === given.id)
  const others = channel.permission_overwrites.filter(({ id }) => id !== given.id)
  const { allow, deny } = given
  const type = before ? AuditLogEvent.ChannelOverwriteUpdate : AuditLogEvent.ChannelOverwriteCreate
  const changes = before
    ? changed({ allow: before.allow, deny: before.deny }, { allow, deny })
    : made({ id: given.id, type: String(given.type), allow, deny })
  replace(scene, { ...channel, permission_overwrites: [...others, given] }, () => {
    if (changes.length > 0)
      record(scene, { type, targetId: channelId, changes, options: extras(scene, given) })
  })
}

export function clearOverwrite(scene: Scene, channelId: string, overwrittenId: string): void {
  const channel = scene.guild.channels.get(channelId)
  const before = channel?.permission_overwrites.find(({ id }) => id === overwrittenId)
  if (!channel || !before) return
  const others = channel.permission_overwrites.filter(({ id }) => id !== overwrittenId)
  const { id, allow, deny } = before
  replace(scene, { ...channel, permission_overwrites: others }, () => {
    record(scene, {
      type: AuditLogEvent.ChannelOverwriteDelete,
      targetId: channelId,
      changes: unmade({ id, type: String(before.type), allow, deny }),
      options: extras(scene, before),
    })
  })
}

export function createThread(scene: Scene, parentId: string, name: string): Thread {
  const { world, guild, actorId } = scene
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
  record(scene, { type: AuditLogEvent.ThreadCreate, targetId: thread.id, changes: made(values) })
  tellOfThread(scene, GatewayDispatchEvents.ThreadCreate, thread, { ...thread, newly_created: true })
  return thread
}

export function archiveThread(scene: Scene, threadId: string): void {
  const thread = scene.guild.threads.get(threadId)
  if (!thread) return
  const after = { ...thread, thread_metadata: { ...thread.thread_metadata, archived: true, locked: true } }
  scene.guild.threads.set(threadId, after)
  const changes = changed(threadState(thread), threadState(after))
  record(scene, { type: AuditLogEvent.ThreadUpdate, targetId: threadId, changes })
  tellOfThread(scene, GatewayDispatchEvents.ThreadUpdate, after, { ...after })
}

export function deleteThread(scene: Scene, threadId: string): void {
  const thread = scene.guild.threads.get(threadId)
  if (!thread) return
  scene.guild.threads.delete(threadId)
  const values = { name: thread.name, type: thread.type, ...threadState(thread) }
  record(scene, { type: AuditLogEvent.ThreadDelete, targetId: threadId, changes: unmade(values) })
  const { id, guild_id, parent_id, type } = thread
  tellOfThread(scene, GatewayDispatchEvents.ThreadDelete, thread, { id, guild_id, parent_id, type })
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

function extras({ guild }: Scene, { id, type }: APIOverwrite): Values {
  const roleName = guild.roles.get(id)?.name
  return {
    id,
    type: String(type),
    ...(type === OverwriteType.Role && roleName !== undefined && { role_name: roleName }),
  }
}

/** Puts a changed channel in the place of the one before. */
function replace(scene: Scene, after: Channel, write: () => void): void {
  const change = () => {
    scene.guild.channels.set(after.id, after)
    write()
    tellOfChannel(scene, GatewayDispatchEvents.ChannelUpdate, after)
  }
  changeAccess(scene, change, after.id)
}

function tellOfChannel({ world, guild }: Scene, event: GatewayDispatchEvents, channel: Channel): void {
  const dataFor = (botId: string) => ({ ...asSeenBy(guild, botId, channel) })
  world.tell({
    event,
    guildId: guild.id,
    data: { ...channel },
    dataFor,
    intent: GatewayIntentBits.Guilds,
  })
}

/** Of a thread those hear alone who may view its channel. */
function tellOfThread(
  { world, guild }: Scene,
  event: GatewayDispatchEvents,
  thread: Thread,
  sent: Values,
): void {
  const dataFor = (botId: string) => (mayView(guild, botId, thread) ? sent : undefined)
  world.tell({ event, guildId: guild.id, data: sent, dataFor, intent: GatewayIntentBits.Guilds })
}
