import { GatewayIntentBits as Intent, GatewayOpcodes as Op } from 'discord-api-types/v10'
import { expect, onTestFinished, test, vi } from 'vitest'
import { kickIn } from '../../bench/loop/small-guilds.ts'
import { type OpenDiscord, openDiscord, TOKEN } from '../../support/open-discord.ts'
import { SilentProxy } from '../../support/postgres/silent-proxy.ts'
import { eventsIn, GatewayClient, sessionIn } from '../../support/sandbox/gateway-client.ts'
import { fieldIn, RestClient } from '../../support/sandbox/rest-client.ts'

const IDENTITY = { token: TOKEN, intents: Intent.Guilds | Intent.GuildModeration }
const ENTRY = 'GUILD_AUDIT_LOG_ENTRY_CREATE'

/** Identifies on a new connection. @returns it, and the session's id */
async function identify({ connect }: OpenDiscord, shard?: readonly [number, number]) {
  const client = await connect()
  const received = await client.identify({ ...IDENTITY, ...(shard && { shard }) })
  return { client, session: sessionIn(received) }
}

/** Resumes a session on a new connection. @returns the events that follow */
async function resume({ connect }: OpenDiscord, session_id: string) {
  const client = await connect()
  client.send(Op.Resume, { token: TOKEN, session_id, seq: 1 })
  return { client, events: eventsIn(await client.received()) }
}

test('two sessions of one shard both receive its events and its interactions', async () => {
  const here = await openDiscord()
  const clients = [await here.listen(), await here.listen()]
  kickIn(here.discord, here.town.guild, here.town.members[0]?.id ?? '')
  here.discord.gateway.sendInteraction(here.town.bot.id, here.town.guild.id, { id: '8' })
  for (const client of clients)
    expect(eventsIn(await client.received()).slice(-2)).toEqual([ENTRY, 'INTERACTION_CREATE'])
})

test('a connection that sends no heartbeat any more is closed, and its session can be resumed', async () => {
  vi.useFakeTimers({ toFake: ['setTimeout', 'clearTimeout'] })
  onTestFinished(() => {
    vi.useRealTimers()
  })
  const here = await openDiscord()
  const { gateway } = here.discord
  gateway.heartbeatTimeout = 60_000
  const { client, session } = await identify(here)
  vi.advanceTimersByTime(40_000)
  await client.received()
  vi.advanceTimersByTime(40_000)
  expect(gateway.shardConnections).toMatchObject([{ until: undefined }])
  vi.advanceTimersByTime(20_000)
  expect(await client.closed).toMatchObject({ code: 1006 })
  expect((await resume(here, session)).events).toContain('RESUMED')
  expect(gateway.shardConnections).toMatchObject([{ until: expect.any(Number) }, { type: 'resume' }])
})

test('a session can be resumed for a while after its connection closed, and not later', async () => {
  const here = await openDiscord()
  const { gateway } = here.discord
  gateway.resumableFor = 60_000
  const { client, session } = await identify(here)
  client.close(4000)
  await client.closed
  const resumed = await resume(here, session)
  expect(resumed.events).toContain('RESUMED')
  resumed.client.close(4000)
  await resumed.client.closed
  gateway.resumableFor = 0
  expect((await resume(here, session)).events).toEqual([null])
  expect(gateway.sessionsOf(here.town.bot.id)).toEqual([])
})

test('a session that is resumed elsewhere leaves its connection, which is closed', async () => {
  const here = await openDiscord()
  const { client, session } = await identify(here)
  expect((await resume(here, session)).events).toContain('RESUMED')
  expect(await client.closed).toMatchObject({ code: 1006 })
})

test('it is recorded which shard identified and resumed, on which connection, and until when', async () => {
  const here = await openDiscord()
  const { gateway } = here.discord
  const botId = here.town.bot.id
  const host = new URL(gateway.url).host
  const first = await identify(here, [1, 4])
  const other = await identify(here, [2, 4])
  first.client.close(4000)
  await first.client.closed
  await resume(here, first.session)
  gateway.invalidate()
  await other.client.identify({ ...IDENTITY, shard: [2, 4] })
  const times = { from: expect.any(Number), until: expect.any(Number) }
  const shared = { botId, shardCount: 4, host, ...times }
  expect(gateway.shardConnections).toEqual([
    { ...shared, type: 'identify', shard: 1, sessionId: first.session },
    { ...shared, type: 'identify', shard: 2, sessionId: other.session },
    { ...shared, type: 'resume', shard: 1, sessionId: first.session },
    { ...shared, type: 'identify', shard: 2, sessionId: expect.any(String), until: undefined },
  ])
})

test('a bot that asks through a proxy connects and resumes through it, and is recorded under its address', async () => {
  const here = await openDiscord()
  const { gateway } = here.discord
  const proxy = await SilentProxy.start(Number(new URL(here.discord.origin).port))
  onTestFinished(() => proxy.stop())
  const host = `127.0.0.1:${proxy.port}`
  const rest = new RestClient(`http://${host}/api`, TOKEN)
  expect(fieldIn(await rest.get('/gateway/bot'), 'url')).toBe(`ws://${host}`)
  const client = await GatewayClient.connect(`ws://${host}`)
  await client.next()
  const [ready] = await client.identify(IDENTITY)
  expect(ready).toMatchObject({ d: { resume_gateway_url: `ws://${host}` } })
  expect(gateway.shardConnections).toMatchObject([{ host }])
})
