import { once } from 'node:events'
import { inspect } from 'node:util'
import { describe, expect, onTestFinished, test } from 'vitest'
import { WebSocketServer } from 'ws'
import type { RestFault } from '../../sandbox/rest/faults.ts'
import { OperatorError } from '../../src/core/errors.ts'
import { Gate } from '../../src/core/sharding/gate.ts'
import { createClient } from '../../src/discord/client.ts'
import { connect } from '../../src/discord/connect.ts'
import { ShardStates } from '../../src/discord/connection/shard-states.ts'
import { GatewayEvents } from '../../src/discord/gateway/gateway-events.ts'
import { RateLimits } from '../../src/discord/rest/rate-limits.ts'
import { openDiscord, TOKEN } from '../support/open-discord.ts'
import { RecordedLog } from '../support/recorded-log.ts'
import { gatewayAt } from '../support/sandbox/gateway-answer.ts'

const WRONG_TOKEN =
  'Discord does not accept DISCORD_TOKEN. Copy the token again from the Bot page of your application at ' +
  'https://discord.com/developers/applications.'
const CLOSED =
  'Discord closed the gateway connection for good (DisallowedIntents). ' +
  'See https://docs.discord.com/developers/topics/opcodes-and-status-codes#gateway-gateway-close-event-codes.'
const REGISTERED = 'Commands registered.'

/** A bot that is ready to connect, and its log. */
async function openBot({
  api: otherApi,
  token = TOKEN,
  guildIds = ['1'],
  stored = ['1'],
}: {
  api?: string
  token?: string
  guildIds?: string[]
  stored?: string[]
} = {}) {
  const { clock, discord, town } = await openDiscord()
  const api = otherApi ?? discord.api
  const log = new RecordedLog()
  const stopping = new AbortController()
  const events = new GatewayEvents(log)
  const gate = new Gate()
  const client = createClient(api, {
    events,
    rateLimits: new RateLimits(clock),
    states: new ShardStates(clock),
    gate,
    clock,
    log,
  })
  const stop = async () => {
    stopping.abort()
    await client.destroy()
  }
  onTestFinished(stop)
  const fatal = Promise.withResolvers<Error>()
  const deps = {
    client,
    commands: [],
    menuCommands: [],
    dispatch: { handle: () => {} },
    gate,
    registers: true,
    engine: { guildIds },
    archive: { guilds: async () => stored },
  }
  return {
    client,
    clock,
    discord,
    town,
    log,
    stop,
    fatal: fatal.promise,
    connect: () =>
      connect({ ...deps, clock, log, signal: stopping.signal, onFatal: fatal.resolve }, { api, token }),
    /** Resolves with the line once one matches. */
    logged: async (message: RegExp) => {
      const line = () => log.lines.find((each) => message.test(`${each.message} ${inspect(each.facts)}`))
      await expect.poll(line, { timeout: 10_000, interval: 10 }).toBeDefined()
      return line()
    },
  }
}

/** A gateway in Discord's place. */
async function openGateway(options: { readonly isBroken?: boolean } = {}): Promise<WebSocketServer> {
  const gateway = new WebSocketServer({
    port: 0,
    host: '127.0.0.1',
    ...(options.isBroken && { verifyClient: (_, answer) => answer(false, 502) }),
  })
  onTestFinished(() => void gateway.close())
  await once(gateway, 'listening')
  return gateway
}

// Without any answer: see login/fetch-gateway.test.ts.
describe('while Discord is unreachable, the bot logs why and retries', () => {
  const page: RestFault = { status: 200, body: '<!DOCTYPE html><title>Sign in to this network</title>' }
  const troubles: readonly (readonly [string, RestFault, RegExp])[] = [
    ['a web page is served in its place', page, /is not Discord \(200\)/],
    ['it has an internal error', { status: 503 }, /internal error \(503\)/],
  ]
  test.each(troubles)('%s', async (_, trouble, sentence) => {
    const { clock, connect, discord, log, logged } = await openBot()
    discord.fault = () => trouble
    void connect()
    await logged(sentence)
    discord.fault = undefined
    clock.advance(1000)
    await log.waitFor(REGISTERED)
  })

  test('nothing listens at its address', async () => {
    const api = 'http://127.0.0.1:9/api'
    const { connect, logged } = await openBot({ api })
    void connect()
    const line = await logged(/ECONNREFUSED/)
    expect(line).toMatchObject({
      message: 'Logging in to Discord failed; trying again.',
      facts: {
        reason: `Discord cannot be reached at ${api} (ECONNREFUSED). Check the network and DISCORD_API.`,
        retryInSeconds: 1,
      },
    })
  })

  test('it limits requests, for as long as it asks', async () => {
    const { connect, discord, logged } = await openBot()
    discord.fault = () => ({ status: 429, headers: { 'Retry-After': '5400' } })
    void connect()
    const line = await logged(/\(429\)/)
    expect(line?.facts).toMatchObject({ retryInSeconds: 5400 })
  })

  test('it fails only during the login, and the client can still be destroyed', async () => {
    const { clock, connect, discord, log, logged, stop, town } = await openBot()
    let requests = 0
    discord.fault = (_, path) => (path === '/gateway/bot' && ++requests > 1 ? { status: 500 } : undefined)
    void connect()
    await logged(/The login failed \(Internal Server Error\)/)
    discord.fault = undefined
    clock.advance(1000)
    await log.waitFor(REGISTERED)
    await stop()
    expect(discord.gateway.sessionsOf(town.bot.id)).toEqual([])
  })

  test('until the bot stops', async () => {
    const { clock, connect, discord, log, logged, stop } = await openBot()
    discord.fault = () => ({ status: 503 })
    const connected = connect()
    await logged(/trying again/)
    await stop()
    await connected
    clock.advance(60_000)
    expect(log.lines).toHaveLength(1)
  })
})

describe('the invite link', () => {
  const INVITE = 'Invite Custos to a server with this link.'

  test.each([
    ['is in no server', { guildIds: [], stored: ['1'] }],
    ['has an archive that holds nothing', { guildIds: ['1'], stored: [] }],
  ])('is logged when the bot %s', async (_, given) => {
    const { connect, log, town } = await openBot(given)
    void connect()
    await log.waitFor(INVITE)
    expect(log.lines.find(({ message }) => message === INVITE)).toEqual({
      level: 'info',
      message: INVITE,
      facts: {
        invite: `https://discord.com/oauth2/authorize?client_id=${town.bot.id}&scope=bot+applications.commands&permissions=128`,
      },
    })
  })

  test('is not logged at later starts', async () => {
    const { connect, log } = await openBot()
    void connect()
    await log.waitFor(REGISTERED)
    expect(log.times(INVITE)).toBe(0)
  })
})

describe('the gateway', () => {
  test('that refuses the connection is retried, which is logged', async () => {
    const { clock, connect, discord, log } = await openBot()
    discord.fault = gatewayAt(await openGateway({ isBroken: true }))
    void connect()
    await log.waitFor('Connecting to the gateway failed.')
    clock.advance(5000)
    await log.waitFor('Connecting to Discord’s gateway takes long; still trying.')
  })

  test('that is down at the start lets the bot in when it is up', async () => {
    const { clock, connect, discord, log } = await openBot()
    discord.gateway.down = true
    const waiting = clock.slept(5000)
    void connect()
    await waiting
    clock.advance(5000)
    await log.waitFor('Connecting to Discord’s gateway takes long; still trying.')
    discord.gateway.down = false
    await log.waitFor(REGISTERED)
  })

  test('that lets shards in one after the other is no reason for a warning', async () => {
    const { clock, connect, discord, log, client } = await openBot()
    discord.gateway.shards = 2
    const [waiting, isReady] = [clock.slept(5000), once(client, 'shardReady')]
    void connect()
    await Promise.all([waiting, isReady])
    clock.advance(5000)
    await log.waitFor('Connecting the shards one after the other.')
    expect(log.lines.at(-1)).toMatchObject({
      level: 'info',
      facts: { shardsConnected: 1, waitedSeconds: 5 },
    })
  })

  test('that goes down later is logged as unreachable, and as back', async () => {
    const { clock, connect, discord, log, logged } = await openBot()
    void connect()
    await log.waitFor(REGISTERED)
    const waiting = clock.slept(5000)
    discord.gateway.down = true
    discord.gateway.dropConnections()
    await waiting
    clock.advance(5000)
    await logged(/^Discord’s gateway cannot be reached; still trying/)
    discord.gateway.down = false
    await log.waitFor('Reconnected to Discord’s gateway.')
  })

  test.each([
    [4004, WRONG_TOKEN],
    [4014, CLOSED],
  ])('that closes the connection with %i is fatal', async (code, sentence) => {
    const { connect, discord, fatal } = await openBot()
    const gateway = await openGateway()
    gateway.on('connection', (socket) => {
      socket.send('{"op":10,"d":{"heartbeat_interval":41250},"s":null,"t":null}')
      socket.on('message', () => socket.close(code))
    })
    discord.fault = gatewayAt(gateway)
    void connect()
    expect(await fatal).toEqual(new OperatorError(sentence))
  })
})

test('a token that Discord does not accept is fatal', async () => {
  const { connect, fatal } = await openBot({ token: 'another' })
  void connect()
  expect(await fatal).toEqual(new OperatorError(WRONG_TOKEN))
})
