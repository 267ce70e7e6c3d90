import { ChannelType } from 'discord-api-types/v10'
import { Hono } from 'hono'
import type { DirectChannel } from '../../world/channels.ts'
import { asString, type JsonObject } from '../../world/json.ts'
import type { World } from '../../world/world.ts'
import type { BotEnv } from '../authorize.ts'
import { missingPermissions, notHere, unknown } from '../errors.ts'
import { checkSendable, isArchived, placeOf, unarchive } from '../place.ts'
import { asJsonObject, readBody } from '../request-body.ts'

/** Channels, and direct messages. https://docs.discord.com/developers/resources/channel */
export function channelRoutes(world: World) {
  return (
    new Hono<BotEnv>()
      .get('/channels/:channel', (context) => {
        const { guild, channel } = placeOf(world, context.req.param('channel'), context.var.application.id)
        return context.json(guild ? { ...channel } : directPayload(world, channel))
      })
      // A bot opens archived threads. Nothing else is changed by bots here.
      .patch('/channels/:channel', async (context) => {
        const place = placeOf(world, context.req.param('channel'), context.var.application.id)
        const { archived } = asJsonObject((await readBody(context)).json)
        if (archived !== false || !isArchived(place)) throw missingPermissions()
        checkSendable(world, place)
        unarchive(place)
        const { channel } = placeOf(world, place.id, context.var.application.id)
        return context.json({ ...channel })
      })
      .post('/users/@me/channels', async (context) => {
        const { id } = context.var.application
        const sent = asJsonObject((await readBody(context)).json)
        const recipientId = asString(sent.recipient_id) ?? ''
        if (recipientId === id) throw notHere.user()
        if (!world.users.has(recipientId)) throw unknown.user()
        return context.json(directPayload(world, world.openDirect(id, recipientId)))
      })
  )
}

function directPayload(world: World, { id, userId }: DirectChannel): JsonObject {
  const user = world.users.get(userId)
  return { id, type: ChannelType.DM, last_message_id: null, flags: 0, recipients: user ? [user] : [] }
}
