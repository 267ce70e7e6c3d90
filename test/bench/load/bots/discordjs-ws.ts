import { WebSocketManager, WebSocketShardEvents } from '@discordjs/ws'
import { REST } from 'discord.js'
import {
  GatewayDispatchEvents,
  GatewayIntentBits,
  InteractionResponseType,
  MessageFlags,
} from 'discord-api-types/v10'
import { FIXED_ANSWER } from './fixed-answer.ts'

// The least that can answer: events from @discordjs/ws, and replies by fetch, which no limit delays.

const { DISCORD_API: api = '', DISCORD_TOKEN: token = '' } = process.env
const manager = new WebSocketManager({
  token,
  intents: GatewayIntentBits.Guilds | GatewayIntentBits.GuildModeration,
  rest: new REST({ api }).setToken(token),
})
const send = async (method: string, path: string, body: object) => {
  const headers = { 'content-type': 'application/json' }
  const response = await fetch(`${api}/v10${path}`, { method, headers, body: JSON.stringify(body) })
  await response.arrayBuffer()
}
manager.on(WebSocketShardEvents.Dispatch, async ({ data }) => {
  if (data.t !== GatewayDispatchEvents.InteractionCreate) return
  const { id, token: replyToken, application_id } = data.d
  await send('POST', `/interactions/${id}/${replyToken}/callback`, {
    type: InteractionResponseType.DeferredChannelMessageWithSource,
    data: { flags: MessageFlags.Ephemeral },
  })
  await send('PATCH', `/webhooks/${application_id}/${replyToken}/messages/@original`, FIXED_ANSWER)
})
process.once('SIGTERM', async () => {
  await manager.destroy()
  process.exit(0)
})
await manager.connect()
