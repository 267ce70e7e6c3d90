import { GatewayIntentBits as Intent, GatewayOpcodes as Op } from 'discord-api-types/v10'
import { expect, test } from 'vitest'
import * as members from '../../../sandbox/actions/members.ts'
import { newRole } from '../../../sandbox/world/guild.ts'
import { type OpenDiscord, openDiscord, TOKEN } from '../../support/open-discord.ts'
import { eventsIn, GatewayClient, type Payload, sessionIn } from '../../support/sandbox/gateway-client.ts'
import { fieldIn, RestClient } from '../../support/sandbox/rest-client.ts'

const INTENTS = Intent.Guilds | Intent.GuildModeration
const ENTRY = 'GUILD_AUDIT_LOG_ENTRY_CREATE'

/** Kicks that many members; each kick writes an entry. */
function kick({ actor, town }: OpenDiscord, count: number): void {
  for (const { id } of town.members.slice(0, count)) members.kick(actor(0), id)
}

function numbersOf(received: readonly Payload[]): (number | null)[] {
  return received.map(({ s }) => s)
}

/** Removes View Audit Log from the bot's role, or adds it. */
function setPermissions({ town }: OpenDiscord, permissions: string): void {
  town.guild.roles.set(town.roles.custos.id, { ...town.roles.custos, permissions })
}

/** Adds a guild with the bot on the other of two shards. */
function foundNextDoor({ discord, town }: OpenDiscord) {
  const [owner] = town.moderators
  const foundedAt = Number(BigInt(town.guild.id) >> 22n) + 1_420_070_400_000
  const guild = discord.world.addGuild('Next door', owner?.id ?? '', foundedAt + 1)
  guild.addMember(town.bot.user, [], discord.world.now())
  guild.roles.set(guild.id, { ...newRole({ id: guild.id, name: '@everyone' }), permissions: '128' })
  return guild
}

test('a new connection receives HELLO with the heartbeat interval', async () => {
  const { discord } = await openDiscord()
  const client = await GatewayClient.connect(discord.gateway.url)
  expect(await client.next()).toEqual({
    op: Op.Hello,
    d: { heartbeat_interval: 41_250, _trace: [] },
    s: null,
    t: null,
  })
})

test('heartbeats are acknowledged before and after IDENTIFY', async () => {
  const { connect } = await openDiscord()
  const client = await connect()
  client.send(Op.Heartbeat, null)
  expect(await client.next()).toEqual({ op: Op.HeartbeatAck, d: null, s: null, t: null })
  await client.identify({ token: TOKEN, intents: 0 })
  client.send(Op.Heartbeat, 1)
  expect(await client.next()).toEqual({ op: Op.HeartbeatAck, d: null, s: null, t: null })
})

test.each([
  ['a token nobody has', { token: 'another' }, 4004, 'Authentication failed.'],
  ['no token', { token: undefined }, 4004, 'Authentication failed.'],
  ['an intent that does not exist', { intents: 1 << 17 }, 4013, 'Invalid intent(s).'],
  ['intents past the last', { intents: 2 ** 30 }, 4013, 'Invalid intent(s).'],
  ['intents that are no number', { intents: 'all' }, 4013, 'Invalid intent(s).'],
  ['no intents', { intents: undefined }, 4013, 'Invalid intent(s).'],
  ['the members intent', { intents: Intent.GuildMembers }, 4014, 'Disallowed intent(s).'],
  ['the presences intent', { intents: Intent.GuildPresences }, 4014, 'Disallowed intent(s).'],
  ['the message content intent', { intents: Intent.MessageContent }, 4014, 'Disallowed intent(s).'],
  ['a shard past the last', { shard: [2, 2] }, 4010, 'Invalid shard.'],
  ['a shard before the first', { shard: [-1, 2] }, 4010, 'Invalid shard.'],
  ['a shard of none', { shard: [0, 0] }, 4010, 'Invalid shard.'],
  ['half a shard', { shard: [0] }, 4010, 'Invalid shard.'],
  ['a shard that is no pair', { shard: 'first' }, 4010, 'Invalid shard.'],
])('IDENTIFY with %s is rejected', async (_, wrong, code, reason) => {
  const { connect } = await openDiscord()
  const client = await connect()
  client.send(Op.Identify, { token: TOKEN, intents: INTENTS, properties: {}, ...wrong })
  expect(await client.closed).toEqual({ code, reason })
})

test('the members intent is accepted once it is enabled', async () => {
  const { connect, town } = await openDiscord()
  town.bot.membersIntent = true
  const client = await connect()
  const received = await client.identify({ token: TOKEN, intents: Intent.Guilds | Intent.GuildMembers })
  expect(eventsIn(received)).toEqual(['READY', 'GUILD_CREATE'])
})

test('READY lists the guilds, and a GUILD_CREATE for each follows', async () => {
  const { connect, discord, town } = await openDiscord()
  const { bot, guild } = town
  const client = await connect()
  const [ready, created, ...more] = await client.identify({ token: `Bot ${TOKEN}`, intents: INTENTS })
  expect(ready).toEqual({
    op: Op.Dispatch,
    t: 'READY',
    s: 1,
    d: {
      v: 10,
      user: { ...bot.user, mfa_enabled: true, verified: true, email: null },
      guilds: [{ id: guild.id, unavailable: true }],
      session_id: expect.any(String),
      resume_gateway_url: discord.gateway.url,
      application: { id: bot.id, flags: 0 },
    },
  })
  expect(created).toMatchObject({
    op: Op.Dispatch,
    t: 'GUILD_CREATE',
    s: 2,
    d: {
      id: guild.id,
      name: 'The Reading Room',
      owner_id: guild.ownerId,
      unavailable: false,
      member_count: guild.members.size,
      members: [{ user: { id: bot.id } }],
      roles: [...guild.roles.values()],
      // The bot may not view the moderators' channel.
      channels: [...guild.channels.values()].map((channel) =>
        channel.id === town.modRoom ? { id: channel.id, name: '___hidden___' } : channel,
      ),
      threads: [],
    },
  })
  expect(more).toEqual([])
})

test('without the guilds intent there is only READY, and no guild events follow', async () => {
  const { connect, discord, town } = await openDiscord()
  const client = await connect()
  expect(eventsIn(await client.identify({ token: TOKEN, intents: Intent.GuildModeration }))).toEqual([
    'READY',
  ])
  discord.gateway.setAvailable(town.guild.id, false)
  discord.gateway.setAvailable(town.guild.id, true)
  discord.gateway.announceJoin(town.guild.id, town.bot.id)
  discord.gateway.announceLeave(town.guild.id, town.bot.id)
  expect(await client.received()).toEqual([])
})

test('an entry’s event names its guild', async () => {
  const here = await openDiscord()
  const client = await here.listen()
  members.kick(here.actor(0), here.town.members[0]?.id ?? '', 'Rule 3: be kind')
  expect(await client.received()).toEqual([
    {
      op: Op.Dispatch,
      t: ENTRY,
      s: 3,
      d: {
        id: expect.any(String),
        guild_id: here.town.guild.id,
        user_id: here.town.moderators[0]?.id,
        target_id: here.town.members[0]?.id,
        action_type: 20,
        reason: 'Rule 3: be kind',
      },
    },
  ])
})

test('without the moderation intent no entry events are sent', async () => {
  const here = await openDiscord()
  const client = await here.listen(Intent.Guilds)
  kick(here, 3)
  expect(await client.received()).toEqual([])
})

test('while View Audit Log is missing, no entry events are sent', async () => {
  const here = await openDiscord()
  const client = await here.listen()
  setPermissions(here, '0')
  kick(here, 3)
  expect(await client.received()).toEqual([])
  setPermissions(here, '128')
  kick(here, 1)
  expect(eventsIn(await client.received())).toEqual([ENTRY])
})

test('sequence numbers increase by one', async () => {
  const here = await openDiscord()
  const client = await here.connect()
  const before = await client.identify({ token: TOKEN, intents: INTENTS })
  kick(here, 4)
  expect(numbersOf([...before, ...(await client.received())])).toEqual([1, 2, 3, 4, 5, 6])
})

test('a resumed session receives exactly the missed events, then new ones', async () => {
  const here = await openDiscord()
  const client = await here.connect()
  const session_id = sessionIn(await client.identify({ token: TOKEN, intents: INTENTS }))
  kick(here, 2)
  expect(numbersOf(await client.received())).toEqual([3, 4])
  here.discord.gateway.dropConnections()
  expect(await client.closed).toEqual({ code: 1006, reason: '' })
  kick(here, 3)

  const next = await here.connect()
  next.send(Op.Resume, { token: TOKEN, session_id, seq: 4 })
  const missed = await next.received()
  const ids = here.town.guild.log
    .since()
    .slice(-3)
    .map(({ id }) => id)
  expect(missed.slice(0, 3)).toEqual(
    ids.map((id, index) => ({ op: Op.Dispatch, t: ENTRY, s: 5 + index, d: expect.objectContaining({ id }) })),
  )
  expect(missed.slice(3)).toEqual([{ op: Op.Dispatch, t: 'RESUMED', s: 8, d: { _trace: [] } }])
  kick(here, 1)
  expect(numbersOf(await next.received())).toEqual([9])
})

test('RESUME with an earlier sequence number repeats received events', async () => {
  const here = await openDiscord()
  const client = await here.connect()
  const session_id = sessionIn(await client.identify({ token: TOKEN, intents: INTENTS }))
  kick(here, 2)
  await client.received()
  here.discord.gateway.dropConnections()
  const next = await here.connect()
  next.send(Op.Resume, { token: TOKEN, session_id, seq: 0 })
  expect(eventsIn(await next.received())).toEqual(['READY', 'GUILD_CREATE', ENTRY, ENTRY, 'RESUMED'])
})

test('a bot that missed more events than are stored must identify again', async () => {
  const here = await openDiscord()
  const { discord, town } = here
  const client = await here.connect()
  const session_id = sessionIn(await client.identify({ token: TOKEN, intents: INTENTS }))
  client.close(4200)
  await client.closed
  const entry = { id: discord.world.newId(), user_id: null, target_id: null, action_type: 20 }
  for (let count = 0; count < 10_000; count++) discord.world.emitEntry(town.guild, entry)
  const late = await here.connect()
  late.send(Op.Resume, { token: TOKEN, session_id, seq: 1 })
  expect(await late.received()).toEqual([{ op: Op.InvalidSession, d: false, s: null, t: null }])
})

test('an unknown session cannot be resumed, but the connection may identify', async () => {
  const { connect } = await openDiscord()
  const client = await connect()
  client.send(Op.Resume, { token: TOKEN, session_id: 'session-99', seq: 1 })
  expect(await client.received()).toEqual([{ op: Op.InvalidSession, d: false, s: null, t: null }])
  expect(eventsIn(await client.identify({ token: TOKEN, intents: INTENTS }))).toEqual([
    'READY',
    'GUILD_CREATE',
  ])
})

test('a session cannot be resumed by another bot', async () => {
  const { connect, discord } = await openDiscord()
  discord.world.addApplication(discord.world.addUser('Other', { bot: true }), 'another-token')
  const client = await connect()
  const session_id = sessionIn(await client.identify({ token: TOKEN, intents: INTENTS }))
  const thief = await connect()
  thief.send(Op.Resume, { token: 'another-token', session_id, seq: 1 })
  expect(await thief.received()).toEqual([{ op: Op.InvalidSession, d: false, s: null, t: null }])
})

test('a session cannot be resumed with an unknown token', async () => {
  const { connect } = await openDiscord()
  const client = await connect()
  const session_id = sessionIn(await client.identify({ token: TOKEN, intents: INTENTS }))
  const next = await connect()
  next.send(Op.Resume, { token: 'guessed', session_id, seq: 1 })
  expect(await next.closed).toEqual({ code: 4004, reason: 'Authentication failed.' })
})

test.each([
  ['from the future', 99],
  ['below nothing', -1],
  ['between two events', 1.5],
  ['that is no number', 'two'],
  ['left out', undefined],
])('RESUME with a sequence number %s ends the session', async (_, seq) => {
  const { connect } = await openDiscord()
  const client = await connect()
  const session_id = sessionIn(await client.identify({ token: TOKEN, intents: INTENTS }))
  client.close(4000)
  const next = await connect()
  next.send(Op.Resume, { token: TOKEN, session_id, seq })
  expect(await next.closed).toEqual({ code: 4007, reason: 'Invalid seq.' })
  const last = await connect()
  last.send(Op.Resume, { token: TOKEN, session_id, seq: 1 })
  expect(await last.received()).toEqual([{ op: Op.InvalidSession, d: false, s: null, t: null }])
})

/** Closes a session's connection with a code, and returns what a RESUME is answered with. */
async function resumedAfter({ connect }: OpenDiscord, code: number): Promise<Payload[]> {
  const client = await connect()
  const session_id = sessionIn(await client.identify({ token: TOKEN, intents: INTENTS }))
  client.close(code)
  expect((await client.closed).code).toBe(code)
  const next = await connect()
  next.send(Op.Resume, { token: TOKEN, session_id, seq: 2 })
  return await next.received()
}

test.each([1000, 1001])('closing with %i ends the session', async (code) => {
  const received = await resumedAfter(await openDiscord(), code)
  expect(received).toEqual([{ op: Op.InvalidSession, d: false, s: null, t: null }])
})

test('closing with any other code keeps the session', async () => {
  expect(eventsIn(await resumedAfter(await openDiscord(), 4200))).toEqual(['RESUMED'])
})

test.each([
  ['a presence', Op.PresenceUpdate],
  ['a voice state', Op.VoiceStateUpdate],
  ['a request for members', Op.RequestGuildMembers],
  ['a request for sounds', Op.RequestSoundboardSounds],
  ['a request about channels', Op.RequestChannelInfo],
])('%s is rejected before IDENTIFY and accepted after', async (_, op) => {
  const { connect, listen } = await openDiscord()
  const stranger = await connect()
  stranger.send(op, {})
  expect(await stranger.closed).toEqual({ code: 4003, reason: 'Not authenticated.' })
  const client = await listen()
  client.send(op, {})
  expect(await client.received()).toEqual([])
})

test.each([
  ['identifies', Op.Identify],
  ['resumes', Op.Resume],
])('a bot that identified and %s again is rejected', async (_, op) => {
  const { connect } = await openDiscord()
  const client = await connect()
  const session_id = sessionIn(await client.identify({ token: TOKEN, intents: INTENTS }))
  client.send(op, { token: TOKEN, intents: INTENTS, properties: {}, session_id, seq: 1 })
  expect(await client.closed).toEqual({ code: 4005, reason: 'Already authenticated.' })
})

test.each([
  ['an opcode that does not exist', '{"op":99,"d":null}', 4001, 'Unknown opcode.'],
  ['no opcode', '{"d":null}', 4001, 'Unknown opcode.'],
  ['something that is no JSON', 'hello', 4002, 'Error while decoding payload.'],
  ['JSON that is no object', '[1]', 4002, 'Error while decoding payload.'],
])('%s closes the connection', async (_, text, code, reason) => {
  const { listen } = await openDiscord()
  const client = await listen()
  client.sendText(text)
  expect(await client.closed).toEqual({ code, reason })
})

test('after RECONNECT a bot can resume', async () => {
  const here = await openDiscord()
  const client = await here.connect()
  const session_id = sessionIn(await client.identify({ token: TOKEN, intents: INTENTS }))
  here.discord.gateway.requestReconnect()
  expect(await client.received()).toEqual([{ op: Op.Reconnect, d: null, s: null, t: null }])
  client.close(4200)
  kick(here, 1)
  const next = await here.connect()
  next.send(Op.Resume, { token: TOKEN, session_id, seq: 2 })
  expect(eventsIn(await next.received())).toEqual([ENTRY, 'RESUMED'])
})

test('an invalidated session receives nothing and cannot be resumed', async () => {
  const here = await openDiscord()
  const client = await here.connect()
  const session_id = sessionIn(await client.identify({ token: TOKEN, intents: INTENTS }))
  here.discord.gateway.invalidate()
  kick(here, 2)
  expect(await client.received()).toEqual([{ op: Op.InvalidSession, d: false, s: null, t: null }])
  const next = await here.connect()
  next.send(Op.Resume, { token: TOKEN, session_id, seq: 2 })
  expect(await next.received()).toEqual([{ op: Op.InvalidSession, d: false, s: null, t: null }])
})

test('while the gateway is down, connections are closed at once', async () => {
  const { discord } = await openDiscord()
  discord.gateway.down = true
  const client = await GatewayClient.connect(discord.gateway.url)
  expect(await client.closed).toEqual({ code: 1006, reason: '' })
})

test('a shard receives only its own guilds, at the start and later', async () => {
  const here = await openDiscord()
  const other = foundNextDoor(here)
  const { guild } = here.town
  for (const shard of [0, 1]) {
    const client = await here.connect()
    const received = await client.identify({ token: TOKEN, intents: INTENTS, shard: [shard, 2] })
    const own = [guild, other].filter(({ id }) => Number((BigInt(id) >> 22n) % 2n) === shard)
    expect(own).toHaveLength(1)
    expect(received).toMatchObject([
      { t: 'READY', d: { shard: [shard, 2], guilds: own.map(({ id }) => ({ id, unavailable: true })) } },
      ...own.map(({ id }) => ({ t: 'GUILD_CREATE', d: { id } })),
    ])
    for (const { id } of [guild, other]) {
      const actor = { ...here.actor(0), guild: id === guild.id ? guild : other }
      members.kick(actor, here.town.members[0]?.id ?? '')
    }
    expect(await client.received()).toMatchObject(own.map(({ id }) => ({ t: ENTRY, d: { guild_id: id } })))
  }
})

test('an outage sends GUILD_DELETE, stops events, and ends with GUILD_CREATE', async () => {
  const here = await openDiscord()
  const { gateway } = here.discord
  const { id } = here.town.guild
  const client = await here.listen()
  gateway.setAvailable(id, false)
  kick(here, 2)
  gateway.setAvailable(id, false)
  gateway.setAvailable(id, true)
  kick(here, 1)
  expect(await client.received()).toMatchObject([
    { t: 'GUILD_DELETE', d: { id, unavailable: true } },
    { t: 'GUILD_CREATE', d: { id, unavailable: false } },
    { t: ENTRY },
  ])
})

test('a guild with an outage at the start is listed in READY but not created', async () => {
  const { connect, town } = await openDiscord()
  town.guild.available = false
  const client = await connect()
  const received = await client.identify({ token: TOKEN, intents: INTENTS })
  expect(received).toMatchObject([{ t: 'READY', d: { guilds: [{ id: town.guild.id, unavailable: true }] } }])
})

test('joining and leaving a guild sends GUILD_CREATE and GUILD_DELETE without unavailable', async () => {
  const { discord, listen, town } = await openDiscord()
  const client = await listen()
  discord.gateway.announceLeave(town.guild.id, town.bot.id)
  discord.gateway.announceJoin(town.guild.id, town.bot.id)
  const [left, joined] = await client.received()
  expect(left).toEqual({ op: Op.Dispatch, t: 'GUILD_DELETE', s: 3, d: { id: town.guild.id } })
  expect(joined).toMatchObject({ t: 'GUILD_CREATE', s: 4, d: { id: town.guild.id } })
})

test('a guild without the bot is not sent', async () => {
  const here = await openDiscord()
  here.town.guild.members.delete(here.town.bot.id)
  const client = await here.connect()
  const received = await client.identify({ token: TOKEN, intents: INTENTS })
  expect(received).toMatchObject([{ t: 'READY', d: { guilds: [] } }])
  kick(here, 1)
  expect(await client.received()).toEqual([])
})

test('events can be lost', async () => {
  const here = await openDiscord()
  const client = await here.listen()
  here.discord.gateway.losesEvent = ({ data }) => data.target_id === here.town.members[0]?.id
  kick(here, 2)
  expect(await client.received()).toMatchObject([
    { t: ENTRY, s: 3, d: { target_id: here.town.members[1]?.id } },
  ])
})

test('the gateway’s URL and recommended shard count can be requested', async () => {
  const { discord, rest } = await openDiscord()
  discord.gateway.shards = 3
  discord.gateway.maxConcurrency = 2
  expect((await rest.get('/gateway/bot')).body).toEqual({
    url: discord.gateway.url,
    shards: 3,
    session_start_limit: { total: 1000, remaining: 1000, reset_after: 86_400_000, max_concurrency: 2 },
  })
  expect(fieldIn(await new RestClient(discord.api).get('/gateway'), 'url')).toBe(discord.gateway.url)
})

test('a malformed event has a sequence number, and a raw frame is sent as it is', async () => {
  const here = await openDiscord()
  const { discord, town } = here
  const client = await here.listen()
  discord.gateway.sendOddFrame(town.bot.id, { name: 'null', event: 'GUILD_UPDATE', data: null })
  discord.gateway.sendOddFrame(town.bot.id, { name: 'raw', raw: '{"op":9,"d":"odd","s":null,"t":null}' })
  expect(await client.received()).toEqual([
    { op: Op.Dispatch, t: 'GUILD_UPDATE', s: 3, d: null },
    { op: Op.InvalidSession, t: null, s: null, d: 'odd' },
  ])
})

test('HELLO, READY and INVALID_SESSION can be malformed', async () => {
  const { discord, connect } = await openDiscord()
  discord.gateway.hello = null
  discord.gateway.alterReady = (ready) => ({ ...ready, user: null })
  discord.gateway.invalidSession = null
  const greeted = await GatewayClient.connect(discord.gateway.url)
  expect(await greeted.next()).toMatchObject({ op: Op.Hello, d: null })
  const client = await connect()
  const [ready] = await client.identify({ token: TOKEN, intents: INTENTS })
  expect(ready).toMatchObject({ t: 'READY', d: { user: null, v: 10 } })
  discord.gateway.invalidate()
  expect(await client.received()).toMatchObject([{ op: Op.InvalidSession, d: null }])
})
