import { expect, onTestFinished, test, vi } from 'vitest'
import { type OpenDiscord, openDiscord } from '../../support/open-discord.ts'
import { ManualBot, saying } from '../../support/sandbox/manual-bot.ts'
import { type Answer, fieldIn, RestClient } from '../../support/sandbox/rest-client.ts'

const AUDIT_LOG = 'GET /guilds/:id/audit-logs'
const NOON = Date.UTC(2026, 10, 24, 12)

/** Stops the system clock, which rate limits use. The test moves it. */
function stopTime(): void {
  vi.useFakeTimers({ toFake: ['Date'], now: NOON })
  onTestFinished(() => {
    vi.useRealTimers()
  })
}

/** Opens a Discord with a rate limit for audit logs. */
async function limited(limit: number, window: number): Promise<OpenDiscord> {
  stopTime()
  const here = await openDiscord()
  here.discord.rateLimits.routes.set(AUDIT_LOG, { limit, window })
  return here
}

function readLog({ rest, town }: OpenDiscord, guildId = town.guild.id): Promise<Answer> {
  return rest.get(`/guilds/${guildId}/audit-logs`)
}

/** The rate limit headers, without their prefix. */
function ratesIn({ headers }: Answer): Record<string, string> {
  const rates = [...headers].filter(([name]) => name.startsWith('x-ratelimit-'))
  return Object.fromEntries(rates.map(([name, value]) => [name.slice('x-ratelimit-'.length), value]))
}

async function statusesOf(answers: readonly Promise<Answer>[]): Promise<number[]> {
  return (await Promise.all(answers)).map(({ status }) => status)
}

test('every response has the bucket’s remaining requests and its reset time', async () => {
  const here = await limited(3, 10_000)
  expect(ratesIn(await readLog(here))).toEqual({
    limit: '3',
    remaining: '2',
    reset: String(NOON / 1000 + 10),
    'reset-after': '10',
    bucket: expect.stringMatching(/^[0-9a-f]{16}$/),
  })
  vi.setSystemTime(NOON + 2500)
  expect(ratesIn(await readLog(here))).toMatchObject({
    remaining: '1',
    reset: String(NOON / 1000 + 10),
    'reset-after': '7.5',
  })
})

test('past a route’s limit a request is answered 429 with the time to wait', async () => {
  const here = await limited(2, 64_570)
  await readLog(here)
  await readLog(here)
  const rejected = await readLog(here)
  expect(rejected.status).toBe(429)
  expect(rejected.body).toEqual({ message: 'You are being rate limited.', retry_after: 64.57, global: false })
  expect(rejected.headers.get('retry-after')).toBe('65')
  expect(ratesIn(rejected)).toMatchObject({
    limit: '2',
    remaining: '0',
    'reset-after': '64.57',
    scope: 'user',
  })
  expect(ratesIn(rejected)).not.toHaveProperty('global')
})

test('a bucket is refilled at its reset time and not before', async () => {
  const here = await limited(1, 5000)
  await readLog(here)
  vi.setSystemTime(NOON + 4999)
  expect((await readLog(here)).status).toBe(429)
  vi.setSystemTime(NOON + 5000)
  const again = await readLog(here)
  expect(again.status).toBe(200)
  expect(ratesIn(again)).toMatchObject({ remaining: '0', 'reset-after': '5' })
})

test('each guild has its own bucket, with the same hash', async () => {
  const here = await limited(1, 5000)
  const { discord, town } = here
  const other = discord.world.addGuild('Next door', town.bot.id)
  other.addMember(town.bot.user, [], discord.world.now())
  const first = await readLog(here)
  expect((await readLog(here)).status).toBe(429)
  const elsewhere = await readLog(here, other.id)
  expect(elsewhere.status).toBe(200)
  expect(ratesIn(elsewhere).bucket).toBe(ratesIn(first).bucket)
})

test('each route and method has its own bucket', async () => {
  const here = await limited(1, 5000)
  const { rest, town } = here
  const log = await readLog(here)
  const roles = await rest.get(`/guilds/${town.guild.id}/roles`)
  const path = `/channels/${town.channels[0]}/messages`
  const [read, sent] = [await rest.get(path), await rest.post(path, saying('Hi'))]
  expect([log, roles, read, sent].map(({ status }) => status)).toEqual([200, 200, 200, 200])
  expect(new Set([log, roles, read, sent].map((answer) => ratesIn(answer).bucket)).size).toBe(4)
})

test('a channel takes five messages in five seconds, and as many edits besides', async () => {
  stopTime()
  const { rest, town } = await openDiscord()
  const [general, help] = town.channels
  const send = (channel: string | undefined) => rest.post(`/channels/${channel}/messages`, saying('Hi'))
  const sent = [await send(general), await send(general), await send(general), await send(general)]
  const last = await send(general)
  expect([...sent, last].map(({ status }) => status)).toEqual(Array(5).fill(200))
  expect(last.headers.get('x-ratelimit-remaining')).toBe('0')
  const refused = await send(general)
  expect(refused).toMatchObject({ status: 429, body: { retry_after: 5, global: false } })
  expect([refused.headers.get('retry-after'), refused.headers.get('x-ratelimit-scope')]).toEqual([
    '5',
    'user',
  ])
  const edit = (answer: Answer) =>
    rest.patch(`/channels/${general}/messages/${fieldIn(answer, 'id')}`, saying('Ho'))
  const edits = [last, ...sent, last].map(edit)
  expect((await Promise.all(edits)).map(({ status }) => status).sort()).toEqual([
    200, 200, 200, 200, 200, 429,
  ])
  expect((await send(help)).status).toBe(200)
})

test('requests about two messages of a channel share a bucket', async () => {
  stopTime()
  const { rest, town } = await openDiscord()
  const path = `/channels/${town.channels[0]}/messages`
  const [first, second] = [
    await rest.get(`${path}/111111111111111111`),
    await rest.get(`${path}/222222222222222222`),
  ]
  expect(ratesIn(first)).toMatchObject({ remaining: '49' })
  expect(ratesIn(second)).toMatchObject({ remaining: '48', bucket: ratesIn(first).bucket })
})

test('a rate-limited request is not carried out', async () => {
  stopTime()
  const { discord, rest, town } = await openDiscord()
  discord.rateLimits.routes.set('POST /channels/:id/messages', { limit: 1, window: 5000 })
  const path = `/channels/${town.channels[0]}/messages`
  await rest.post(path, saying('one'))
  expect((await rest.post(path, saying('two'))).status).toBe(429)
  expect((await rest.get(path)).body).toMatchObject([{ content: 'one' }])
})

test('past the global limit every route is answered 429 with global set', async () => {
  stopTime()
  const here = await openDiscord()
  here.discord.rateLimits.global = { limit: 2, window: 30_000 }
  await readLog(here)
  await here.rest.get('/users/@me')
  const rejected = await here.rest.get('/gateway/bot')
  expect(rejected.status).toBe(429)
  expect(rejected.body).toEqual({ message: 'You are being rate limited.', retry_after: 30, global: true })
  expect(rejected.headers.get('retry-after')).toBe('30')
  expect(ratesIn(rejected)).toEqual({ global: 'true', scope: 'global' })
  expect(here.discord.rateLimits.exceeded).toEqual({ global: 1, user: 0 })
  vi.setSystemTime(NOON + 30_000)
  expect((await readLog(here)).status).toBe(200)
})

test('by default audit logs allow 30 requests a second, other routes 50', async () => {
  stopTime()
  const here = await openDiscord()
  expect(ratesIn(await readLog(here))).toMatchObject({ limit: '30', 'reset-after': '1' })
  expect(ratesIn(await here.rest.get('/users/@me'))).toMatchObject({ limit: '50', 'reset-after': '1' })
})

test('by default a bot may send 50 requests a second', async () => {
  stopTime()
  const here = await openDiscord()
  const paths = Array.from({ length: 51 }, (_, index) => `/channels/${here.town.channels[index % 2]}`)
  const statuses = await statusesOf(paths.map((path) => here.rest.get(path)))
  expect(statuses.filter((status) => status === 200)).toHaveLength(50)
  expect(statuses.filter((status) => status === 429)).toHaveLength(1)
})

test('each bot is counted separately', async () => {
  const here = await limited(1, 5000)
  const { discord, town } = here
  const other = discord.world.addApplication(discord.world.addUser('Other', { bot: true }), 'another-token')
  town.guild.addMember(other.user, [town.roles.custos.id], discord.world.now())
  discord.rateLimits.global = { limit: 1, window: 5000 }
  await readLog(here)
  expect((await readLog(here)).status).toBe(429)
  const neighbour = new RestClient(discord.api, 'another-token')
  expect((await neighbour.get(`/guilds/${town.guild.id}/audit-logs`)).status).toBe(200)
})

test('responses to interactions do not count towards the global limit', async () => {
  stopTime()
  const here = await openDiscord()
  const bot = await ManualBot.start(here)
  here.discord.rateLimits.global = { limit: 1, window: 30_000 }
  await here.rest.get('/users/@me')
  expect((await here.rest.get('/users/@me')).status).toBe(429)
  const interaction = await bot.receiveCommand()
  expect((await bot.answer(interaction, 5)).status).toBe(204)
  expect((await bot.edit(interaction, saying('Done'))).status).toBe(200)
  expect((await bot.follow(interaction, saying('And more'))).status).toBe(200)
})

test('each interaction has its own bucket for follow-ups', async () => {
  stopTime()
  const here = await openDiscord()
  const bot = await ManualBot.start(here)
  here.discord.rateLimits.routes.set('POST /webhooks/:id/:token', { limit: 1, window: 5000 })
  const [first, second] = [await bot.receiveCommand(), await bot.receiveCommand()]
  await bot.answer(first, 4, saying('one'))
  await bot.answer(second, 4, saying('two'))
  const statuses = [
    (await bot.follow(first, saying('three'))).status,
    (await bot.follow(first, saying('four'))).status,
    (await bot.follow(second, saying('five'))).status,
  ]
  expect(statuses).toEqual([200, 429, 200])
})

test('a request that fails counts too', async () => {
  const here = await limited(1, 5000)
  here.town.guild.roles.set(here.town.roles.custos.id, { ...here.town.roles.custos, permissions: '0' })
  expect((await readLog(here)).status).toBe(403)
  expect((await readLog(here)).status).toBe(429)
})

test('an injected fault replaces Discord’s response', async () => {
  const here = await openDiscord()
  here.discord.fault = (method, path) =>
    `${method} ${path}` === 'GET /users/@me' ? { status: 502, body: '"Bad gateway"' } : undefined
  expect(await here.rest.get('/users/@me')).toMatchObject({ status: 502, body: 'Bad gateway' })
  expect((await here.rest.get('/gateway/bot')).status).toBe(200)
})
