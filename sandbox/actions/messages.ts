import { AuditLogEvent } from 'discord-api-types/v10'
import type { Actor } from './actor.ts'
import { writeEntry } from './entry.ts'
import { mergeIntoRecent } from './merge.ts'

/** Deletes one message. Discord logs neither deletes of own messages nor single deletes by bots. */
export function deleteMessage(actor: Actor, channelId: string, authorId: string): void {
  const { world, actorId } = actor
  if (authorId === actorId || world.users.get(actorId)?.bot) return
  const type = AuditLogEvent.MessageDelete
  if (mergeIntoRecent(actor, { type, targetId: authorId, options: { channel_id: channelId } })) return
  writeEntry(actor, { type, targetId: authorId, options: { channel_id: channelId, count: '1' } })
}

/** Deletes many messages of a channel at once. The one entry does not name their authors. */
export function bulkDelete(actor: Actor, channelId: string, count: number, reason?: string): void {
  const options = { count: String(count) }
  writeEntry(actor, { type: AuditLogEvent.MessageBulkDelete, targetId: channelId, options, reason })
}

export function pin(actor: Actor, channelId: string, messageId: string, authorId: string): void {
  const options = { channel_id: channelId, message_id: messageId }
  writeEntry(actor, { type: AuditLogEvent.MessagePin, targetId: authorId, options })
}

export function unpin(actor: Actor, channelId: string, messageId: string, authorId: string): void {
  const options = { channel_id: channelId, message_id: messageId }
  writeEntry(actor, { type: AuditLogEvent.MessageUnpin, targetId: authorId, options })
}
