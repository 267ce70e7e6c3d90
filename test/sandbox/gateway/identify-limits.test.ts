import { GatewayOpcodes as Op } from 'discord-api-types/v10'
import { expect, test } from 'vitest'
import { type OpenDiscord, openDiscord, TOKEN } from '../../support/open-discord.ts'
import { eventsIn } from '../../support/sandbox/gateway-client.ts'

const DAY = 86_400_000
/** How long two shards with the same remainder have to wait, in milliseconds: longer than any test. */
const INTERVAL = 600_000
const IDENTITY = { token: TOKEN, intents: 1 }

/** Identifies on a new connection, as one of four shards. @returns the first payload that follows */
async function identify({ connect }: OpenDiscord, shard: number) {
  const client = await connect()
  const [first] = await client.identify({ ...IDENTITY, shard: [shard, 4] })
  return first
}

test('a shard with more guilds than one may have is rejected, and two shards are not', async () => {
  const { connect, discord, town } = await openDiscord()
  discord.gateway.guildsPerShard = 2
  for (let count = 0; count < 2; count++) {
    // The shard of a guild depends on the millisecond in which it was created.
    const guild = discord.world.addGuild('Next door', town.bot.id, discord.world.now() + count)
    guild.addMember(town.bot.user, [], discord.world.now())
  }
  const one = await connect()
  one.send(Op.Identify, { ...IDENTITY, properties: {} })
  expect(await one.closed).toEqual({ code: 4011, reason: 'Sharding required.' })
  for (const shard of [0, 1]) {
    const client = await connect()
    expect(eventsIn(await client.identify({ ...IDENTITY, shard: [shard, 2] }))).toContain('READY')
  }
})

test('a bot is rejected from 2,501 guilds a shard on', async () => {
  expect((await openDiscord()).discord.gateway.guildsPerShard).toBe(2500)
})

test('a shard that identifies too soon after another with the same remainder gets no session', async () => {
  const here = await openDiscord()
  const { gateway } = here.discord
  gateway.identifyInterval = INTERVAL
  gateway.maxConcurrency = 2
  expect(await identify(here, 0)).toMatchObject({ t: 'READY' })
  expect(await identify(here, 1)).toMatchObject({ t: 'READY' })
  expect(await identify(here, 2)).toEqual({ op: Op.InvalidSession, d: false, s: null, t: null })
  expect(gateway.identifiesTooSoon).toBe(1)
  gateway.identifyInterval = 0
  expect(await identify(here, 2)).toMatchObject({ t: 'READY' })
})

test('a bot may start a thousand sessions in a day', async () => {
  const here = await openDiscord()
  const limit = async () => {
    const { body } = await here.rest.get('/gateway/bot')
    return body
  }
  await here.listen()
  here.clock.advance(DAY / 4)
  expect(await limit()).toMatchObject({
    session_start_limit: { total: 1000, remaining: 999, reset_after: (DAY * 3) / 4 },
  })
  here.clock.advance((DAY * 3) / 4)
  await here.listen()
  expect(await limit()).toMatchObject({ session_start_limit: { remaining: 999, reset_after: DAY } })
})

test('a bot that starts more loses its sessions and its token', async () => {
  const here = await openDiscord()
  const { gateway } = here.discord
  const before = await here.listen()
  gateway.sessionStarts.left = 0
  const client = await here.connect()
  client.send(Op.Identify, { ...IDENTITY, properties: {} })
  const rejected = { code: 4004, reason: 'Authentication failed.' }
  expect(await client.closed).toEqual(rejected)
  expect(await before.closed).toEqual(rejected)
  expect((await here.rest.get('/users/@me')).status).toBe(401)
})
