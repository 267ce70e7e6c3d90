import { expect, test } from 'vitest'
import { DELETE, type ModelDiscord, type ModelEntry } from '../model/model-discord.ts'
import { sharedArchive } from '../support/archive/shared-archive.ts'
import { OpenSync } from '../support/open-sync.ts'

const SECOND = 1000
const DAY = 86_400_000

const archive = await sharedArchive()

/** A live guild whose log is read, and whose counts are read again soon if an alert waits for them. */
async function live(sync = new OpenSync(archive)): Promise<{ sync: OpenSync; discord: ModelDiscord }> {
  const discord = sync.guild(5 * DAY)
  sync.engine.guildAvailable(discord.guildId)
  await sync.answerAll()
  sync.clock.advance(2 * SECOND)
  await sync.answerAll()
  return { sync, discord }
}

/** Sends a delete live. */
async function sendDelete(sync: OpenSync, discord: ModelDiscord): Promise<ModelEntry> {
  const { clock, engine } = sync
  const written = discord.write(clock.now(), clock.now(), DELETE)
  sync.send(discord, written)
  await sync.settled()
  engine.recountSoon(discord.guildId, [DELETE], true)
  return written
}

/** Lets seconds pass in tenths; the seconds at which requests were made, from now on. */
async function pass(sync: OpenSync, seconds: number): Promise<number[]> {
  const read: number[] = []
  for (let tenth = 1; tenth <= 10 * seconds; tenth++) {
    const before = sync.requested.length
    sync.clock.advance(SECOND / 10)
    await sync.answerAll()
    for (let count = before; count < sync.requested.length; count++) read.push(tenth / 10)
  }
  return read
}

test('counts are read 1, 3, 6 and 10 seconds after an entry', async () => {
  const { sync, discord } = await live()
  await sendDelete(sync, discord)
  expect(await pass(sync, 40)).toEqual([1, 3, 6, 10])
})

test('what has grown is stored with the first read after it', async () => {
  const { sync, discord } = await live()
  const written = await sendDelete(sync, discord)
  for (let more = 0; more < 30; more++) written.grownAt.push(sync.clock.now())
  await pass(sync, 1)
  expect((await archive.entry(discord.guildId, written.id))?.count).toBe(31)
})

test('counts are read for as long as they grow, every ten seconds', async () => {
  const { sync, discord } = await live()
  await sendDelete(sync, discord)
  await pass(sync, 10)
  sync.engine.recountSoon(discord.guildId, [DELETE], false)
  expect(await pass(sync, 12)).toEqual([10])
  sync.engine.recountSoon(discord.guildId, [DELETE], false)
  expect(await pass(sync, 20)).toEqual([10])
})

test('entries that keep coming have a guild read every two seconds at most', async () => {
  const { sync, discord } = await live()
  let read = 0
  for (let count = 0; count < 40; count++) {
    await sendDelete(sync, discord)
    sync.clock.advance(SECOND / 4)
    const before = sync.requested.length
    await sync.answerAll()
    if (sync.requested.length > before) read++
  }
  expect(read).toBeLessThanOrEqual(5)
})

test('many guilds at once take a fifth of the requests, and each is read', async () => {
  const sync = new OpenSync(archive, { perSecond: 50 })
  const discords = []
  for (let count = 0; count < 30; count++) discords.push((await live(sync)).discord)
  await sync.answerAll()
  sync.requested.length = 0
  for (const discord of discords) await sendDelete(sync, discord)
  sync.requested.length = 0
  await pass(sync, 2)
  expect(sync.requested.length).toBeLessThanOrEqual(2 * 10)
  await pass(sync, 3)
  expect(new Set(sync.requested).size).toBe(30)
})

test('a log that cannot be read is left to the background', async () => {
  const { sync, discord } = await live()
  await sendDelete(sync, discord)
  sync.engine.accessLost(discord.guildId)
  expect(await pass(sync, 20)).toEqual([])
})
