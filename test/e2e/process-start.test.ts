import { once } from 'node:events'
import { describe, expect, onTestFinished, test } from 'vitest'
import { WebSocketServer } from 'ws'
import type { Trouble } from '../../sandbox/rest/troubles.ts'
import { gatewayAnswer, gatewayAt } from '../support/gateway-answer.ts'
import { machine, said, saidLike } from '../support/machine.ts'

const WRONG_TOKEN =
  'Discord does not accept DISCORD_TOKEN. Copy the token anew from the Bot page of your application at ' +
  'https://discord.com/developers/applications.\n'

const PAGE = '<!DOCTYPE html><title>Sign in to this network</title>'

describe('while Discord is out of reach it says so within five seconds and tries again', () => {
  test.each<[string, Trouble, RegExp]>([
    ['it does not answer', 'silence', /cannot be reached at \S+ \(no answer within 4 s\)/],
    ['it has a fault', { status: 503 }, /Discord has a fault \(503\)\. Trying again in/],
    ['it answers with a page of its own', { status: 502, body: PAGE }, /Discord has a fault \(502\)/],
    ['a page answers in its place', { status: 200, body: PAGE }, /is not Discord \(200\)/],
    ['another service answers', { status: 200, body: '{"hello":"world"}' }, /is not Discord \(200\)/],
    [
      'it leads to no gateway',
      { status: 200, body: gatewayAnswer({ url: 'https//discord' }) },
      /not Discord \(200\)/,
    ],
    [
      'it asks for a billion shards',
      { status: 200, body: gatewayAnswer({ shards: 1e9 }) },
      /not Discord \(200\)/,
    ],
    ['it asks for no shards', { status: 200, body: gatewayAnswer({ shards: 0 }) }, /not Discord \(200\)/],
    [
      'it tells of no limit',
      { status: 200, body: gatewayAnswer({ session_start_limit: null }) },
      /not Discord \(200\)/,
    ],
    ['a proxy asks who one is', { status: 401, body: PAGE }, /is not Discord \(401\)/],
    [
      'it leads elsewhere',
      { status: 302, headers: { Location: 'http://127.0.0.1:1/' } },
      /not Discord \(302\)/,
    ],
    ['it shuts a network out', { status: 403, body: 'error code: 1015' }, /is not Discord \(403\)/],
    [
      'it asks for patience',
      { status: 429, headers: { 'Retry-After': '1' } },
      /left alone for a while \(429\)/,
    ],
  ])('%s', async (_, trouble, sentence) => {
    const { discord, run } = await machine()
    discord.trouble = () => trouble
    const bot = run()
    await saidLike(bot, sentence)
    discord.trouble = undefined
    await bot.ready()
    expect(await bot.stop()).toBe(0)
  })

  test.each([
    ['nobody listens', 'http://127.0.0.1:9/api', 'ECONNREFUSED'],
    ['its name is not known', 'http://discord.invalid/api', '(ENOTFOUND|EAI_AGAIN)'],
  ])('%s', async (_, api, reason) => {
    const { run } = await machine()
    const bot = run({ DISCORD_API: api })
    await saidLike(
      bot,
      new RegExp(
        `"msg":"Discord cannot be reached at ${api} \\(${reason}\\)\\. Is the network up, and DISCORD_API right\\? Trying again in \\d second`,
      ),
    )
    expect(await bot.stop()).toBe(0)
  })
})

test('a long limit is waited for as long as Discord asks, which is said', async () => {
  const { discord, run } = await machine()
  discord.trouble = () => ({ status: 429, headers: { 'Retry-After': '5400' } })
  const bot = run()
  await saidLike(bot, /"retryInSeconds":5400,.*\(429\)\. Trying again in 1 hour 30 minutes\./)
  expect(await bot.stop()).toBe(0)
})

test('a bot that has used up its logins of the day waits until it has new ones, which is said', async () => {
  const { discord, run } = await machine()
  discord.loginsLeft = 0
  const bot = run()
  await saidLike(bot, /logged in too often: Discord allows 1000 logins a day\. Trying again in 1 day\./)
  expect(await bot.stop()).toBe(0)
})

describe('the gateway', () => {
  test('that refuses once is tried again', async () => {
    const { discord, run } = await machine()
    const broken = new WebSocketServer({
      port: 0,
      host: '127.0.0.1',
      verifyClient: (_, answer) => answer(false, 502),
    })
    onTestFinished(() => void broken.close())
    await once(broken, 'listening')
    discord.trouble = gatewayAt(broken)
    const bot = run()
    await said(bot, 'The gateway failed.')
    await saidLike(bot, /Discord’s gateway has not let Custos in for 5 seconds\. Still trying\./)
    expect(await bot.stop()).toBe(0)
  })

  test('that is down at the start lets the bot in when it is up', async () => {
    const { discord, run } = await machine()
    discord.gateway.down = true
    const bot = run()
    await saidLike(bot, /Discord’s gateway has not let Custos in for 5 seconds/)
    discord.gateway.down = false
    await bot.ready()
    expect(await bot.stop()).toBe(0)
  })

  test('that goes down later is said to be out of reach, and to be back', async () => {
    const { discord, run } = await machine()
    const bot = run()
    await said(bot, 'Custos is on watch.')
    discord.gateway.down = true
    discord.gateway.drop()
    await saidLike(bot, /Discord’s gateway has been out of reach for 5 seconds\. Still trying\./)
    discord.gateway.down = false
    await saidLike(bot, /Discord’s gateway is back after \d+ seconds\./)
    expect(await bot.stop()).toBe(0)
  })

  test.each([
    [4004, WRONG_TOKEN],
    [
      4014,
      'Discord closed the gateway for good (DisallowedIntents). ' +
        'See https://docs.discord.com/developers/topics/opcodes-and-status-codes#gateway-gateway-close-event-codes.\n',
    ],
  ])('that shuts the bot out with %i ends it with 1 and a sentence', async (code, sentence) => {
    const { discord, run } = await machine()
    const strict = new WebSocketServer({ port: 0, host: '127.0.0.1' })
    onTestFinished(() => void strict.close())
    await once(strict, 'listening')
    strict.on('connection', (socket) => {
      socket.send('{"op":10,"d":{"heartbeat_interval":41250},"s":null,"t":null}')
      socket.on('message', () => socket.close(code))
    })
    discord.trouble = gatewayAt(strict)
    const bot = run()
    expect(await bot.ended()).toBe(1)
    expect(bot.output.stderr).toBe(sentence)
  })
})

test('a Discord that fails between the question and the login is asked again, and left in order', async () => {
  const { discord, run, town } = await machine()
  let asked = 0
  discord.trouble = (_, path) => (path === '/gateway/bot' && ++asked > 1 ? { status: 500 } : undefined)
  const bot = run()
  await saidLike(bot, /The login failed \(Internal Server Error\)\. Trying again in/)
  discord.trouble = undefined
  await bot.ready()
  expect(await bot.stop()).toBe(0)
  expect(discord.gateway.sessionsOf(town.bot.id)).toEqual([])
})
