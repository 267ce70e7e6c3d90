import { setImmediate as turn } from 'node:timers/promises'
import { describe, expect, test } from 'vitest'
import type { Archive } from '../../src/core/archive.ts'
import type { SyncOutcome } from '../../src/core/coverage/sync-status.ts'
import { firstIdAt, timeOf } from '../../src/core/snowflake.ts'
import { LogLimited, LogUnavailable } from '../../src/sync/audit-log-source.ts'
import type { ModelDiscord } from '../model/model-discord.ts'
import { entryOf } from '../support/entries.ts'
import { OpenSync } from '../support/open-sync.ts'
import { sharedArchive } from '../support/shared-archive.ts'

const MINUTE = 60_000
const DAY = 86_400_000

/** How long an answer waits for Discord where the archive already reaches back. */
const PATIENCE = 3000

const archive = await sharedArchive()

/** A guild whose log was read to its end, and is followed. */
async function followed(into: Archive = archive): Promise<{ sync: OpenSync; discord: ModelDiscord }> {
  const sync = new OpenSync(into)
  const discord = sync.guild(5 * DAY)
  for (let count = 0; count < 10; count++) discord.actLate(4 * DAY)
  sync.engine.guildAvailable(discord.guildId)
  await sync.answerAll()
  return { sync, discord }
}

/** Asks, and lets Discord answer what it is asked. */
async function ask(sync: OpenSync, { guildId }: ModelDiscord): Promise<SyncOutcome> {
  const reading = sync.engine.refresh(guildId, firstIdAt(sync.clock.now() - DAY), () => {})
  await sync.answerAll()
  return reading
}

/** A request that fails. */
function refused(error: LogUnavailable): Promise<never> {
  const failure = Promise.reject(error)
  failure.catch(() => {})
  return failure
}

describe('how it stands with a log', () => {
  test('that was read and is followed: all is known from that reading on', async () => {
    const { sync, discord } = await followed()
    const { liveFrom = '0', reading } = sync.engine.status(discord.guildId)
    expect([timeOf(liveFrom), reading]).toEqual([sync.clock.now(), 'read'])
  })

  test('that the bot may no longer view: nothing is known from then on, before anybody asks', async () => {
    const { sync, discord } = await followed()
    const before = sync.requested.length
    sync.engine.accessLost(discord.guildId)
    await sync.answerAll()
    expect(sync.engine.status(discord.guildId)).toEqual({ hostAhead: 0, reading: 'forbidden' })
    expect(sync.requested).toHaveLength(before)
  })

  test('that the bot may view again: it is known again once it was read', async () => {
    const { sync, discord } = await followed()
    sync.engine.accessLost(discord.guildId)
    sync.clock.advance(MINUTE)
    sync.engine.guildAvailable(discord.guildId)
    expect(sync.engine.status(discord.guildId)).toEqual({ hostAhead: 0, reading: 'forbidden' })
    await sync.answerAll()
    const { liveFrom = '0', reading } = sync.engine.status(discord.guildId)
    expect([timeOf(liveFrom), reading]).toEqual([sync.clock.now(), 'read'])
  })

  test.each(['guildAvailable', 'guildUnavailable'] as const)(
    'after %s: events may have been missed',
    async (act) => {
      const { sync, discord } = await followed()
      sync.engine[act](discord.guildId)
      expect(sync.engine.status(discord.guildId)).toEqual({ hostAhead: 0, reading: 'read' })
    },
  )

  test.each(['guildUnavailable', 'accessLost'] as const)(
    'after %s: a reading tells up to itself, since no events come',
    async (act) => {
      const { sync, discord } = await followed()
      sync.engine[act](discord.guildId)
      expect(await ask(sync, discord)).toBe('read')
      expect(sync.engine.status(discord.guildId)).toEqual({ hostAhead: 0, reading: 'read' })
      sync.engine.guildAvailable(discord.guildId)
      await sync.answerAll()
      expect(sync.engine.status(discord.guildId).liveFrom).toBeDefined()
    },
  )

  test('whose reading an answer has seen fail: nothing is known from the last good one on', async () => {
    const { sync, discord } = await followed()
    discord.mood = 'failing'
    expect(await ask(sync, discord)).toBe('unreadable')
    expect(sync.engine.status(discord.guildId)).toEqual({ hostAhead: 0, reading: 'unreadable' })
  })
})

test('an answer to which Discord says nothing waits three seconds, and takes it for unreadable', async () => {
  const { sync, discord } = await followed()
  const asleep = sync.clock.slept(PATIENCE)
  const reading = sync.engine.refresh(discord.guildId, firstIdAt(sync.clock.now() - DAY), () => {})
  await asleep
  sync.clock.advance(PATIENCE)
  expect(await reading).toBe('unreadable')
})

test.each([
  ['has', 'live'],
  ['has yet to take', 'uncounted'],
] as const)(
  'where the archive %s what came live, an answer whose time runs out is %s',
  async (what, outcome) => {
    let writing: Promise<void> = Promise.resolve()
    const { sync, discord } = await followed({
      ...archive,
      record: async (update) => {
        await writing
        await archive.record(update)
      },
    })
    const { guildId } = discord
    const id = firstIdAt(sync.clock.now())
    const busy = Promise.withResolvers<void>()
    if (what === 'has yet to take') writing = busy.promise
    const kick = entryOf(guildId, { id, action_type: 20, user_id: '7', target_id: '8' })
    sync.ingest.record({ guildId, entries: [kick], from: 'gateway' })
    if (what === 'has') await sync.settled()
    writing = busy.promise
    const asleep = sync.clock.slept(PATIENCE)
    const reading = sync.engine.refresh(guildId, firstIdAt(sync.clock.now() - DAY), () => {})
    await asleep
    while (discord.requests.length === 0) await turn()
    discord.requests.shift()?.answer()
    await turn()
    sync.clock.advance(PATIENCE)
    expect(await reading).toBe(outcome)
    busy.resolve()
  },
)

test('a guild that is followed anew is asked for at once, though Discord has just refused it', async () => {
  const { sync, discord } = await followed()
  discord.mood = 'refusing'
  for (let count = 0; count < 3; count++) expect(await ask(sync, discord)).toBe('forbidden')
  const before = sync.requested.length
  discord.mood = 'well'
  sync.engine.guildAvailable(discord.guildId)
  await sync.answerAll()
  expect(sync.requested.length).toBeGreaterThan(before)
  expect(sync.engine.status(discord.guildId).reading).toBe('read')
})

test('an answer whose reading waits for a limit when its time runs out tells of the limit', async () => {
  const { sync, discord } = await followed()
  sync.heldUntil = sync.clock.now() + 12_000
  const asleep = sync.clock.slept(PATIENCE)
  const reading = sync.engine.refresh(discord.guildId, firstIdAt(sync.clock.now() - DAY), () => {})
  await asleep
  sync.clock.advance(PATIENCE)
  expect(await reading).toBe('limited')
  expect(sync.engine.status(discord.guildId)).toMatchObject({ limitedUntil: sync.heldUntil })
})

test('a limited log is asked for again when the limit ends, not before, and then all is well', async () => {
  const { sync, discord } = await followed()
  const until = sync.clock.now() + 10 * MINUTE
  sync.failure = refused(new LogLimited(until, false))
  const before = sync.requested.length
  for (let count = 0; count < 3; count++) expect(await ask(sync, discord)).toBe('limited')
  expect(sync.engine.status(discord.guildId)).toEqual({
    hostAhead: 0,
    reading: 'limited',
    limitedUntil: until,
  })
  sync.failure = undefined
  sync.clock.advance(10 * MINUTE - 1)
  await sync.answerAll()
  expect(sync.requested).toHaveLength(before + 1)
  sync.clock.advance(1)
  await sync.answerAll()
  expect(sync.requested.length).toBeGreaterThan(before + 1)
  expect(sync.engine.status(discord.guildId)).toMatchObject({ reading: 'read' })
})

test('a limit for all keeps every guild from being asked for', async () => {
  const { sync, discord } = await followed()
  const other = sync.guild(5 * DAY)
  sync.failure = refused(new LogLimited(sync.clock.now() + 10 * MINUTE, true))
  expect(await ask(sync, discord)).toBe('limited')
  const before = sync.requested.length
  expect(await ask(sync, other)).toBe('limited')
  expect(sync.requested).toHaveLength(before)
})

test('a guild that Discord does not know is asked for no more until it is followed anew', async () => {
  const { sync, discord } = await followed()
  sync.failure = refused(new LogUnavailable('absent', 'Custos is not in this guild.'))
  const before = sync.requested.length
  expect(await ask(sync, discord)).toBe('absent')
  sync.failure = undefined
  for (let hours = 0; hours < 50; hours++) sync.clock.advance(60 * MINUTE)
  expect(await ask(sync, discord)).toBe('absent')
  expect(sync.requested).toHaveLength(before + 1)
  sync.engine.guildAvailable(discord.guildId)
  await sync.answerAll()
  expect(sync.engine.status(discord.guildId)).toMatchObject({ reading: 'read' })
})

test('what is turned away before Discord has a say is put to the test less and less often', async () => {
  const { sync, discord } = await followed()
  sync.failure = refused(new LogUnavailable('blocked', 'Cloudflare answers.'))
  const before = sync.requested.length
  for (let count = 0; count < 20; count++) expect(await ask(sync, discord)).toBe('unreadable')
  expect(sync.requested).toHaveLength(before + 2)
})

test('that Discord did not know a guild says nothing once the bot has come into it since', async () => {
  const { sync, discord } = await followed()
  const gone = Promise.withResolvers<never>()
  sync.failure = gone.promise
  const reading = sync.engine.refresh(discord.guildId, firstIdAt(sync.clock.now() - DAY), () => {})
  await sync.settled()
  sync.failure = undefined
  sync.engine.guildAvailable(discord.guildId)
  gone.reject(new LogUnavailable('absent', 'Custos is not in this guild.'))
  expect(await reading).toBe('unreadable')
  await sync.answerAll()
  expect(await ask(sync, discord)).toBe('read')
})
