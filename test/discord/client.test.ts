import { Events } from 'discord.js'
import { expect, onTestFinished, test } from 'vitest'
import { createClient } from '../../src/discord/client.ts'
import { GatewayEvents } from '../../src/discord/gateway/gateway-events.ts'
import { RateLimits } from '../../src/discord/rest/rate-limits.ts'
import { openDiscord, TOKEN } from '../support/open-discord.ts'
import { RecordedLog } from '../support/recorded-log.ts'

test('what is thrown at an event that discord.js was given is logged by its name, and the next is heard', async () => {
  const { clock, discord, town } = await openDiscord()
  const log = new RecordedLog()
  const events = new GatewayEvents(log)
  const client = createClient(discord.api, { events, rateLimits: new RateLimits(clock), clock, log })
  onTestFinished(() => client.destroy())
  const ready = Promise.withResolvers<unknown>()
  client.once(Events.ClientReady, ready.resolve)
  const heard = Promise.withResolvers<void>()
  let count = 0
  client.on(Events.InteractionCreate, () => {
    if (++count === 2) heard.resolve()
    throw new Error('A handler fell over.')
  })
  await client.login(TOKEN)
  await ready.promise
  const moderator = town.as(town.moderators[0]?.id ?? '')
  for (let sent = 0; sent < 2; sent++) moderator.sendOdd(2, { id: '1', name: 'audit', type: 1 })
  await heard.promise
  expect(log.lines).toEqual(
    Array.from({ length: 2 }, () =>
      expect.objectContaining({
        message: 'An event of Discord could not be handled.',
        facts: { event: 'INTERACTION_CREATE', err: new Error('A handler fell over.') },
      }),
    ),
  )
})

test('a client is ready when its last shard is, even where another was connecting anew at that moment', async () => {
  const { clock, discord, town } = await openDiscord()
  const { gateway } = discord
  gateway.shards = 2
  gateway.maxConcurrency = 2
  const log = new RecordedLog()
  const events = new GatewayEvents(log)
  const client = createClient(discord.api, { events, rateLimits: new RateLimits(clock), clock, log })
  onTestFinished(() => client.destroy())
  const ready = Promise.withResolvers<unknown>()
  client.once(Events.ClientReady, ready.resolve)
  const firstIsReady = Promise.withResolvers<void>()
  const lastHasBegun = Promise.withResolvers<void>()
  // The last shard waits for a guild that does not come.
  gateway.alterReady = (sent) => {
    if (!Array.isArray(sent.shard) || sent.shard[0] !== 1) return sent
    lastHasBegun.resolve()
    return { ...sent, guilds: [{ id: discord.world.newId(), unavailable: true }] }
  }
  client.on(Events.ShardReady, (shard) => {
    if (shard === 0) firstIsReady.resolve()
    else gateway.down = false
  })
  await client.login(TOKEN)
  await Promise.all([firstIsReady.promise, lastHasBegun.promise])
  gateway.down = true
  const [first] = gateway.sessionsOf(town.bot.id).filter(({ identity }) => identity.shard[0] === 0)
  first?.socket?.terminate()
  await ready.promise
})
