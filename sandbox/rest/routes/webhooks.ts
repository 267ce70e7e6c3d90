import { RESTJSONErrorCodes } from 'discord-api-types/v10'
import { Hono } from 'hono'
import type { Discord } from '../../discord.ts'
import { type Interaction, type Message, messagePayload } from '../../world/conversation.ts'
import { ApiError, unknown } from '../errors.ts'
import { checkMessage } from '../limits/message-limits.ts'
import { composeMessage, jsonObject, readBody } from '../message-body.ts'
import { draft, edit } from './interactions.ts'

/** How long an interaction's token can be used, in milliseconds. */
const TOKEN_LIFE = 15 * 60_000

/**
 * Messages that follow an interaction's first answer.
 * https://docs.discord.com/developers/interactions/receiving-and-responding#followup-messages
 */
export function webhookRoutes(discord: Discord) {
  const exchangeOf = ({ application, token }: { application: string; token: string }): Interaction => {
    const interaction = discord.conversation.interactions.get(token)
    if (!interaction || interaction.applicationId !== application || !interaction.acknowledged)
      throw unknown.webhook()
    if (discord.world.now() - interaction.createdAt > TOKEN_LIFE) {
      throw new ApiError(401, RESTJSONErrorCodes.InvalidWebhookToken, 'Invalid Webhook Token')
    }
    return interaction
  }
  const messageOf = (interaction: Interaction, id: string): Message => {
    const message = id === '@original' ? interaction.original : discord.conversation.messages.get(id)
    if (!message || message.deleted || message.applicationId !== interaction.applicationId) {
      throw unknown.message()
    }
    return message
  }

  return new Hono()
    .post('/webhooks/:application/:token', async (context) => {
      const interaction = exchangeOf(context.req.param())
      const { json, files } = await readBody(context, discord.fileLimit)
      const data = jsonObject(json)
      checkMessage(data, files.length)
      // The first follow-up to a deferred answer takes its place, and stays as visible as that was.
      const { original } = interaction
      if (original?.thinking && !original.deleted) {
        edit(discord, interaction, original, data, files)
        return context.json(messagePayload(original))
      }
      const message = draft(discord, interaction, data)
      composeMessage(message, data, files, discord.origin)
      discord.conversation.post(message)
      interaction.add({ what: 'shown', message, at: discord.world.now() })
      return context.json(messagePayload(message))
    })
    .get('/webhooks/:application/:token/messages/:message', (context) => {
      const { message, ...rest } = context.req.param()
      return context.json(messagePayload(messageOf(exchangeOf(rest), message)))
    })
    .patch('/webhooks/:application/:token/messages/:message', async (context) => {
      const { message: id, ...rest } = context.req.param()
      const interaction = exchangeOf(rest)
      const message = messageOf(interaction, id)
      const { json, files } = await readBody(context, discord.fileLimit)
      const data = jsonObject(json)
      checkMessage(data, files.length)
      edit(discord, interaction, message, data, files)
      return context.json(messagePayload(message))
    })
    .delete('/webhooks/:application/:token/messages/:message', (context) => {
      const { message: id, ...rest } = context.req.param()
      const interaction = exchangeOf(rest)
      const message = messageOf(interaction, id)
      message.deleted = true
      interaction.add({ what: 'deleted', message, at: discord.world.now() })
      return context.body(null, 204)
    })
}
