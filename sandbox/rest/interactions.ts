import { MessageFlags, InteractionResponseType as Type } from 'discord-api-types/v10'
import { Hono } from 'hono'
import type { Exchange, Message, SentFile } from '../conversation.ts'
import { toWire } from '../conversation.ts'
import type { Discord } from '../discord.ts'
import { ApiError, alreadyAcknowledged, FormFaults, unknown } from './errors.ts'
import { isJson, type Json, objects, text } from './json.ts'
import { composed, jsonObject, readBody } from './message-body.ts'
import { checkMessage, checkNotEmpty } from './message-limits.ts'

/** How long an interaction waits for its first answer, in milliseconds. */
const FIRST_ANSWER = 3000

/**
 * Answers to interactions.
 * https://docs.discord.com/developers/interactions/receiving-and-responding#create-interaction-response
 */
export function interactionRoutes(discord: Discord) {
  return new Hono().post('/interactions/:id/:token/callback', async (context) => {
    const { id, token } = context.req.param()
    const exchange = discord.conversation.exchanges.get(token)
    const { json, files } = await readBody(context)
    if (!exchange || exchange.id !== id) throw unknown.interaction()
    if (exchange.acknowledged) throw alreadyAcknowledged()
    if (discord.world.now() - exchange.createdAt > FIRST_ANSWER) throw unknown.interaction()
    const response = jsonObject(json)
    const message = answer(discord, exchange, response, files)
    if (context.req.query('with_response') !== 'true') return context.body(null, 204)
    return context.json({
      interaction: {
        id,
        type: 2,
        channel_id: exchange.channelId,
        guild_id: exchange.guildId,
        ...(message && { response_message_id: message.id, response_message_loading: message.thinking }),
        response_message_ephemeral: message !== undefined && message.ephemeralTo !== null,
      },
      ...(message && { resource: { type: response.type, message: toWire(message) } }),
    })
  })
}

function answer(
  discord: Discord,
  exchange: Exchange,
  response: Json,
  files: readonly SentFile[],
): Message | undefined {
  const data = isJson(response.data) ? response.data : {}
  const at = discord.world.now()
  switch (response.type) {
    case Type.ChannelMessageWithSource:
      checkMessage(data, files.length, ['data'])
      checkNotEmpty(data, files.length)
      exchange.acknowledged = true
      exchange.original = post(discord, exchange, data, files)
      exchange.add({ what: 'shown', message: exchange.original, at })
      return exchange.original
    case Type.DeferredChannelMessageWithSource:
      exchange.acknowledged = true
      exchange.original = post(discord, exchange, data, [], true)
      exchange.add({ what: 'thinking', message: exchange.original, at })
      return exchange.original
    case Type.DeferredMessageUpdate:
    case Type.UpdateMessage: {
      const { source } = exchange
      if (!source) throw new ApiError(400, 50035, 'Invalid Form Body')
      if (response.type === Type.UpdateMessage) checkMessage(data, files.length, ['data'])
      exchange.acknowledged = true
      exchange.original = source
      if (response.type === Type.UpdateMessage) edit(discord, exchange, source, data, files)
      else exchange.add({ what: 'updating', at })
      return source
    }
    case Type.ApplicationCommandAutocompleteResult: {
      const choices = objects(data.choices)
      checkChoices(choices)
      exchange.acknowledged = true
      exchange.add({ what: 'choices', choices, at })
      return undefined
    }
    default: {
      const faults = new FormFaults()
      faults.add(['type'], 'BASE_TYPE_CHOICES', 'Value must be one of (1, 4, 5, 6, 7, 8, 9, 12).')
      faults.check()
      return undefined
    }
  }
}

/** Posts a message that answers an interaction. Whether it is ephemeral is settled now and for good. */
export function post(
  discord: Discord,
  exchange: Exchange,
  data: Json,
  files: readonly SentFile[],
  thinking = false,
): Message {
  const application = discord.applicationOf(exchange.applicationId)
  const ephemeral = typeof data.flags === 'number' && (data.flags & MessageFlags.Ephemeral) !== 0
  const message = discord.conversation.post({
    channelId: exchange.channelId,
    author: application.user,
    ephemeralTo: ephemeral ? exchange.userId : null,
    applicationId: exchange.applicationId,
    body: {},
    files,
    thinking,
  })
  message.body = composed(data, files, message.id, discord.origin)
  return message
}

/** Changes a message. The first edit of one that is thinking is its answer. */
export function edit(
  discord: Discord,
  exchange: Exchange,
  message: Message,
  data: Json,
  files: readonly SentFile[],
): void {
  const at = discord.world.now()
  message.body = composed(data, files, message.id, discord.origin, message.body)
  if (files.length > 0) message.files = files
  message.editedAt = message.thinking ? null : at
  const what = message.thinking ? 'shown' : 'edited'
  message.thinking = false
  exchange.add({ what, message, at })
}

function checkChoices(choices: readonly Json[]): void {
  const faults = new FormFaults()
  faults.length(['data', 'choices'], choices, 0, 25)
  for (const [index, { name, value }] of choices.entries()) {
    faults.length(['data', 'choices', index, 'name'], text(name) ?? '', 1, 100)
    if (typeof value === 'string') faults.length(['data', 'choices', index, 'value'], value, 0, 100)
  }
  faults.check()
}
