import { once } from 'node:events'
import { describe, expect, test } from 'vitest'
import { WebSocketServer } from 'ws'
import type { RestFault } from '../../sandbox/rest/faults.ts'
import { gatewayAt } from '../support/gateway-answer.ts'
import { logged, loggedMatching, openProcesses } from '../support/open-processes.ts'

const WRONG_TOKEN =
  'Discord does not accept DISCORD_TOKEN. Copy the token anew from the Bot page of your application at ' +
  'https://discord.com/developers/applications.\n'

const PAGE = '<!DOCTYPE html><title>Sign in to this network</title>'

describe('while Discord is out of reach it says so within five seconds and tries again', () => {
  const troubles: readonly (readonly [string, RestFault, RegExp])[] = [
    ['it does not answer', 'silence', /cannot be reached at \S+ \(no answer within 4 s\).*Trying again in/],
    ['a page answers in its place', { status: 200, body: PAGE }, /is not Discord \(200\).*Trying again in/],
  ]
  test.concurrent.for(troubles)('%s', async ([, trouble, sentence], { onTestFinished: atEnd }) => {
    const { discord, run } = await openProcesses({ atEnd })
    discord.fault = () => trouble
    const bot = run()
    await loggedMatching(bot, sentence)
    discord.fault = undefined
    await bot.ready()
    expect(await bot.stop()).toBe(0)
  })

  test.concurrent('nobody listens', async ({ onTestFinished: atEnd }) => {
    const { run } = await openProcesses({ atEnd })
    const api = 'http://127.0.0.1:9/api'
    const bot = run({ DISCORD_API: api })
    await loggedMatching(
      bot,
      new RegExp(
        `"msg":"Discord cannot be reached at ${api} \\(ECONNREFUSED\\)\\. Is the network up, and DISCORD_API right\\? Trying again in \\d second`,
      ),
    )
    expect(await bot.stop()).toBe(0)
  })

  test.concurrent('a long limit is waited for as long as Discord asks, which is said', async ({
    onTestFinished: atEnd,
  }) => {
    const { discord, run } = await openProcesses({ atEnd })
    discord.fault = () => ({ status: 429, headers: { 'Retry-After': '5400' } })
    const bot = run()
    await loggedMatching(bot, /"retryInSeconds":5400,.*\(429\)\. Trying again in 1 hour 30 minutes\./)
    expect(await bot.stop()).toBe(0)
  })

  test.concurrent('it fails between the question and the login, after which it is left in order', async ({
    onTestFinished: atEnd,
  }) => {
    const { discord, run, town } = await openProcesses({ atEnd })
    let asked = 0
    discord.fault = (_, path) => (path === '/gateway/bot' && ++asked > 1 ? { status: 500 } : undefined)
    const bot = run()
    await loggedMatching(bot, /The login failed \(Internal Server Error\)\. Trying again in/)
    discord.fault = undefined
    await bot.ready()
    expect(await bot.stop()).toBe(0)
    expect(discord.gateway.sessionsOf(town.bot.id)).toEqual([])
  })
})

describe('the gateway', () => {
  test.concurrent('that refuses once is tried again', async ({ onTestFinished: atEnd }) => {
    const { discord, run } = await openProcesses({ atEnd })
    const broken = new WebSocketServer({
      port: 0,
      host: '127.0.0.1',
      verifyClient: (_, answer) => answer(false, 502),
    })
    atEnd(() => void broken.close())
    await once(broken, 'listening')
    discord.fault = gatewayAt(broken)
    const bot = run()
    await logged(bot, 'The gateway failed.')
    await loggedMatching(bot, /Discord’s gateway has not let Custos in for 5 seconds\. Still trying\./)
    expect(await bot.stop()).toBe(0)
  })

  test.concurrent('that is down at the start lets the bot in when it is up', async ({
    onTestFinished: atEnd,
  }) => {
    const { discord, run } = await openProcesses({ atEnd })
    discord.gateway.down = true
    const bot = run()
    await loggedMatching(bot, /Discord’s gateway has not let Custos in for 5 seconds/)
    discord.gateway.down = false
    await bot.ready()
    expect(await bot.stop()).toBe(0)
  })

  test.concurrent('that goes down later is said to be out of reach, and to be back', async ({
    onTestFinished: atEnd,
  }) => {
    const { discord, run } = await openProcesses({ atEnd })
    const bot = run()
    await logged(bot, 'Custos is on watch.')
    discord.gateway.down = true
    discord.gateway.dropConnections()
    await loggedMatching(bot, /Discord’s gateway has been out of reach for 5 seconds\. Still trying\./)
    discord.gateway.down = false
    await loggedMatching(bot, /Discord’s gateway is back after \d+ seconds\./)
    expect(await bot.stop()).toBe(0)
  })

  const shut: readonly (readonly [number, string])[] = [
    [4004, WRONG_TOKEN],
    [
      4014,
      'Discord closed the gateway for good (DisallowedIntents). ' +
        'See https://docs.discord.com/developers/topics/opcodes-and-status-codes#gateway-gateway-close-event-codes.\n',
    ],
  ]
  test.concurrent.for(shut)(
    'that shuts the bot out with %i ends it with 1 and a sentence',
    async ([code, sentence], { onTestFinished: atEnd }) => {
      const { discord, run } = await openProcesses({ atEnd })
      const strict = new WebSocketServer({ port: 0, host: '127.0.0.1' })
      atEnd(() => void strict.close())
      await once(strict, 'listening')
      strict.on('connection', (socket) => {
        socket.send('{"op":10,"d":{"heartbeat_interval":41250},"s":null,"t":null}')
        socket.on('message', () => socket.close(code))
      })
      discord.fault = gatewayAt(strict)
      const bot = run()
      expect(await bot.ended()).toBe(1)
      expect(bot.output.stderr).toBe(sentence)
    },
  )
})
