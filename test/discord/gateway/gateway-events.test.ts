import { GatewayDispatchEvents as Event } from 'discord-api-types/v10'
import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { GatewayEvents } from '../../../src/discord/gateway/gateway-events.ts'
import type { Ready } from '../../../src/discord/gateway/ready.ts'
import { RecordedLog } from '../../support/recorded-log.ts'

const GUILD = '1564237482688512200'
const SHARD = { index: 1, count: 2 }

function open() {
  const log = new RecordedLog()
  const events = new GatewayEvents(log)
  const dispatch = (event: string, data: unknown) => events.dispatch(event, data, SHARD)
  return { log, events, dispatch }
}

test('a handler gets the whole payload of a guild, and discord.js nothing', () => {
  const { events, dispatch } = open()
  const handled: unknown[] = []
  const handlerOf = (event: string) => [
    (guildId: string, payload: object) => handled.push([event, guildId, payload]),
  ]
  events.listen({
    guild: {
      [Event.GuildCreate]: handlerOf('GUILD_CREATE'),
      [Event.GuildRoleUpdate]: handlerOf('GUILD_ROLE_UPDATE'),
    },
  })
  const guild = { id: GUILD, name: 'Town', joined_at: '2026-01-02T03:04:05Z', roles: [], channels: [{}] }
  const role = { guild_id: GUILD, role: null }
  expect(dispatch('GUILD_CREATE', guild)).toBeUndefined()
  expect(dispatch('GUILD_ROLE_UPDATE', role)).toBeUndefined()
  expect(handled).toEqual([
    ['GUILD_CREATE', GUILD, guild],
    ['GUILD_ROLE_UPDATE', GUILD, role],
  ])
})

test('events that Custos does not use are ignored silently', () => {
  const { log, dispatch } = open()
  for (const event of ['MESSAGE_CREATE', 'SOMETHING_NEW', 'constructor', '__proto__', 'error', '']) {
    expect(dispatch(event, null)).toBeUndefined()
  }
  expect(log.lines).toEqual([])
})

test('a handler that throws is logged with the name of the event, and does not stop the next one', () => {
  const { events, log, dispatch } = open()
  const handled: string[] = []
  const fail = () => {
    throw new Error('This handler fails.')
  }
  events.listen({ guild: { [Event.GuildUpdate]: [fail, (guildId) => handled.push(guildId)] } })
  dispatch('GUILD_UPDATE', { id: GUILD })
  expect(handled).toEqual([GUILD])
  expect(log.lines).toEqual([
    {
      level: 'error',
      message: 'Handling a gateway event failed.',
      facts: { event: 'GUILD_UPDATE', err: new Error('This handler fails.') },
    },
  ])
})

describe('READY', () => {
  const sent = {
    v: 10,
    session_id: 'a',
    resume_gateway_url: 'wss://gateway.discord.gg',
    user: { id: '2', username: 'Custos', discriminator: '0', bot: true, flags: null, avatar: [] },
    application: { id: '3', flags: null },
    guilds: [{ id: GUILD, unavailable: true }],
  }

  function dispatched(more: object) {
    const { events, log, dispatch } = open()
    const handled: Ready[] = []
    events.listen({ ready: [(ready) => handled.push(ready)] })
    return { forClient: dispatch('READY', { ...sent, ...more })?.forClient, handled, log }
  }

  test('is handled with its guilds and the shard that received it', () => {
    const { forClient, handled } = dispatched({ shard: [0, 1] })
    expect(handled).toEqual([{ botId: '2', guildIds: [GUILD], isComplete: true, shard: SHARD }])
    expect(forClient).toEqual({
      session_id: 'a',
      resume_gateway_url: 'wss://gateway.discord.gg',
      user: { id: '2', username: 'Custos', discriminator: '0', bot: true },
      application: { id: '3', flags: 0 },
      guilds: [],
    })
  })

  test.each([[null], ['all'], [[{ id: GUILD }, null]], [[{ id: GUILD }, { id: 4 }]]])(
    'with the guilds %j has an incomplete list',
    (guilds) => {
      expect(dispatched({ guilds }).handled[0]?.isComplete).toBe(false)
    },
  )

  test.each([[null], ['nowhere'], ['https://discord.gg'], ['wss://a.gg/#b'], [7]])(
    'with the resume URL %j is resumed at the usual one',
    (resume_gateway_url) => {
      expect(dispatched({ resume_gateway_url }).forClient).not.toHaveProperty('resume_gateway_url')
    },
  )

  test.each([
    ['session', { session_id: null }],
    ['session', { session_id: '' }],
    ['user', { user: null }],
    ['user', { user: { id: 2 } }],
    ['application', { application: {} }],
  ])('without a valid %s is dropped', (what, more) => {
    const { forClient, handled, log } = dispatched(more)
    expect([forClient, handled]).toEqual([undefined, []])
    expect(log.lines[0]).toMatchObject({
      message: 'Dropped a gateway event.',
      facts: { event: 'READY', reason: `it has no ${what} id` },
    })
  })
})

test('any data is handled or dropped, and nothing is thrown', () => {
  const { log, dispatch } = open()
  const anyData = fc.oneof(
    fc.jsonValue(),
    fc.dictionary(
      fc.constantFrom('id', 'guild_id', 'user', 'role', 'guilds', 'data', 'member'),
      fc.jsonValue(),
    ),
  )
  fc.assert(
    fc.property(
      fc.constantFrom(...Object.values(Event)),
      anyData,
      (event, data) => void dispatch(event, data),
    ),
  )
  expect(log.lines.filter(({ level }) => level === 'error')).toEqual([])
})
