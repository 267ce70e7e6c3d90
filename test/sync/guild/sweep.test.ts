import { expect, test } from 'vitest'
import { isComplete } from '../../../src/core/coverage/gaps.ts'
import { DELETE, type ModelDiscord, type ModelEntry } from '../../model/model-discord.ts'
import { sharedArchive } from '../../support/archive/shared-archive.ts'
import { OpenSync } from '../../support/open-sync.ts'

const MINUTE = 60_000
const HOUR = 60 * MINUTE
const DAY = 24 * HOUR

const archive = await sharedArchive()

/** A live guild whose log is read. */
async function live(options = {}): Promise<{ sync: OpenSync; discord: ModelDiscord }> {
  const sync = new OpenSync(archive, options)
  const discord = sync.guild(5 * DAY)
  sync.engine.guildAvailable(discord.guildId)
  await sync.answerAll()
  return { sync, discord }
}

/** Somebody deletes a message, and the event comes. */
function deleteOne(sync: OpenSync, discord: ModelDiscord): ModelEntry {
  const written = discord.write(sync.clock.now(), sync.clock.now(), DELETE)
  sync.send(discord, written)
  return written
}

/** Makes more entries than there are on a page, so that what came before is not read by chance. */
function bury(sync: OpenSync, discord: ModelDiscord): void {
  for (let count = 0; count < 6; count++) sync.send(discord)
}

async function countOf({ guildId }: ModelDiscord, { id }: ModelEntry): Promise<number | undefined> {
  return (await archive.entry(guildId, id))?.count ?? undefined
}

test('a count that grew minutes after its event is right in the next answer', async () => {
  const { sync, discord } = await live()
  const deleted = deleteOne(sync, discord)
  sync.clock.advance(10 * MINUTE)
  bury(sync, discord)
  sync.clock.advance(2 * MINUTE)
  await sync.sync(discord)
  expect(await countOf(discord, deleted)).toBe(1)
  sync.clock.advance(2 * MINUTE)
  deleted.grownAt.push(sync.clock.now())
  expect((await sync.sync(discord)).outcome).toBe('read')
  expect(await countOf(discord, deleted)).toBe(2)
})

test('a count that grew hours after its event is right within the hour', async () => {
  const { sync, discord } = await live()
  const deleted = deleteOne(sync, discord)
  await sync.passHours(1)
  bury(sync, discord)
  await sync.passHours(2)
  deleted.grownAt.push(sync.clock.now())
  await sync.passHours(1)
  expect(await countOf(discord, deleted)).toBe(2)
})

test('an empty page that Discord sends by mistake is not taken for a sweep of the counts', async () => {
  const { sync, discord } = await live()
  const deleted = deleteOne(sync, discord)
  await sync.settled()
  sync.clock.advance(20 * MINUTE)
  bury(sync, discord)
  await sync.sync(discord)
  const { counts } = sync.engine.of(discord.guildId).log
  const readAt = counts.readAt(DELETE) ?? 0
  sync.clock.advance(20 * MINUTE)
  deleted.grownAt.push(sync.clock.now())
  discord.behaviour = 'empty'
  await sync.passHours(1)
  expect(await countOf(discord, deleted)).toBe(1)
  expect(counts.readAt(DELETE)).toBe(readAt)
  discord.behaviour = 'normal'
  await sync.passHours(1)
  expect(await countOf(discord, deleted)).toBe(2)
})

test('counts are not called read by a sweep of everything that leaves out the newest of them', async () => {
  const { sync, discord } = await live()
  const { counts, sweep } = sync.engine.of(discord.guildId).log
  const sweeps = new Set<number | undefined>()
  for (let step = 0; step < 26 * 6; step++) {
    sync.clock.advance(9 * MINUTE)
    const deleted = deleteOne(sync, discord)
    bury(sync, discord)
    sync.clock.advance(30_000)
    const grownAt = sync.clock.now()
    deleted.grownAt.push(grownAt)
    sync.clock.advance(30_000)
    await sync.answerAll()
    sweeps.add(sweep.sweptAt)
    if ((counts.readAt(DELETE) ?? 0) > grownAt) expect(await countOf(discord, deleted)).toBe(2)
  }
  expect(sweeps.size).toBeGreaterThan(1)
})

test('a count that grew before a sweep’s reach is not read again', async () => {
  const { sync, discord } = await live({ sweep: HOUR })
  const deleted = deleteOne(sync, discord)
  await sync.passHours(3)
  bury(sync, discord)
  await sync.passHours(2)
  deleted.grownAt.push(sync.clock.now())
  await sync.passHours(1)
  expect(await countOf(discord, deleted)).toBe(1)
})

test('a count that grew while the bot was away is right after its start', async () => {
  const { sync, discord } = await live()
  const deleted = deleteOne(sync, discord)
  await sync.settled()
  sync.stop()
  sync.clock.advance(20 * HOUR)
  deleted.grownAt.push(sync.clock.now())
  for (let count = 0; count < 6; count++) discord.write(sync.clock.now())
  sync.clock.advance(HOUR)
  const next = new OpenSync(archive, { clock: sync.clock })
  next.join(discord)
  next.engine.guildAvailable(discord.guildId)
  await next.answerAll()
  expect(await countOf(discord, deleted)).toBe(2)
})

test('a count that grew while the stream was broken is right once that is over', async () => {
  const { sync, discord } = await live()
  const deleted = deleteOne(sync, discord)
  await sync.passHours(1)
  bury(sync, discord)
  await sync.passHours(1)
  sync.engine.of(discord.guildId).markDisconnected()
  deleted.grownAt.push(sync.clock.now())
  sync.clock.advance(MINUTE)
  sync.engine.guildAvailable(discord.guildId)
  await sync.answerAll()
  expect(await countOf(discord, deleted)).toBe(2)
})

test('a count that grew before the background could not read for more than a day is right after that', async () => {
  const { sync, discord } = await live()
  const deleted = deleteOne(sync, discord)
  sync.clock.advance(30 * MINUTE)
  bury(sync, discord)
  await sync.passHours(1)
  sync.clock.advance(30 * MINUTE)
  deleted.grownAt.push(sync.clock.now())
  discord.behaviour = 'failing'
  await sync.passHours(31)
  expect(await countOf(discord, deleted)).toBe(1)
  discord.behaviour = 'normal'
  await sync.passHours(1)
  expect(await countOf(discord, deleted)).toBe(2)
})

test('an entry whose event never came is read by the next answer, however many came after it', async () => {
  const { sync, discord } = await live()
  const lost = discord.write(sync.clock.now())
  for (let count = 0; count < 12; count++) {
    sync.clock.advance(5 * MINUTE)
    sync.send(discord)
    await sync.answerAll()
  }
  const { known } = await sync.sync(discord)
  expect(await archive.entry(discord.guildId, lost.id)).toBeDefined()
  expect(isComplete(known, undefined, undefined)).toBe(true)
})

test('an entry that comes late without an event is read by the next answer if it is on the newest page', async () => {
  const { sync, discord } = await live()
  const made = sync.clock.now()
  sync.clock.advance(5 * MINUTE)
  sync.send(discord)
  await sync.sync(discord)
  const late = discord.write(made + 1)
  await sync.sync(discord)
  expect(await archive.entry(discord.guildId, late.id)).toBeDefined()
})

test('an entry that comes late without an event, before the newest page, is read within a day', async () => {
  const { sync, discord } = await live()
  const made = sync.clock.now()
  sync.clock.advance(5 * MINUTE)
  bury(sync, discord)
  await sync.sync(discord)
  const late = discord.write(made + 1)
  await sync.passHours(25)
  expect(await archive.entry(discord.guildId, late.id)).toBeDefined()
})

test('a quiet guild is read once a day, with one request', async () => {
  const sync = new OpenSync(archive)
  const discord = sync.guild(20 * DAY)
  const { now } = sync.clock
  for (let day = 1; day < 20; day++) discord.write(now() - day * DAY, now() - day * DAY, 22)
  sync.engine.guildAvailable(discord.guildId)
  await sync.answerAll()
  const before = sync.requested.length
  await sync.passHours(5 * 24)
  expect(sync.requested.length - before).toBe(5)
})

test('a guild whose counts can grow is read for them once an hour, with one request for each kind', async () => {
  const { sync, discord } = await live()
  deleteOne(sync, discord)
  await sync.settled()
  const before = sync.requested.length
  await sync.passHours(5)
  expect(sync.requested.length - before).toBe(5)
})

test('counts of several kinds are read with one request if one page surely has everything', async () => {
  const sync = new OpenSync(archive)
  const discord = sync.guild(5 * DAY)
  const { now } = sync.clock
  discord.write(now() - 2 * DAY, now(), 22)
  sync.engine.guildAvailable(discord.guildId)
  await sync.answerAll()
  const kinds = [DELETE, 26].map((kind) => discord.write(now(), now(), kind))
  for (const written of kinds) sync.send(discord, written)
  await sync.settled()
  const before = sync.requested.length
  await sync.passHours(3)
  expect(sync.requested.length - before).toBe(3)
})

test('entries that Discord has dropped stay in the archive', async () => {
  const { sync, discord } = await live()
  deleteOne(sync, discord)
  await sync.sync(discord)
  sync.clock.advance(50 * DAY)
  discord.drop(45 * DAY)
  deleteOne(sync, discord)
  expect((await sync.sync(discord)).outcome).toBe('read')
  expect(discord.entries).toHaveLength(1)
  expect(await archive.countHeld(discord.guildId)).toBe(2)
})
