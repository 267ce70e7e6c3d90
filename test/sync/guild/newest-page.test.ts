import { expect, test } from 'vitest'
import { Random } from '../../../sandbox/town/random.ts'
import { firstIdAt } from '../../../src/core/snowflake.ts'
import { continuesKnown } from '../../../src/sync/guild/newest-page.ts'
import { EventQueue } from '../../../src/sync/ingest/event-queue.ts'
import { guildIdAt, ModelDiscord, type ModelEntry } from '../../model/model-discord.ts'
import { forget } from '../../support/archive/forget.ts'
import { sharedArchive } from '../../support/archive/shared-archive.ts'
import { ManualClock } from '../../support/manual-clock.ts'

const MINUTE = 60_000
const DAY = 24 * 60 * MINUTE

const archive = await sharedArchive()
let serial = 0

/** A guild whose log was read a moment ago, or so many milliseconds in the future. */
async function openGuild({ ahead = 0 } = {}) {
  const clock = new ManualClock()
  const discord = new ModelDiscord(guildIdAt(clock.now() - 5 * DAY, ++serial), clock.now, new Random(serial))
  const { guildId } = discord
  await archive.record([{ guildId, entries: [], from: 'rest', readAt: clock.now() + ahead }])
  const queue = new EventQueue()
  /** An entry from so many minutes ago, and the update by its event. */
  const write = (minutes: number) => {
    const written = discord.write(clock.now() - minutes * MINUTE)
    return { written, update: eventOf(written) }
  }
  const eventOf = (written: ModelEntry) =>
    ({ guildId, entries: [discord.entry(written)], from: 'gateway' }) as const
  const isContinued = async () =>
    continuesKnown({ guildId, archive, queue }, await discord.answerUntil(discord.read(guildId)))
  return { clock, guildId, queue, write, isContinued }
}

test('a page whose entries are stored, or wait to be, continues what is known', async () => {
  const { queue, write, isContinued } = await openGuild()
  await archive.record([write(20).update])
  queue.add(write(10).update, 0)
  queue.add(write(5).update, 0)
  queue.take()
  expect(await isContinued()).toBe(true)
})

test('an entry that the gateway should have sent and has not shows that events were lost', async () => {
  const { queue, write, isContinued } = await openGuild()
  await archive.record([write(20).update])
  write(10)
  queue.add(write(5).update, 0)
  expect(await isContinued()).toBe(false)
})

test('an entry of the last minute may still be sent', async () => {
  const { write, isContinued } = await openGuild()
  write(0.5)
  expect(await isContinued()).toBe(true)
})

test('an empty page continues anything', async () => {
  expect(await (await openGuild()).isContinued()).toBe(true)
})

test('an entry that was erased does not count as lost', async () => {
  const { clock, guildId, write, isContinued } = await openGuild()
  await archive.record([write(20).update])
  await forget(archive, guildId, firstIdAt(clock.now() - 15 * MINUTE))
  await archive.record([{ guildId, entries: [], from: 'rest', readAt: clock.now() }])
  expect(await isContinued()).toBe(true)
})

test('nothing continues a log that was read in the future, by a clock that was ahead', async () => {
  const { write, isContinued } = await openGuild({ ahead: 2 * DAY })
  await archive.record([write(20).update])
  expect(await isContinued()).toBe(false)
})
