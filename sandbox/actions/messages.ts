import { AuditLogEvent } from 'discord-api-types/v10'
import { grow } from './merge.ts'
import { record, type Scene } from './actor.ts'

/** Deletes one message. Nobody's deletes of their own messages are logged, nor are single deletes by bots. */
export function deleteMessage(scene: Scene, channelId: string, authorId: string): void {
  const { world, actorId } = scene
  if (authorId === actorId || world.users.get(actorId)?.bot) return
  const type = AuditLogEvent.MessageDelete
  if (grow(scene, { type, targetId: authorId, options: { channel_id: channelId } })) return
  record(scene, { type, targetId: authorId, options: { channel_id: channelId, count: '1' } })
}

/** Deletes many messages of a channel at once: one entry, which does not tell whose they were. */
export function bulkDelete(scene: Scene, channelId: string, count: number, reason?: string): void {
  const options = { count: String(count) }
  record(scene, { type: AuditLogEvent.MessageBulkDelete, targetId: channelId, options, reason })
}

export function pin(scene: Scene, channelId: string, messageId: string, authorId: string): void {
  const options = { channel_id: channelId, message_id: messageId }
  record(scene, { type: AuditLogEvent.MessagePin, targetId: authorId, options })
}

export function unpin(scene: Scene, channelId: string, messageId: string, authorId: string): void {
  const options = { channel_id: channelId, message_id: messageId }
  record(scene, { type: AuditLogEvent.MessageUnpin, targetId: authorId, options })
}
