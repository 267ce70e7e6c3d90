import { Events } from 'discord.js'
import { expect, onTestFinished, test } from 'vitest'
import { Gate } from '../../src/core/sharding/gate.ts'
import { createClient } from '../../src/discord/client.ts'
import { ShardStates } from '../../src/discord/connection/shard-states.ts'
import { GatewayEvents } from '../../src/discord/gateway/gateway-events.ts'
import { RateLimits } from '../../src/discord/rest/rate-limits.ts'
import { openDiscord, TOKEN } from '../support/open-discord.ts'
import { RecordedLog } from '../support/recorded-log.ts'

/** A client that has not logged in, of a bot that Discord has that many shards for. `ready` resolves when it is. */
async function openClient({ shards = 1 } = {}) {
  const { clock, discord, town } = await openDiscord()
  const { gateway } = discord
  gateway.shards = shards
  gateway.maxConcurrency = shards
  const log = new RecordedLog()
  const client = createClient(discord.api, {
    events: new GatewayEvents(log),
    rateLimits: new RateLimits(clock),
    states: new ShardStates(clock),
    gate: new Gate(),
    clock,
    log,
  })
  onTestFinished(() => client.destroy())
  const ready = new Promise((resolve) => client.once(Events.ClientReady, resolve))
  return { client, gateway, log, ready, town }
}

test('an error thrown by a listener of discord.js is logged, and the next event is handled', async () => {
  const { client, log, ready, town } = await openClient()
  const handled = Promise.withResolvers<void>()
  let count = 0
  client.on(Events.InteractionCreate, () => {
    if (++count === 2) handled.resolve()
    throw new Error('A listener failed.')
  })
  await client.login(TOKEN)
  await ready
  const moderator = town.as(town.moderators[0]?.id ?? '')
  for (let sent = 0; sent < 2; sent++) moderator.sendOdd(2, { id: '1', name: 'audit', type: 1 })
  await handled.promise
  expect(log.lines).toEqual(
    Array.from({ length: 2 }, () =>
      expect.objectContaining({
        message: 'Handling a gateway event failed.',
        facts: { event: 'INTERACTION_CREATE', err: new Error('A listener failed.') },
      }),
    ),
  )
})

test('a client is ready when its last shard is, even if another is reconnecting at that moment', async () => {
  const { client, gateway, ready, town } = await openClient({ shards: 2 })
  const firstReady = Promise.withResolvers<void>()
  const firstReconnecting = Promise.withResolvers<void>()
  const lastGreeted = Promise.withResolvers<void>()
  let readyOfLast: object = {}
  gateway.alterReady = (sent) => {
    if (!Array.isArray(sent.shard) || sent.shard[0] !== 1) return sent
    readyOfLast = sent
    lastGreeted.resolve()
    return {}
  }
  client.on(Events.ShardReady, (shard) => {
    if (shard === 0) firstReady.resolve()
    else gateway.down = false
  })
  client.once(Events.ShardReconnecting, () => firstReconnecting.resolve())
  const login = client.login(TOKEN)
  await Promise.all([firstReady.promise, lastGreeted.promise])
  gateway.down = true
  const sessionOf = (shard: number) =>
    gateway.sessionsOf(town.bot.id).find(({ identity }) => identity.shard[0] === shard)
  sessionOf(0)?.socket?.terminate()
  await firstReconnecting.promise
  sessionOf(1)?.dispatch('READY', readyOfLast)
  await Promise.all([login, ready])
})

test('an interaction is handled once, as soon as its shard is connected, while another is not', async () => {
  const { client, gateway, ready, town } = await openClient({ shards: 2 })
  const handled: string[] = []
  const isHandled = Promise.withResolvers<void>()
  client.on(Events.InteractionCreate, ({ id }) => {
    handled.push(id)
    isHandled.resolve()
  })
  const own = Number((BigInt(town.guild.id) >> 22n) % 2n)
  const otherReady = Promise.withResolvers<object>()
  gateway.alterReady = (sent) => {
    if (!Array.isArray(sent.shard) || sent.shard[0] === own) return sent
    otherReady.resolve(sent)
    return {}
  }
  const connected = Promise.withResolvers<void>()
  client.on(Events.ShardReady, (shard) => shard === own && connected.resolve())
  const login = client.login(TOKEN)
  const [readyOfOther] = await Promise.all([otherReady.promise, connected.promise])
  const { interaction } = town
    .as(town.moderators[0]?.id ?? '')
    .sendOdd(2, { id: '1', name: 'audit', type: 1 })
  await isHandled.promise
  expect(client.isReady()).toBe(false)
  gateway
    .sessionsOf(town.bot.id)
    .find(({ identity }) => identity.shard[0] !== own)
    ?.dispatch('READY', readyOfOther)
  await Promise.all([login, ready])
  expect(handled).toEqual([interaction.id])
})
