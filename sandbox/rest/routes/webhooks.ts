import { RESTJSONErrorCodes } from 'discord-api-types/v10'
import { Hono } from 'hono'
import type { Discord } from '../../discord.ts'
import { type Exchange, type Message, toWire } from '../../world/conversation.ts'
import { ApiError, unknown } from '../errors.ts'
import { checkMessage } from '../limits/message-limits.ts'
import { compose, jsonObject, readBody } from '../message-body.ts'
import { draft, edit } from './interactions.ts'

/** How long an interaction's token can be used, in milliseconds. */
const TOKEN_LIFE = 15 * 60_000

/**
 * Messages that follow an interaction's first answer.
 * https://docs.discord.com/developers/interactions/receiving-and-responding#followup-messages
 */
export function webhookRoutes(discord: Discord) {
  const exchangeOf = ({ application, token }: { application: string; token: string }): Exchange => {
    const exchange = discord.conversation.exchanges.get(token)
    if (!exchange || exchange.applicationId !== application || !exchange.acknowledged) throw unknown.webhook()
    if (discord.world.now() - exchange.createdAt > TOKEN_LIFE) {
      throw new ApiError(401, RESTJSONErrorCodes.InvalidWebhookToken, 'Invalid Webhook Token')
    }
    return exchange
  }
  const messageOf = (exchange: Exchange, id: string): Message => {
    const message = id === '@original' ? exchange.original : discord.conversation.messages.get(id)
    if (!message || message.deleted || message.applicationId !== exchange.applicationId) {
      throw unknown.message()
    }
    return message
  }

  return new Hono()
    .post('/webhooks/:application/:token', async (context) => {
      const exchange = exchangeOf(context.req.param())
      const { json, files } = await readBody(context, discord.fileLimit)
      const data = jsonObject(json)
      checkMessage(data, files.length)
      // The first follow-up to a deferred answer takes its place, and stays as visible as that was.
      const { original } = exchange
      if (original?.thinking && !original.deleted) {
        edit(discord, exchange, original, data, files)
        return context.json(toWire(original))
      }
      const message = draft(discord, exchange, data)
      compose(message, data, files, discord.origin)
      discord.conversation.post(message)
      exchange.add({ what: 'shown', message, at: discord.world.now() })
      return context.json(toWire(message))
    })
    .get('/webhooks/:application/:token/messages/:message', (context) => {
      const { message, ...rest } = context.req.param()
      return context.json(toWire(messageOf(exchangeOf(rest), message)))
    })
    .patch('/webhooks/:application/:token/messages/:message', async (context) => {
      const { message: id, ...rest } = context.req.param()
      const exchange = exchangeOf(rest)
      const message = messageOf(exchange, id)
      const { json, files } = await readBody(context, discord.fileLimit)
      const data = jsonObject(json)
      checkMessage(data, files.length)
      edit(discord, exchange, message, data, files)
      return context.json(toWire(message))
    })
    .delete('/webhooks/:application/:token/messages/:message', (context) => {
      const { message: id, ...rest } = context.req.param()
      const exchange = exchangeOf(rest)
      const message = messageOf(exchange, id)
      message.deleted = true
      exchange.add({ what: 'deleted', message, at: discord.world.now() })
      return context.body(null, 204)
    })
}
