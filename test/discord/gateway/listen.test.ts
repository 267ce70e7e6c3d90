import { beforeEach, describe, expect, test } from 'vitest'
import type { ArchiveUpdate } from '../../../src/core/archive.ts'
import { compareIds, firstIdAt, LARGEST_SNOWFLAKE } from '../../../src/core/snowflake.ts'
import { GatewayEvents } from '../../../src/discord/gateway/gateway-events.ts'
import { listenToGateway } from '../../../src/discord/gateway/listen.ts'
import type { ModelDiscord } from '../../model/model-discord.ts'
import { sharedArchive } from '../../support/archive/shared-archive.ts'
import { OpenSync } from '../../support/open-sync.ts'

const DAY = 86_400_000

const archive = await sharedArchive()

let sync: OpenSync
let discord: ModelDiscord
/** What was passed to the archive. */
let updates: ArchiveUpdate[]
/** The calls to the membership. */
let calls: string[]
/** The calls to the watcher. */
let watching: string[]
let guilds: ReturnType<typeof listenToGateway>
let dispatch: (event: string, data: object) => void

/** A bot in one guild, whose log was read and whose entries arrive live. */
beforeEach(async () => {
  sync = new OpenSync(archive)
  discord = sync.guild(DAY)
  const events = new GatewayEvents(sync.log)
  const { engine, clock, log } = sync
  updates = []
  const ingest = {
    record: (update: ArchiveUpdate) => {
      updates.push(update)
      sync.ingest.record(update)
    },
  }
  const membership = {
    sessionStarted: () => calls.push('sessionStarted'),
    guildJoined: () => calls.push('guildJoined'),
    guildLeft: () => calls.push('guildLeft'),
  }
  const watcher = {
    start: async () => void watching.push('start'),
    guildAvailable: () => watching.push('available'),
    guildChanged: () => watching.push('changed'),
    guildRemoved: () => watching.push('removed'),
  }
  calls = []
  watching = []
  guilds = listenToGateway(events, { engine, ingest, membership, watcher, clock, log })
  dispatch = (event, data) => void events.dispatch(event, data, { index: 0, count: 1 })
  startSession([{ id: discord.guildId }])
  dispatch('GUILD_CREATE', { id: discord.guildId, name: 'Town' })
  await sync.answerAll()
  expect(isLive()).toBe(true)
})

function startSession(listed: unknown): void {
  dispatch('READY', { user: { id: '2' }, application: { id: '2' }, session_id: 'a', guilds: listed })
}

function isLive(): boolean {
  return sync.engine.status(discord.guildId).liveFrom !== undefined
}

test('feeds, alerts and digests hear of everything that can change where Custos may post', () => {
  const { guildId } = discord
  const since = () => watching.splice(0)
  expect(since()).toEqual(['start', 'available'])
  for (const name of ['ROLE_CREATE', 'ROLE_UPDATE'])
    dispatch(`GUILD_${name}`, { guild_id: guildId, role: { id: '5' } })
  dispatch('GUILD_ROLE_DELETE', { guild_id: guildId, role_id: '5' })
  dispatch('GUILD_MEMBER_UPDATE', { guild_id: guildId, user: { id: '2' }, roles: [] })
  for (const name of ['CHANNEL_CREATE', 'CHANNEL_UPDATE', 'THREAD_CREATE', 'THREAD_UPDATE'])
    dispatch(name, { guild_id: guildId, id: '6', name: 'mod-log', type: 0 })
  expect(since()).toEqual(Array(8).fill('changed'))
  dispatch('GUILD_DELETE', { id: guildId, unavailable: true })
  expect(since()).toEqual([])
  dispatch('GUILD_DELETE', { id: guildId })
  expect(since()).toEqual(['removed'])
})

test('a guild that is no longer listed when a session starts is removed', () => {
  startSession([])
  expect(sync.engine.guildIds).toEqual([])
  expect(guilds.nameOf(discord.guildId)).toBeUndefined()
})

test('if the list cannot be read, all guilds are kept, and none is live', () => {
  startSession(null)
  expect(isLive()).toBe(false)
  expect(guilds.nameOf(discord.guildId)).toBe('Town')
})

test('an inexact entry of an unavailable guild does not make it live', async () => {
  dispatch('GUILD_DELETE', { id: discord.guildId, unavailable: true })
  dispatchInexactEntry()
  await sync.answerAll()
  expect(isLive()).toBe(false)
})

test('an inexact entry of a guild that the bot has left does not add it back', async () => {
  dispatch('GUILD_DELETE', { id: discord.guildId })
  dispatchInexactEntry()
  await sync.answerAll()
  expect(sync.engine.guildIds).toEqual([])
})

test('an inexact entry is read again', async () => {
  const read = sync.requested.length
  dispatchInexactEntry()
  expect(isLive()).toBe(false)
  await sync.answerAll()
  expect(sync.requested.length).toBeGreaterThan(read)
  expect(isLive()).toBe(true)
})

test.each([
  ['without an id', { id: null }],
  ['without an action type', { action_type: null }],
])('an entry %s is read from the log, and until then the guild is not live', async (_, odd) => {
  const { id } = discord.write(sync.clock.now())
  const entry = { id, action_type: 1, user_id: '7', target_id: '8', ...odd }
  dispatch('GUILD_AUDIT_LOG_ENTRY_CREATE', { guild_id: discord.guildId, ...entry })
  expect(isLive()).toBe(false)
  await sync.answerAll()
  expect(isLive()).toBe(true)
  expect(await archive.entry(discord.guildId, id)).toBeDefined()
})

function dispatchInexactEntry(): void {
  const changes = [{ key: 'odd', new_value: 2 ** 60 }]
  dispatch('GUILD_AUDIT_LOG_ENTRY_CREATE', {
    guild_id: discord.guildId,
    id: discord.write(sync.clock.now()).id,
    action_type: 1,
    user_id: '7',
    target_id: '8',
    changes,
  })
}

describe('the membership', () => {
  test('receives the session and the guild that became available', () => {
    expect(calls).toEqual(['sessionStarted', 'guildJoined'])
  })

  test.each([
    [{ unavailable: true }, []],
    // Anything that cannot be read is treated as an outage, so that nothing is deleted by mistake.
    [{ unavailable: null }, []],
    [{ unavailable: 'yes' }, []],
    [{ unavailable: false }, ['guildLeft']],
    [{}, ['guildLeft']],
  ])('receives a GUILD_DELETE with %j only if it is a removal', (more, expected) => {
    calls = []
    dispatch('GUILD_DELETE', { id: discord.guildId, ...more })
    expect(calls).toEqual(expected)
    expect(guilds.nameOf(discord.guildId)).toBeUndefined()
  })
})

describe('names', () => {
  test.each<[string, object, boolean]>([
    ['complete lists', {}, true],
    ['no list of roles', { roles: null }, false],
    ['no roles, not even @everyone', { roles: [] }, false],
    ['a role that is null', { roles: [null] }, false],
    ['a channel without an id', { channels: [{ name: 'general' }] }, false],
  ])('a guild with %s says what was deleted: %j', (_, more, isSnapshot) => {
    const { guildId } = discord
    updates = []
    dispatch('GUILD_CREATE', {
      id: guildId,
      name: 'Town',
      roles: [{ id: guildId }],
      channels: [{ id: '3', type: 0 }],
      ...more,
    })
    const at = isSnapshot ? firstIdAt(sync.clock.now()) : undefined
    expect(updates.map(({ snapshotAt }) => snapshotAt)).toEqual([at])
  })

  test.each<[event: string, payload: object, observed: object]>([
    ['GUILD_ROLE_CREATE', { role: { id: '4', name: 'Mods' } }, { id: '4', type: 'role', name: 'Mods' }],
    ['GUILD_ROLE_UPDATE', { role: { id: '4', name: 'Mods' } }, { id: '4', type: 'role', name: 'Mods' }],
    ['GUILD_ROLE_DELETE', { role_id: '4' }, { id: '4', type: 'role', presence: 'gone' }],
    ['CHANNEL_CREATE', { id: '5', name: 'general' }, { id: '5', type: 'channel', name: 'general' }],
    ['CHANNEL_UPDATE', { id: '5', name: 'general' }, { id: '5', type: 'channel', name: 'general' }],
    ['CHANNEL_DELETE', { id: '5' }, { id: '5', type: 'channel', presence: 'gone' }],
    ['THREAD_CREATE', { id: '6', name: 'Plans', type: 11 }, { id: '6', type: 'thread', name: 'Plans' }],
    ['THREAD_UPDATE', { id: '6', name: 'Plans', type: 11 }, { id: '6', type: 'thread', name: 'Plans' }],
    ['THREAD_DELETE', { id: '6' }, { id: '6', type: 'thread', presence: 'gone' }],
  ])('are recorded from a %s', (event, payload, observed) => {
    updates = []
    dispatch(event, { guild_id: discord.guildId, ...payload })
    expect(updates.flatMap(({ names = [] }) => names)).toEqual([expect.objectContaining(observed)])
  })

  test('of an interaction with an id from the future do not outlast later names', () => {
    updates = []
    dispatch('INTERACTION_CREATE', {
      id: LARGEST_SNOWFLAKE,
      application_id: '2',
      token: 'a-token',
      type: 2,
      guild_id: discord.guildId,
      member: { user: { id: '4' } },
      channel: { id: '3', type: 0, name: 'general' },
      data: { name: 'audit', type: 1 },
    })
    const [observation] = updates.flatMap(({ names = [] }) => names)
    expect(observation?.name).toBe('general')
    const now = firstIdAt(sync.clock.now())
    expect(compareIds(observation?.at ?? LARGEST_SNOWFLAKE, now)).toBeLessThanOrEqual(0)
  })
})
