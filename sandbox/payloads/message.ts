import { MessageFlags, MessageType } from 'discord-api-types/v10'
import { isoTime } from '../world/guild.ts'
import type { JsonObject } from '../world/json.ts'
import type { Message } from '../world/message.ts'
import { timeOf } from '../world/snowflakes.ts'

/** A message as REST returns it. https://docs.discord.com/developers/resources/message#message-object */
export function messagePayload(message: Message): JsonObject {
  const { body, applicationId } = message
  const flags =
    (message.ephemeralTo === null ? 0 : MessageFlags.Ephemeral) |
    (message.thinking ? MessageFlags.Loading : 0)
  return {
    id: message.id,
    type: applicationId === null ? MessageType.Default : MessageType.ChatInputCommand,
    channel_id: message.channelId,
    author: message.author,
    content: '',
    embeds: [],
    attachments: [],
    components: [],
    mentions: [],
    mention_roles: [],
    mention_everyone: false,
    pinned: false,
    tts: false,
    timestamp: isoTime(timeOf(message.id)),
    edited_timestamp: message.editedAt === null ? null : isoTime(message.editedAt),
    flags,
    ...(applicationId !== null && { application_id: applicationId, webhook_id: applicationId }),
    ...body,
  }
}
