import { MessageFlags, InteractionResponseType as Type } from 'discord-api-types/v10'
import { Hono } from 'hono'
import type { Discord } from '../../discord.ts'
import {
  type Interaction,
  type InteractionOutcome,
  type Message,
  messagePayload,
  type SentFile,
} from '../../world/conversation.ts'
import { isJsonObject, type JsonObject, jsonObjects } from '../../world/json.ts'
import { alreadyAcknowledged, unknown } from '../errors.ts'
import { checkMessage } from '../limits/message-limits.ts'
import { checkAutocompleteChoices, checkResponseType } from '../limits/response-limits.ts'
import { composeMessage, jsonObject, readBody } from '../message-body.ts'

/** How long an interaction waits for its first answer, in milliseconds. */
const FIRST_ANSWER = 3000

/**
 * Answers to interactions.
 * https://docs.discord.com/developers/interactions/receiving-and-responding#create-interaction-response
 */
export function interactionRoutes(discord: Discord) {
  return new Hono().post('/interactions/:id/:token/callback', async (context) => {
    const { id, token } = context.req.param()
    const interaction = discord.conversation.interactions.get(token)
    const { json, files } = await readBody(context, discord.fileLimit)
    if (!interaction || interaction.id !== id) throw unknown.interaction()
    if (interaction.acknowledged) throw alreadyAcknowledged()
    if (discord.world.now() - interaction.createdAt > FIRST_ANSWER) throw unknown.interaction()
    const response = jsonObject(json)
    const { type } = response
    checkResponseType(interaction.type, type)
    const message = answer(discord, interaction, response, files)
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
      ...(message && SHOWING.includes(type) && { resource: { type, message: messagePayload(message) } }),
    })
  })
}

/** The answers that come with their message. */
const SHOWING: readonly unknown[] = [Type.ChannelMessageWithSource, Type.UpdateMessage]

function answer(
  discord: Discord,
  interaction: Interaction,
  response: JsonObject,
  files: readonly SentFile[],
): Message | undefined {
  const data = isJsonObject(response.data) ? response.data : {}
  const at = discord.world.now()
  switch (response.type) {
    case Type.ChannelMessageWithSource: {
      checkMessage(data, files.length, ['data'])
      const message = draft(discord, interaction, data)
      composeMessage(message, data, files, discord.origin)
      discord.conversation.post(message)
      acknowledge(interaction, { what: 'shown', message, at }, message)
      return message
    }
    case Type.DeferredChannelMessageWithSource: {
      const message = { ...draft(discord, interaction, data), thinking: true }
      discord.conversation.post(message)
      acknowledge(interaction, { what: 'thinking', message, at }, message)
      return message
    }
    case Type.DeferredMessageUpdate:
      acknowledge(interaction, { what: 'updating', at }, interaction.source)
      return interaction.source
    case Type.UpdateMessage: {
      const { source } = interaction
      if (!source) throw unknown.message()
      checkMessage(data, files.length, ['data'])
      composeMessage(source, data, files, discord.origin)
      source.editedAt = at
      acknowledge(interaction, { what: 'edited', message: source, at }, source)
      return source
    }
    case Type.ApplicationCommandAutocompleteResult: {
      const choices = jsonObjects(data.choices)
      checkAutocompleteChoices(choices)
      acknowledge(interaction, { what: 'choices', choices, at }, undefined)
      return undefined
    }
    default:
      throw new Error(`The sandbox does not play answers of type ${response.type}.`)
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

/** A message that will answer an interaction. Whether it is ephemeral is settled now and for good. */
export function draft(discord: Discord, interaction: Interaction, data: JsonObject): Message {
  const ephemeral = typeof data.flags === 'number' && (data.flags & MessageFlags.Ephemeral) !== 0
  return discord.conversation.draft({
    channelId: interaction.channelId,
    author: discord.applicationOf(interaction.applicationId).user,
    ephemeralTo: ephemeral ? interaction.userId : null,
    applicationId: interaction.applicationId,
    body: {},
    files: [],
    thinking: false,
  })
}

/** Changes a message. The first edit of one that is thinking is its answer. */
export function edit(
  discord: Discord,
  interaction: Interaction,
  message: Message,
  data: JsonObject,
  files: readonly SentFile[],
): void {
  const at = discord.world.now()
  composeMessage(message, data, files, discord.origin)
  message.editedAt = message.thinking ? null : at
  const what = message.thinking ? 'shown' : 'edited'
  message.thinking = false
  interaction.add({ what, message, at })
}
