import { beforeEach, expect, test } from 'vitest'
import { listenToGateway } from '../../../src/discord/gateway/follow.ts'
import { GatewayEvents } from '../../../src/discord/gateway/gateway-events.ts'
import type { ModelDiscord } from '../../model/model-discord.ts'
import { OpenSync } from '../../support/open-sync.ts'
import { sharedArchive } from '../../support/shared-archive.ts'

const DAY = 86_400_000

const archive = await sharedArchive()

let sync: OpenSync
let discord: ModelDiscord
let guilds: ReturnType<typeof listenToGateway>
let tell: (t: string, d: object) => void

/** A bot in one guild, whose log was read and whose entries come live. */
beforeEach(async () => {
  sync = new OpenSync(archive)
  discord = sync.guild(DAY)
  const events = new GatewayEvents(sync.log)
  guilds = listenToGateway({ ...sync, events })
  tell = (t, d) => void events.take({ op: 0, t, s: 1, d }, { index: 0, count: 1 })
  begin([{ id: discord.guildId }])
  tell('GUILD_CREATE', { id: discord.guildId, name: 'Town' })
  await sync.answerAll()
  expect(isLive()).toBe(true)
})

function begin(listed: unknown): void {
  tell('READY', { user: { id: '2' }, application: { id: '2' }, session_id: 'a', guilds: listed })
}

function isLive(): boolean {
  return sync.engine.status(discord.guildId).liveFrom !== undefined
}

test('a guild that is no longer listed when a session begins is forgotten as one that says goodbye', () => {
  begin([])
  expect(sync.engine.size).toBe(0)
  expect(guilds.nameOf(discord.guildId)).toBeUndefined()
})

test('where the list cannot be read, all guilds are kept, and none is live', () => {
  begin(null)
  expect(isLive()).toBe(false)
  expect(guilds.nameOf(discord.guildId)).toBe('Town')
})

test('an inexact entry is read again, and makes nothing live in a guild that is out of reach', async () => {
  tell('GUILD_DELETE', { id: discord.guildId, unavailable: true })
  tellInexactly()
  await sync.answerAll()
  expect(isLive()).toBe(false)
})

test('an inexact entry of a guild that the bot has left brings nothing back', async () => {
  tell('GUILD_DELETE', { id: discord.guildId })
  tellInexactly()
  await sync.answerAll()
  expect(sync.engine.size).toBe(0)
})

test('an inexact entry is read again', async () => {
  const read = sync.requested.length
  tellInexactly()
  expect(isLive()).toBe(false)
  await sync.answerAll()
  expect(sync.requested.length).toBeGreaterThan(read)
  expect(isLive()).toBe(true)
})

test.each([
  ['without an id', { id: null }],
  ['without an action type', { action_type: null }],
])('what an entry %s stands for is read from the log, and until then nothing is live', async (_, odd) => {
  const { id } = discord.write(sync.clock.now())
  const entry = { id, action_type: 1, user_id: '7', target_id: '8', ...odd }
  tell('GUILD_AUDIT_LOG_ENTRY_CREATE', { guild_id: discord.guildId, ...entry })
  expect(isLive()).toBe(false)
  await sync.answerAll()
  expect(isLive()).toBe(true)
  expect(await archive.entry(discord.guildId, id)).toBeDefined()
})

function tellInexactly(): void {
  const changes = [{ key: 'odd', new_value: 2 ** 60 }]
  tell('GUILD_AUDIT_LOG_ENTRY_CREATE', {
    guild_id: discord.guildId,
    id: discord.write(sync.clock.now()).id,
    action_type: 1,
    user_id: '7',
    target_id: '8',
    changes,
  })
}
