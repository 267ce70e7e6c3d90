import { Hono } from 'hono'
import { messagePayload } from '../../payloads/message.ts'
import { mayView } from '../../world/access.ts'
import type { Message } from '../../world/message.ts'
import type { BotEnv } from '../authorize.ts'
import type { RestBackend } from '../backend.ts'
import { composeMessage } from '../compose-message.ts'
import { missingAccess, unknown } from '../errors.ts'
import { checkMessage } from '../limits/message-limits.ts'
import { asJsonObject, readBody } from '../request-body.ts'

/** Channels and their messages. https://docs.discord.com/developers/resources/message */
export function channelRoutes(backend: RestBackend) {
  const channelOf = (id: string, botId: string) => {
    for (const guild of backend.world.guilds.values()) {
      const channel = guild.channels.get(id) ?? guild.threads.get(id)
      if (!channel) continue
      if (!guild.members.has(botId) || !mayView(guild, botId, channel)) throw missingAccess()
      return channel
    }
    throw unknown.channel()
  }
  const messagesIn = (channelId: string): Message[] =>
    [...backend.conversation.messages.values()].filter(
      (message) => message.channelId === channelId && message.ephemeralTo === null && !message.deleted,
    )

  return new Hono<BotEnv>()
    .get('/channels/:channel', (context) =>
      context.json(channelOf(context.req.param('channel'), context.var.application.id)),
    )
    .get('/channels/:channel/messages', (context) => {
      const { id } = channelOf(context.req.param('channel'), context.var.application.id)
      return context.json(messagesIn(id).reverse().slice(0, 50).map(messagePayload))
    })
    .get('/channels/:channel/messages/:message', (context) => {
      const { id } = channelOf(context.req.param('channel'), context.var.application.id)
      const message = messagesIn(id).find((candidate) => candidate.id === context.req.param('message'))
      if (!message) throw unknown.message()
      return context.json(messagePayload(message))
    })
    .post('/channels/:channel/messages', async (context) => {
      const { application } = context.var
      const { id } = channelOf(context.req.param('channel'), application.id)
      const { json, files } = await readBody(context, backend.fileLimit)
      const data = asJsonObject(json)
      checkMessage(data, files.length)
      const message = backend.conversation.draft({
        channelId: id,
        author: application.user,
        ephemeralTo: null,
        applicationId: null,
        body: {},
        files: [],
        thinking: false,
      })
      composeMessage(message, data, files, backend.origin)
      backend.conversation.post(message)
      return context.json(messagePayload(message))
    })
}
