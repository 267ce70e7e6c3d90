import { RESTJSONErrorCodes } from 'discord-api-types/v10'
import { Hono } from 'hono'
import { messagePayload } from '../../payloads/message.ts'
import type { Interaction } from '../../world/interaction.ts'
import type { Message } from '../../world/message.ts'
import type { RestBackend } from '../backend.ts'
import { composeMessage } from '../compose-message.ts'
import { ApiError, unknown } from '../errors.ts'
import { draftResponse, editResponse } from '../interaction-messages.ts'
import { checkMessage } from '../limits/message-limits.ts'
import { asJsonObject, readBody } from '../request-body.ts'

/** How long an interaction's token is valid, in milliseconds. */
const TOKEN_LIFETIME = 15 * 60_000

/**
 * Messages that follow an interaction's first response.
 * https://docs.discord.com/developers/interactions/receiving-and-responding#followup-messages
 */
export function webhookRoutes(backend: RestBackend) {
  const { world, conversation } = backend
  const interactionOf = ({ application, token }: { application: string; token: string }): Interaction => {
    const interaction = conversation.interactions.get(token)
    if (!interaction || interaction.applicationId !== application || !interaction.acknowledged) {
      throw unknown.webhook()
    }
    if (world.now() - interaction.createdAt > TOKEN_LIFETIME) {
      throw new ApiError(401, RESTJSONErrorCodes.InvalidWebhookToken, 'Invalid Webhook Token')
    }
    return interaction
  }
  const messageOf = (interaction: Interaction, id: string): Message => {
    const message = id === '@original' ? interaction.original : conversation.messages.get(id)
    if (!message || message.deleted || message.applicationId !== interaction.applicationId) {
      throw unknown.message()
    }
    return message
  }

  return new Hono()
    .post('/webhooks/:application/:token', async (context) => {
      const interaction = interactionOf(context.req.param())
      const { json, files } = await readBody(context, backend.fileLimit)
      const data = asJsonObject(json)
      checkMessage(data, files.length)
      // The first follow-up to a deferred response replaces it and keeps its ephemeral flag.
      const { original } = interaction
      if (original?.thinking && !original.deleted) {
        editResponse(backend, interaction, original, data, files)
        return context.json(messagePayload(original))
      }
      const message = draftResponse(backend, interaction, data)
      composeMessage(message, data, files, backend.origin)
      conversation.post(message)
      interaction.add({ type: 'shown', message, at: world.now() })
      return context.json(messagePayload(message))
    })
    .get('/webhooks/:application/:token/messages/:message', (context) => {
      const { message, ...rest } = context.req.param()
      return context.json(messagePayload(messageOf(interactionOf(rest), message)))
    })
    .patch('/webhooks/:application/:token/messages/:message', async (context) => {
      const { message: id, ...rest } = context.req.param()
      const interaction = interactionOf(rest)
      const message = messageOf(interaction, id)
      const { json, files } = await readBody(context, backend.fileLimit)
      const data = asJsonObject(json)
      checkMessage(data, files.length)
      editResponse(backend, interaction, message, data, files)
      return context.json(messagePayload(message))
    })
    .delete('/webhooks/:application/:token/messages/:message', (context) => {
      const { message: id, ...rest } = context.req.param()
      const interaction = interactionOf(rest)
      const message = messageOf(interaction, id)
      message.deleted = true
      interaction.add({ type: 'deleted', message, at: world.now() })
      return context.body(null, 204)
    })
}
