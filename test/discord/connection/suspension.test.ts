import { Events } from 'discord.js'
import { expect, onTestFinished, test } from 'vitest'
import * as members from '../../../sandbox/actions/members.ts'
import { Gate } from '../../../src/core/sharding/gate.ts'
import { createClient } from '../../../src/discord/client.ts'
import { ShardStates } from '../../../src/discord/connection/shard-states.ts'
import { GatewayEvents } from '../../../src/discord/gateway/gateway-events.ts'
import { RateLimits } from '../../../src/discord/rest/rate-limits.ts'
import { openDiscord, TOKEN } from '../../support/open-discord.ts'
import { RecordedLog } from '../../support/recorded-log.ts'

/** A client with two shards, which are connected while a gate is open. */
async function openClient() {
  const opened = await openDiscord()
  const { clock, discord, town } = opened
  const { gateway } = discord
  gateway.maxConcurrency = 2
  const [log, gate] = [new RecordedLog(), new Gate()]
  const events = new GatewayEvents(log)
  const entries: unknown[] = []
  let sessions = 0
  events.listen({
    ready: [() => void sessions++],
    guild: { GUILD_AUDIT_LOG_ENTRY_CREATE: [(_, { id }) => void entries.push(id)] },
  })
  const assigned = { ids: [0, 1], count: 2 }
  const rateLimits = new RateLimits(clock)
  const states = new ShardStates(clock)
  const client = createClient(discord.api, { events, rateLimits, states, clock, log, assigned, gate })
  onTestFinished(() => client.destroy())
  const resumed: number[] = []
  client.on(Events.ShardResume, (shard) => void resumed.push(shard))
  /** How many shards are connected. */
  const connected = () => gateway.sessionsOf(town.bot.id).filter(({ socket }) => socket !== undefined).length
  const logIn = async () => {
    const ready = Promise.withResolvers<unknown>()
    client.once(Events.ClientReady, ready.resolve)
    await Promise.all([client.login(TOKEN), ready.promise])
  }
  const until = (reached: () => unknown) => expect.poll(reached, { interval: 5, timeout: 10_000 })
  return {
    ...opened,
    gateway,
    log,
    gate,
    client,
    entries,
    resumed,
    connected,
    logIn,
    until,
    sessions: () => sessions,
  }
}

test('while the shards may not be connected none is, and then each resumes its session and misses nothing', async () => {
  const { gateway, town, actor, gate, entries, resumed, connected, logIn, until, sessions, log } =
    await openClient()
  await logIn()
  for (let times = 1; times <= 3; times++) {
    const { connections } = gateway
    gate.close()
    await until(connected).toBe(0)
    const [member] = town.members.slice(times)
    members.kick(actor(0), member?.id ?? '')
    // Longer than discord.js waits until it connects again.
    await new Promise((resolve) => setTimeout(resolve, 600))
    expect(gateway.connections).toBe(connections)
    gate.open()
    await until(() => resumed.length).toBe(2 * times)
    await until(() => entries.length).toBe(times)
  }
  expect(connected()).toBe(2)
  expect(sessions()).toBe(2)
  expect(entries).toEqual(town.guild.log.since().map(({ id }) => id))
  expect(log.lines).toEqual([])
})

test('shards that are connecting when they may not be connected any longer are not, until they may', async () => {
  const { gateway, gate, connected, logIn, until, sessions } = await openClient()
  gateway.identifyInterval = 0
  const greeted = Promise.withResolvers<void>()
  gateway.alterReady = (ready) => {
    greeted.resolve()
    gate.close()
    return ready
  }
  const login = logIn()
  await greeted.promise
  await until(connected).toBe(0)
  gateway.alterReady = (ready) => ready
  gate.open()
  await login
  await until(connected).toBe(2)
  expect(sessions()).toBeGreaterThanOrEqual(2)
})

test('a client whose shards may not be connected can be stopped, and does not connect after it', async () => {
  const { gateway, client, gate, connected, logIn, until } = await openClient()
  await logIn()
  gate.close()
  await until(connected).toBe(0)
  const { connections } = gateway
  await client.destroy()
  gate.open()
  await new Promise((resolve) => setTimeout(resolve, 600))
  expect(gateway.connections).toBe(connections)
})
