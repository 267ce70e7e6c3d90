import { AuditLogEvent, ChannelType, GatewayDispatchEvents } from 'discord-api-types/v10'
import type { Thread } from '../world/channels.ts'
import { isoTime } from '../world/guild.ts'
import type { JsonObject } from '../world/json.ts'
import type { Actor } from './actor.ts'
import { emitThread } from './channel-events.ts'
import { creationChanges, deletionChanges, updateChanges, writeEntry } from './entry.ts'

export function createThread(actor: Actor, parentId: string, name: string): Thread {
  const { world, guild, actorId } = actor
  const now = isoTime(world.now())
  const thread: Thread = {
    id: world.newId(),
    guild_id: guild.id,
    type: ChannelType.PublicThread,
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
  const values = { name, type: thread.type, ...loggedState(thread) }
  writeEntry(actor, {
    type: AuditLogEvent.ThreadCreate,
    targetId: thread.id,
    changes: creationChanges(values),
  })
  emitThread(actor, GatewayDispatchEvents.ThreadCreate, thread, { ...thread, newly_created: true })
  return thread
}

/** Archives and locks a thread. */
export function archiveThread(actor: Actor, threadId: string): void {
  const thread = actor.guild.threads.get(threadId)
  if (!thread) return
  const after = { ...thread, thread_metadata: { ...thread.thread_metadata, archived: true, locked: true } }
  actor.guild.threads.set(threadId, after)
  const changes = updateChanges(loggedState(thread), loggedState(after))
  writeEntry(actor, { type: AuditLogEvent.ThreadUpdate, targetId: threadId, changes })
  emitThread(actor, GatewayDispatchEvents.ThreadUpdate, after, { ...after })
}

export function deleteThread(actor: Actor, threadId: string): void {
  const thread = actor.guild.threads.get(threadId)
  if (!thread) return
  actor.guild.threads.delete(threadId)
  const values = { name: thread.name, type: thread.type, ...loggedState(thread) }
  writeEntry(actor, {
    type: AuditLogEvent.ThreadDelete,
    targetId: threadId,
    changes: deletionChanges(values),
  })
  const { id, guild_id, parent_id, type } = thread
  emitThread(actor, GatewayDispatchEvents.ThreadDelete, thread, { id, guild_id, parent_id, type })
}

function loggedState({ rate_limit_per_user, thread_metadata }: Thread): JsonObject {
  const { archived, locked, auto_archive_duration } = thread_metadata
  return { archived, locked, auto_archive_duration, rate_limit_per_user }
}
