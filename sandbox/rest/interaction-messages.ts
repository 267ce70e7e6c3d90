import { MessageFlags } from 'discord-api-types/v10'
import type { Interaction } from '../world/interaction.ts'
import type { JsonObject } from '../world/json.ts'
import type { Message, SentFile } from '../world/message.ts'
import type { RestBackend } from './backend.ts'
import { composeMessage } from './compose-message.ts'

/** Creates an empty message that will answer an interaction. Its ephemeral flag cannot be changed later. */
export function draftResponse(backend: RestBackend, interaction: Interaction, data: JsonObject): Message {
  const ephemeral = typeof data.flags === 'number' && (data.flags & MessageFlags.Ephemeral) !== 0
  return backend.conversation.draft({
    channelId: interaction.channelId,
    author: backend.world.application(interaction.applicationId).user,
    ephemeralTo: ephemeral ? interaction.userId : null,
    applicationId: interaction.applicationId,
  })
}

/** Edits a message. The first edit of a deferred response is its answer, and does not mark it as edited. */
export function editResponse(
  backend: RestBackend,
  interaction: Interaction,
  message: Message,
  data: JsonObject,
  files: readonly SentFile[],
): void {
  const at = backend.world.now()
  composeMessage(message, data, files, backend.origin)
  message.editedAt = message.thinking ? null : at
  const type = message.thinking ? 'shown' : 'edited'
  message.thinking = false
  interaction.add({ type, message, at })
}
