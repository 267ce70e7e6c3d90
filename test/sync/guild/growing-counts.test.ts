import { expect, test } from 'vitest'
import { Random } from '../../../sandbox/town/random.ts'
import { LARGEST_SNOWFLAKE } from '../../../src/core/snowflake.ts'
import { FailureLog } from '../../../src/sync/failure-log.ts'
import { GrowingCounts } from '../../../src/sync/guild/growing-counts.ts'
import { EventQueue } from '../../../src/sync/ingest/event-queue.ts'
import { DELETE, guildIdAt, ModelDiscord, type ModelEntry, PAGE } from '../../model/model-discord.ts'
import { sharedArchive } from '../../support/archive/shared-archive.ts'
import { ManualClock } from '../../support/manual-clock.ts'
import { RecordedLog } from '../../support/recorded-log.ts'

const MINUTE = 60_000
const DAY = 24 * 60 * MINUTE

const MOVE = 26
const BAN = 22

/** How many pages of a kind a refresh reads at most. */
const MOST_PAGES = 3

const archive = await sharedArchive()
let serial = 0

function openCounts() {
  const clock = new ManualClock()
  const discord = new ModelDiscord(guildIdAt(clock.now() - 30 * DAY, ++serial), clock.now, new Random(serial))
  const { guildId } = discord
  const queue = new EventQueue()
  const resyncPolicy = { overlap: 15 * MINUTE, sweep: DAY }
  const failures = new FailureLog(new RecordedLog())
  const deps = { guildId, archive, source: discord, queue, clock, resyncPolicy, failures }
  const counts = new GrowingCounts(deps)
  /** Somebody acts so many minutes ago, and the entry is stored. */
  const stored = async (ago: number, type = DELETE): Promise<ModelEntry> => {
    const written = discord.write(clock.now() - ago * MINUTE, clock.now(), type)
    await archive.record([{ guildId, entries: [discord.entry(written)], from: 'gateway' }])
    return written
  }
  return { clock, discord, queue, counts, stored, guildId }
}

test('what can have grown begins with the overlap before the last read of its kind', async () => {
  const { clock, counts, stored } = openCounts()
  await stored(50)
  const deleted = await stored(10)
  const moved = await stored(5, MOVE)
  expect(await counts.grown([DELETE, MOVE])).toEqual([
    { kind: DELETE, oldest: deleted.id },
    { kind: MOVE, oldest: moved.id },
  ])
  clock.advance(20 * MINUTE)
  counts.recordRead([DELETE], { at: clock.now(), refresh: 1 })
  clock.advance(MINUTE)
  expect(await counts.grown([DELETE])).toEqual([])
})

test('an entry whose event waits to be stored can have grown', async () => {
  const { clock, counts, discord, queue, guildId } = openCounts()
  const written = discord.write(clock.now() - MINUTE, clock.now(), DELETE)
  queue.add({ guildId, entries: [discord.entry(written)], from: 'gateway' }, 0)
  expect(await counts.grown([DELETE])).toEqual([{ kind: DELETE, oldest: written.id }])
  queue.take()
  expect(await counts.grown([DELETE])).toEqual([{ kind: DELETE, oldest: written.id }])
})

test('entries of other kinds, and other guilds’, do not count', async () => {
  const { counts, stored } = openCounts()
  await stored(1, BAN)
  await openCounts().stored(1)
  expect(await counts.grown([DELETE, MOVE])).toEqual([])
})

test('only what can have grown within a range is looked for there', async () => {
  const { counts, stored } = openCounts()
  const earlier = await stored(12)
  const later = await stored(3)
  expect(await counts.grownWithin([DELETE], '0', earlier.id)).toEqual([])
  expect(await counts.grownWithin([DELETE], '0', later.id)).toEqual([DELETE])
  expect(await counts.grownWithin([DELETE], later.id, LARGEST_SNOWFLAKE)).toEqual([DELETE])
})

test('a kind is read back to the oldest entry that can have grown', async () => {
  const { counts, discord, stored } = openCounts()
  const written: ModelEntry[] = []
  for (let ago = 14; ago > 14 - PAGE - 1; ago--) written.push(await stored(ago))
  const [grown] = await counts.grown([DELETE])
  if (!grown) throw new Error('Nothing can have grown.')
  const { pages, isWhole } = await discord.answerUntil(counts.recount(grown))
  expect([pages.length, isWhole]).toEqual([2, true])
  const ids = pages.flatMap(({ entries }) => entries.map(({ id }) => id))
  expect(ids.toReversed()).toEqual(written.map(({ id }) => id))
})

test('a refresh reads a limited number of pages of a kind, and says that they are not all', async () => {
  const { clock, counts, discord } = openCounts()
  const oldest = discord.write(clock.now() - 10 * MINUTE, clock.now(), DELETE)
  for (let count = 0; count < PAGE * MOST_PAGES; count++)
    discord.write(clock.now() - MINUTE, clock.now(), DELETE)
  const recounted = await discord.answerUntil(counts.recount({ kind: DELETE, oldest: oldest.id }))
  expect([recounted.pages.length, recounted.isWhole]).toEqual([MOST_PAGES, false])
})

test('an empty page that Discord sent by mistake does not count as read', async () => {
  const { counts, discord, stored } = openCounts()
  const { id } = await stored(1)
  discord.behaviour = 'empty'
  const { pages, isWhole } = await discord.answerUntil(counts.recount({ kind: DELETE, oldest: id }))
  expect([pages, isWhole]).toEqual([[], false])
})

test('a sweep tells when counts were read, but no refresh that began later', () => {
  const { clock, counts } = openCounts()
  counts.recordRead([DELETE], { at: clock.now(), refresh: 3 })
  counts.recordSweep(clock.now() + MINUTE)
  expect([counts.readAt(DELETE), counts.readAt(MOVE)]).toEqual([clock.now() + MINUTE, clock.now() + MINUTE])
  expect([counts.isReadAfter(2, DELETE), counts.isReadAfter(3, DELETE), counts.isReadAfter(0, MOVE)]).toEqual(
    [true, false, false],
  )
})
