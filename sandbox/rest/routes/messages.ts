import { PermissionFlagsBits } from 'discord-api-types/v10'
import { Hono } from 'hono'
import { messagePayload } from '../../payloads/message.ts'
import type { JsonObject } from '../../world/json.ts'
import { jsonObjects } from '../../world/json.ts'
import { type Mentions, mentionsIn } from '../../world/mentions.ts'
import type { Message, SentFile } from '../../world/message.ts'
import type { BotEnv } from '../authorize.ts'
import type { RestBackend } from '../backend.ts'
import { composeMessage } from '../compose-message.ts'
import { missingPermissions, notHere, unknown } from '../errors.ts'
import { checkMessage } from '../limits/message-limits.ts'
import { OldEdits, tooManyOldEdits } from '../limits/old-edits.ts'
import { checkReadable, checkSendable, isArchived, type Place, placeOf, unarchive } from '../place.ts'
import { QueryParams } from '../query-params.ts'
import { asJsonObject, readBody } from '../request-body.ts'

const May = PermissionFlagsBits

/** The messages in channels. https://docs.discord.com/developers/resources/message */
export function messageRoutes(backend: RestBackend) {
  const { world, conversation } = backend
  const oldEdits = new OldEdits()
  const messageIn = ({ id }: Place, messageId: string): Message => {
    const message = conversation.messages.get(messageId)
    const isThere = message?.channelId === id && message.ephemeralTo === null && !message.deleted
    if (!isThere) throw unknown.message()
    return message
  }
  const mentionsOf = (data: JsonObject, { guild, may }: Place): Mentions =>
    mentionsIn(data, { users: world.users, guild, mayMentionAll: may(May.MentionEveryone) })

  return new Hono<BotEnv>()
    .get('/channels/:channel/messages', (context) => {
      const place = placeOf(world, context.req.param('channel'), context.var.application.id)
      const query = readQuery(context.req.query())
      checkReadable(place)
      // Without the permission, the list is empty.
      const all = place.may(May.ReadMessageHistory) ? conversation.messagesIn(place.id) : []
      return context.json(pageOf(all, query).map(messagePayload))
    })
    .get('/channels/:channel/messages/:message', (context) => {
      const place = placeOf(world, context.req.param('channel'), context.var.application.id)
      checkReadable(place)
      if (!place.may(May.ReadMessageHistory)) throw missingPermissions()
      return context.json(messagePayload(messageIn(place, context.req.param('message'))))
    })
    .post('/channels/:channel/messages', async (context) => {
      const { application } = context.var
      const place = placeOf(world, context.req.param('channel'), application.id)
      const { json, files } = await readBody(context, backend.fileLimit)
      const data = asJsonObject(json)
      checkMessage(data, files.length)
      checkSendable(world, place)
      const { nonce } = data
      const isUnique = data.enforce_nonce === true && nonce !== undefined && nonce !== null
      const known = isUnique ? conversation.withNonce(application.id, String(nonce)) : undefined
      if (known?.deleted) throw unknown.message()
      if (known) return context.json({ ...messagePayload(known), nonce })
      const message = conversation.draft({ channelId: place.id, author: application.user })
      composeMessage(message, permitted(data, files, place), files, backend.origin)
      const mentions = mentionsOf(data, place)
      message.body = { ...message.body, ...mentions }
      message.pinged = pingedBy(mentions)
      unarchive(place)
      if (nonce === undefined || nonce === null) conversation.post(message)
      else conversation.postWithNonce(message, String(nonce))
      return context.json({ ...messagePayload(message), ...(nonce !== undefined && { nonce }) })
    })
    .patch('/channels/:channel/messages/:message', async (context) => {
      const { application } = context.var
      const place = placeOf(world, context.req.param('channel'), application.id)
      const message = messageIn(place, context.req.param('message'))
      if (message.author.id !== application.id) throw notHere.author()
      if (isArchived(place)) throw notHere.archived()
      const { json, files } = await readBody(context, backend.fileLimit)
      const data = asJsonObject(json)
      checkMessage(data, files.length)
      if (files.length > 0 && !place.may(May.AttachFiles)) throw missingPermissions()
      const wait = oldEdits.waitFor(message, world.now())
      if (wait > 0) return tooManyOldEdits(context, wait)
      composeMessage(message, withoutForbidden(data, place), files, backend.origin)
      if (data.content !== undefined) message.body = { ...message.body, ...mentionsOf(data, place) }
      message.editedAt = world.now()
      conversation.onChange?.(message)
      return context.json(messagePayload(message))
    })
    .delete('/channels/:channel/messages/:message', (context) => {
      const { application } = context.var
      const place = placeOf(world, context.req.param('channel'), application.id)
      const message = messageIn(place, context.req.param('message'))
      const isOwn = message.author.id === application.id
      if (!isOwn && !place.may(May.ManageMessages)) throw missingPermissions()
      conversation.delete(message)
      return context.body(null, 204)
    })
}

/**
 * What Discord takes of a message by the bot's permissions. Without Embed Links it drops the embeds, unless nothing else
 * would be left. https://github.com/discord/discord-api-docs/issues/2601
 * @throws ApiError 50013 if it takes nothing
 */
function permitted(data: JsonObject, files: readonly SentFile[], place: Place): JsonObject {
  const { may } = place
  if (files.length > 0 && !may(May.AttachFiles)) throw missingPermissions()
  const { content = '', components, embeds } = data
  const hasMore = content || jsonObjects(components).length > 0 || files.length > 0
  if (jsonObjects(embeds).length > 0 && !hasMore && !may(May.EmbedLinks)) throw missingPermissions()
  return withoutForbidden(data, place)
}

/**
 * Without Embed Links, an edit drops the embeds, too, and can leave nothing.
 * https://github.com/discord/discord-api-docs/issues/5648
 */
function withoutForbidden(data: JsonObject, { may }: Place): JsonObject {
  return data.embeds === undefined || may(May.EmbedLinks) ? data : { ...data, embeds: [] }
}

function pingedBy({ mentions, mention_roles, mention_everyone }: Mentions): string[] {
  return [...mentions.map(({ id }) => id), ...mention_roles, ...(mention_everyone ? ['everyone'] : [])]
}

interface MessageQuery {
  readonly before: bigint | undefined
  readonly after: bigint | undefined
  readonly around: bigint | undefined
  readonly limit: number
}

function readQuery(given: Record<string, string>): MessageQuery {
  const query = new QueryParams(given)
  const id = (key: string) => {
    const value = query.snowflake(key)
    return value === undefined ? undefined : BigInt(value)
  }
  const read = { before: id('before'), after: id('after'), around: id('around') }
  const limit = query.wholeNumber('limit', 1, 100) ?? 50
  query.check()
  return { ...read, limit }
}

/**
 * A page of messages, newest first: the newest, those before an id, the first after one, or those around one.
 * https://docs.discord.com/developers/resources/message#get-channel-messages
 * @param messages oldest first
 */
function pageOf(messages: readonly Message[], { before, after, around, limit }: MessageQuery): Message[] {
  const sorted = messages.toSorted((a, b) => (BigInt(a.id) < BigInt(b.id) ? -1 : 1))
  const upTo = (id: bigint, isIncluded = false) =>
    sorted.filter((each) => BigInt(each.id) < id || (isIncluded && BigInt(each.id) === id))
  const since = (id: bigint) => sorted.filter((each) => BigInt(each.id) > id)
  if (around !== undefined) {
    const half = Math.floor(limit / 2)
    return [...upTo(around, true).slice(-half - 1), ...since(around).slice(0, half)].toReversed()
  }
  if (before !== undefined) return upTo(before).slice(-limit).toReversed()
  if (after !== undefined) return since(after).slice(0, limit).toReversed()
  return sorted.slice(-limit).toReversed()
}
