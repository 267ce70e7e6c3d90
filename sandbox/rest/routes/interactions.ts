import { InteractionResponseType as Type } from 'discord-api-types/v10'
import { Hono } from 'hono'
import { messagePayload } from '../../payloads/message.ts'
import type { Interaction, InteractionOutcome } from '../../world/interaction.ts'
import { isJsonObject, type JsonObject, jsonObjects } from '../../world/json.ts'
import type { Message, SentFile } from '../../world/message.ts'
import { modalOf } from '../../world/modal.ts'
import type { RestBackend } from '../backend.ts'
import { composeMessage } from '../compose-message.ts'
import { alreadyAcknowledged, unknown } from '../errors.ts'
import { draftResponse } from '../interaction-messages.ts'
import { checkMessage } from '../limits/message-limits.ts'
import { checkModal } from '../limits/modal-limits.ts'
import { checkAutocompleteChoices, checkResponseType } from '../limits/response-limits.ts'
import { asJsonObject, readBody } from '../request-body.ts'

/** How long an interaction waits for its first response, in milliseconds. */
const FIRST_RESPONSE = 3000

/**
 * First responses to interactions.
 * https://docs.discord.com/developers/interactions/receiving-and-responding#create-interaction-response
 */
export function interactionRoutes(backend: RestBackend) {
  return new Hono().post('/interactions/:id/:token/callback', async (context) => {
    const { id, token } = context.req.param()
    const interaction = backend.conversation.interactions.get(token)
    const { json, files } = await readBody(context, backend.fileLimit)
    if (!interaction || interaction.id !== id) throw unknown.interaction()
    if (interaction.acknowledged) throw alreadyAcknowledged()
    if (backend.world.now() - interaction.createdAt > FIRST_RESPONSE) throw unknown.interaction()
    const response = asJsonObject(json)
    const { type } = response
    checkResponseType(interaction, type)
    const message = respond(backend, interaction, response, files)
    if (context.req.query('with_response') !== 'true') return context.body(null, 204)
    return context.json({
      interaction: {
        id,
        type: interaction.type,
        channel_id: interaction.channelId,
        guild_id: interaction.guildId,
        ...(message && {
          response_message_id: message.id,
          response_message_loading: message.thinking,
          response_message_ephemeral: message.ephemeralTo !== null,
        }),
      },
      ...(message && WITH_MESSAGE.includes(type) && { resource: { type, message: messagePayload(message) } }),
    })
  })
}

/** The response types whose message is returned. */
const WITH_MESSAGE: readonly unknown[] = [Type.ChannelMessageWithSource, Type.UpdateMessage]

/** Carries a response out, and returns its message if it has one. */
function respond(
  backend: RestBackend,
  interaction: Interaction,
  response: JsonObject,
  files: readonly SentFile[],
): Message | undefined {
  const data = isJsonObject(response.data) ? response.data : {}
  const at = backend.world.now()
  switch (response.type) {
    case Type.ChannelMessageWithSource: {
      checkMessage(data, files.length, ['data'])
      const message = draftResponse(backend, interaction, data)
      composeMessage(message, data, files, backend.origin)
      backend.conversation.post(message)
      acknowledge(interaction, { type: 'shown', message, at }, message)
      return message
    }
    case Type.DeferredChannelMessageWithSource: {
      const message = { ...draftResponse(backend, interaction, data), thinking: true }
      backend.conversation.post(message)
      acknowledge(interaction, { type: 'thinking', message, at }, message)
      return message
    }
    case Type.DeferredMessageUpdate:
      acknowledge(interaction, { type: 'updating', at }, interaction.source)
      return interaction.source
    case Type.UpdateMessage: {
      const { source } = interaction
      if (!source) throw unknown.message()
      checkMessage(data, files.length, ['data'])
      composeMessage(source, data, files, backend.origin)
      source.editedAt = at
      acknowledge(interaction, { type: 'edited', message: source, at }, source)
      return source
    }
    case Type.ApplicationCommandAutocompleteResult: {
      const choices = jsonObjects(data.choices)
      checkAutocompleteChoices(choices)
      acknowledge(interaction, { type: 'choices', choices, at }, undefined)
      return undefined
    }
    case Type.Modal:
      checkModal(data)
      acknowledge(interaction, { type: 'modal', modal: modalOf(data, interaction.source), at }, undefined)
      return undefined
    default:
      throw new Error(`The sandbox does not support responses of type ${response.type}.`)
  }
}

function acknowledge(
  interaction: Interaction,
  outcome: InteractionOutcome,
  original: Message | undefined,
): void {
  interaction.acknowledged = true
  interaction.original = original
  interaction.add(outcome)
}
