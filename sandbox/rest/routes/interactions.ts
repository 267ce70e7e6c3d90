import { MessageFlags, InteractionResponseType as Type } from 'discord-api-types/v10'
import { Hono } from 'hono'
import type { Discord } from '../../discord.ts'
import { type Exchange, type Message, type Outcome, type SentFile, toWire } from '../../world/conversation.ts'
import { isJson, type Json, objects } from '../../world/json.ts'
import { alreadyAcknowledged, unknown } from '../errors.ts'
import { checkChoices, checkType } from '../limits/response-limits.ts'
import { checkMessage } from '../limits/message-limits.ts'
import { compose, jsonObject, readBody } from '../message-body.ts'

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
    const { json, files } = await readBody(context, discord.fileLimit)
    if (!exchange || exchange.id !== id) throw unknown.interaction()
    if (exchange.acknowledged) throw alreadyAcknowledged()
    if (discord.world.now() - exchange.createdAt > FIRST_ANSWER) throw unknown.interaction()
    const response = jsonObject(json)
    const { type } = response
    checkType(exchange.type, type)
    const message = answer(discord, exchange, response, files)
    if (context.req.query('with_response') !== 'true') return context.body(null, 204)
    return context.json({
      interaction: {
        id,
        type: exchange.type,
        channel_id: exchange.channelId,
        guild_id: exchange.guildId,
        ...(message && {
          response_message_id: message.id,
          response_message_loading: message.thinking,
          response_message_ephemeral: message.ephemeralTo !== null,
        }),
      },
      ...(message && SHOWING.includes(type) && { resource: { type, message: toWire(message) } }),
    })
  })
}

/** The answers that come with their message. */
const SHOWING: readonly unknown[] = [Type.ChannelMessageWithSource, Type.UpdateMessage]

function answer(
  discord: Discord,
  exchange: Exchange,
  response: Json,
  files: readonly SentFile[],
): Message | undefined {
  const data = isJson(response.data) ? response.data : {}
  const at = discord.world.now()
  switch (response.type) {
    case Type.ChannelMessageWithSource: {
      checkMessage(data, files.length, ['data'])
      const message = draft(discord, exchange, data)
      compose(message, data, files, discord.origin)
      discord.conversation.post(message)
      acknowledge(exchange, { what: 'shown', message, at }, message)
      return message
    }
    case Type.DeferredChannelMessageWithSource: {
      const message = { ...draft(discord, exchange, data), thinking: true }
      discord.conversation.post(message)
      acknowledge(exchange, { what: 'thinking', message, at }, message)
      return message
    }
    case Type.DeferredMessageUpdate:
      acknowledge(exchange, { what: 'updating', at }, exchange.source)
      return exchange.source
    case Type.UpdateMessage: {
      const { source } = exchange
      if (!source) throw unknown.message()
      checkMessage(data, files.length, ['data'])
      compose(source, data, files, discord.origin)
      source.editedAt = at
      acknowledge(exchange, { what: 'edited', message: source, at }, source)
      return source
    }
    case Type.ApplicationCommandAutocompleteResult: {
      const choices = objects(data.choices)
      checkChoices(choices)
      acknowledge(exchange, { what: 'choices', choices, at }, undefined)
      return undefined
    }
    default:
      throw new Error(`The sandbox does not play answers of type ${response.type}.`)
  }
}

function acknowledge(exchange: Exchange, outcome: Outcome, original: Message | undefined): void {
  exchange.acknowledged = true
  exchange.original = original
  exchange.add(outcome)
}

/** A message that will answer an interaction. Whether it is ephemeral is settled now and for good. */
export function draft(discord: Discord, exchange: Exchange, data: Json): Message {
  const ephemeral = typeof data.flags === 'number' && (data.flags & MessageFlags.Ephemeral) !== 0
  return discord.conversation.draft({
    channelId: exchange.channelId,
    author: discord.applicationOf(exchange.applicationId).user,
    ephemeralTo: ephemeral ? exchange.userId : null,
    applicationId: exchange.applicationId,
    body: {},
    files: [],
    thinking: false,
  })
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
  compose(message, data, files, discord.origin)
  message.editedAt = message.thinking ? null : at
  const what = message.thinking ? 'shown' : 'edited'
  message.thinking = false
  exchange.add({ what, message, at })
}
