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
  const take = (t: string, d: unknown) => events.take({ op: 0, t, s: 1, d }, SHARD)
  return { log, events, take }
}

test('a listener hears the whole of what was sent, and discord.js is told a part or nothing', () => {
  const { events, take } = open()
  const heard: unknown[] = []
  for (const event of [Event.GuildCreate, Event.GuildRoleUpdate] as const) {
    events.on(event, (guildId, sent) => heard.push([event, guildId, sent]))
  }
  const guild = { id: GUILD, name: 'Town', joined_at: '2026-01-02T03:04:05Z', roles: [], channels: [{}] }
  const role = { guild_id: GUILD, role: null }
  expect(take('GUILD_CREATE', guild)).toEqual({
    forClient: { id: GUILD, name: 'Town', joined_at: '2026-01-02T03:04:05Z', unavailable: false },
  })
  expect(take('GUILD_ROLE_UPDATE', role)).toBeUndefined()
  expect(heard).toEqual([
    ['GUILD_CREATE', GUILD, guild],
    ['GUILD_ROLE_UPDATE', GUILD, role],
  ])
})

test('what Custos does not use is taken silently', () => {
  const { log, take } = open()
  for (const event of ['MESSAGE_CREATE', 'SOMETHING_NEW', 'constructor', '__proto__', 'error', '']) {
    expect(take(event, null)).toBeUndefined()
  }
  expect(log.lines).toEqual([])
})

test('a listener that throws is logged by the name of the event, and keeps no other from hearing', () => {
  const { events, log, take } = open()
  const heard: string[] = []
  events.on(Event.GuildUpdate, () => {
    throw new Error('This listener fails.')
  })
  events.on(Event.GuildUpdate, (guildId) => heard.push(guildId))
  take('GUILD_UPDATE', { id: GUILD })
  expect(heard).toEqual([GUILD])
  expect(log.lines).toEqual([
    {
      level: 'error',
      message: 'An event of Discord could not be handled.',
      facts: { event: 'GUILD_UPDATE', err: new Error('This listener fails.') },
    },
  ])
})

test.each([
  [{ id: GUILD }, false],
  [{ id: GUILD, unavailable: false }, false],
  [{ id: GUILD, unavailable: true }, true],
  [{ id: GUILD, unavailable: null }, true],
  [{ id: GUILD, unavailable: 'yes' }, true],
])('a GUILD_DELETE with %j may be an outage: %s', (sent, unavailable) => {
  expect(open().take('GUILD_DELETE', sent)).toEqual({ forClient: { id: GUILD, unavailable } })
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

  function taken(more: object) {
    const { events, log, take } = open()
    const heard: Ready[] = []
    events.onReady((ready) => heard.push(ready))
    return { forClient: take('READY', { ...sent, ...more })?.forClient, heard, log }
  }

  test('is told with the guilds, and as the shard that it came to', () => {
    const { forClient, heard } = taken({ shard: [0, 1] })
    expect(heard).toEqual([{ botId: '2', guildIds: [GUILD], areAll: true, shard: SHARD }])
    expect(forClient).toEqual({
      session_id: 'a',
      resume_gateway_url: 'wss://gateway.discord.gg',
      user: { id: '2', username: 'Custos', discriminator: '0', bot: true },
      application: { id: '3', flags: 0 },
      guilds: [{ id: GUILD, unavailable: true }],
    })
  })

  test.each([[null], ['all'], [[{ id: GUILD }, null]], [[{ id: GUILD }, { id: 4 }]]])(
    'with the guilds %j does not tell which guilds are gone',
    (guilds) => {
      expect(taken({ guilds }).heard[0]?.areAll).toBe(false)
    },
  )

  test.each([[null], ['nowhere'], ['https://discord.gg'], ['wss://a.gg/#b'], [7]])(
    'is resumed where Discord usually is when it says %j',
    (resume_gateway_url) => {
      expect(taken({ resume_gateway_url }).forClient).not.toHaveProperty('resume_gateway_url')
    },
  )

  test.each([
    ['session', { session_id: null }],
    ['session', { session_id: '' }],
    ['user', { user: null }],
    ['user', { user: { id: 2 } }],
    ['application', { application: {} }],
  ])('without a %s is dropped', (what, more) => {
    const { forClient, heard, log } = taken(more)
    expect([forClient, heard]).toEqual([undefined, []])
    expect(log.lines[0]?.message).toBe(`An event of Discord was dropped: it names no ${what}.`)
  })
})

test('whatever is sent is taken or dropped, never thrown at', () => {
  const { log, take } = open()
  const anyData = fc.oneof(
    fc.jsonValue(),
    fc.dictionary(
      fc.constantFrom('id', 'guild_id', 'user', 'role', 'guilds', 'data', 'member'),
      fc.jsonValue(),
    ),
  )
  fc.assert(
    fc.property(fc.constantFrom(...Object.values(Event)), anyData, (event, data) => void take(event, data)),
  )
  expect(log.lines.filter(({ level }) => level === 'error')).toEqual([])
})
