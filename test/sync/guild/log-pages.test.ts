import { expect, test } from 'vitest'
import { Random } from '../../../sandbox/town/random.ts'
import type { ArchiveUpdate } from '../../../src/core/archive.ts'
import { firstIdAt } from '../../../src/core/snowflake.ts'
import { LogPages } from '../../../src/sync/guild/log-pages.ts'
import { endOf } from '../../../src/sync/guild/newest-page.ts'
import { DELETE, guildIdAt, ModelDiscord, PAGE } from '../../model/model-discord.ts'
import { sharedArchive } from '../../support/archive/shared-archive.ts'
import { ManualClock } from '../../support/manual-clock.ts'

const MINUTE = 60_000
const DAY = 24 * 60 * MINUTE

const archive = await sharedArchive()
let serial = 0

/** The log of a guild that is five days old, with so many entries. */
function openPages(entries: number) {
  const clock = new ManualClock()
  const discord = new ModelDiscord(guildIdAt(clock.now() - 5 * DAY, ++serial), clock.now, new Random(serial))
  const { guildId } = discord
  for (let count = 0; count < entries; count++) discord.actLate(4 * DAY)
  const recorded: ArchiveUpdate[] = []
  let failure: Error | undefined
  const watched = {
    ...archive,
    record: async (updates: readonly ArchiveUpdate[]) => {
      if (failure) throw failure
      recorded.push(...updates)
      return archive.record(updates)
    },
  }
  const removed = new AbortController()
  const pages = new LogPages({ guildId, archive: watched, source: discord, clock, removed: removed.signal })
  /** Reads the newest page and stores it. */
  const storeNewest = async () => {
    const page = await discord.answerUntil(discord.read(guildId))
    await pages.storeNewest(page, endOf(page), {})
    return recorded.at(-1)?.entries.length
  }
  return {
    clock,
    discord,
    pages,
    recorded,
    removed,
    storeNewest,
    fail: (error?: Error) => {
      failure = error
    },
    readNewest: () => discord.answerUntil(pages.read(firstIdAt(clock.now()))),
    ranges: async () => (await archive.coverage(guildId)).ranges,
  }
}

test('after a short page, a log is complete to its beginning if the oldest entry agrees', async () => {
  const { clock, discord, pages, readNewest, ranges } = openPages(PAGE - 1)
  const start = await readNewest()
  expect(await discord.answerUntil(pages.completeFromStart(start))).toBe(true)
  expect(await ranges()).toEqual([{ start: discord.guildId, end: firstIdAt(clock.now()) }])
  expect(pages.logStart.id).toBe(discord.guildId)
})

test('after a short page that Discord sent by mistake, a log is not complete to its beginning', async () => {
  const { clock, discord, pages, readNewest, ranges } = openPages(PAGE - 1)
  const start = await readNewest()
  const before = await ranges()
  discord.write(clock.now() - 4.5 * DAY)
  expect(await discord.answerUntil(pages.completeFromStart(start))).toBe(false)
  expect([await ranges(), pages.logStart.id]).toEqual([before, '0'])
})

test('after a full page, nothing is requested to confirm the beginning of a log', async () => {
  const { discord, pages, readNewest } = openPages(PAGE)
  const start = await readNewest()
  expect(await pages.completeFromStart(start)).toBe(false)
  expect(discord.requests).toEqual([])
})

test('an unchanged newest page is not written again, and a count that has grown is', async () => {
  const { clock, discord, storeNewest } = openPages(0)
  const deleted = discord.write(clock.now() - MINUTE, clock.now(), DELETE)
  expect(await storeNewest()).toBe(1)
  clock.advance(1000)
  expect(await storeNewest()).toBe(0)
  deleted.grownAt.push(clock.now())
  expect(await storeNewest()).toBe(1)
  expect((await archive.entry(discord.guildId, deleted.id))?.count).toBe(2)
})

test('a newest page that could not be written is written the next time', async () => {
  const { storeNewest, fail } = openPages(2)
  fail(new Error('The disk is full.'))
  await expect(storeNewest()).rejects.toThrow('The disk is full.')
  fail()
  expect(await storeNewest()).toBe(2)
})

test('the newest page surely has what is stored if that is less than a page', async () => {
  const { clock, pages, discord, readNewest } = openPages(0)
  for (let count = 0; count < PAGE - 1; count++) discord.write(clock.now() - (count + 1) * MINUTE)
  await readNewest()
  expect(await pages.isOnNewest(firstIdAt(clock.now() - 2 * MINUTE))).toBe(true)
  expect(await pages.isOnNewest(firstIdAt(clock.now() - 3 * MINUTE))).toBe(false)
})

test('nothing is stored once the bot was removed from the guild', async () => {
  const { recorded, removed, readNewest } = openPages(2)
  removed.abort()
  await expect(readNewest()).rejects.toThrow('The bot was removed from the server.')
  expect(recorded).toEqual([])
})
