import { setImmediate as immediate } from 'node:timers/promises'
import { expect, test } from 'vitest'
import { Random } from '../../../sandbox/town/random.ts'
import { firstIdAt, timeOf } from '../../../src/core/snowflake.ts'
import { LogUnavailable } from '../../../src/sync/audit-log-source.ts'
import { ReadBudget } from '../../../src/sync/budget/read-budget.ts'
import { FailureLog } from '../../../src/sync/failure-log.ts'
import { GuardedSource } from '../../../src/sync/guarded-source.ts'
import { GuildSync } from '../../../src/sync/guild/guild-sync.ts'
import { EventQueue } from '../../../src/sync/ingest/event-queue.ts'
import { DiscordClock } from '../../../src/sync/time/discord-clock.ts'
import { guildIdAt, ModelDiscord } from '../../model/model-discord.ts'
import { sharedArchive } from '../../support/archive/shared-archive.ts'
import { storedIds } from '../../support/archive/stored-ids.ts'
import { WatchedArchive } from '../../support/archive/watched-archive.ts'
import { ManualClock } from '../../support/manual-clock.ts'
import { RecordedLog } from '../../support/recorded-log.ts'

const MINUTE = 60_000
const HOUR = 60 * MINUTE
const DAY = 24 * HOUR

const archive = await sharedArchive()
let serial = 0

/** The log of a guild that is five days old, with so many entries of the last days. Discord answers when a test says so. */
function openLog({ entries = 0, age = 5 * DAY }: { entries?: number; age?: number } = {}) {
  const clock = new ManualClock()
  const discord = new ModelDiscord(guildIdAt(clock.now() - age, ++serial), clock.now, new Random(serial))
  for (let count = 0; count < entries; count++) discord.actLate(4 * DAY)
  const watched = new WatchedArchive(archive)
  const discordClock = new DiscordClock(clock)
  const clocks = { clock: discordClock, host: clock }
  const { signal } = new AbortController()
  const budget = new ReadBudget(clock, { perSecond: 1000, backgroundPerMinute: 1000 }, signal)
  const start = () =>
    new GuildSync(discord.guildId, {
      ...clocks,
      archive: watched.archive,
      resyncPolicy: { overlap: 15 * MINUTE, sweep: DAY },
      source: new GuardedSource({ ...clocks, source: discord, budget }),
      budget,
      queue: new EventQueue(),
      failures: new FailureLog(new RecordedLog()),
      signal,
      background: { entered: () => {}, before: () => 0 },
    })
  const settled = () => watched.settled()
  const answered = <Result>(reading: Promise<Result>) => discord.answerUntil(reading)
  return { clock, discord, start, answered, settled, coverage: () => archive.coverage(discord.guildId) }
}

test('a log is read to its end, and complete up to the moment it was read', async () => {
  const { clock, discord, start, answered, coverage } = openLog({ entries: 30 })
  await answered(start().readBackTo('0', []))
  expect(await storedIds(archive, discord.guildId)).toEqual(discord.entries.map(({ id }) => id))
  const [range, ...others] = (await coverage()).ranges
  expect(others).toEqual([])
  expect(timeOf(range?.end ?? '0')).toBe(clock.now())
})

test('a single empty page is not the end of a log', async () => {
  const { discord, start, answered, coverage } = openLog({ entries: 30 })
  const log = start()
  await answered(log.refresh())
  discord.behaviour = 'empty'
  await expect(answered(log.readBackTo('0', []))).rejects.toThrow(LogUnavailable)
  discord.behaviour = 'normal'
  await answered(log.readBackTo('0', []))
  expect(await storedIds(archive, discord.guildId)).toEqual(discord.entries.map(({ id }) => id))
  expect((await coverage()).ranges).toHaveLength(1)
})

test('an empty page under a clock that was ahead is ignored when the clock is right again', async () => {
  const { clock, discord, start, answered } = openLog({ entries: 30 })
  const log = start()
  clock.step(100 * DAY)
  await answered(log.refresh())
  discord.behaviour = 'empty'
  await answered(log.readOn())
  discord.behaviour = 'normal'
  clock.step(-100 * DAY)
  await answered(log.readBackTo('0', []))
  expect(await storedIds(archive, discord.guildId)).toEqual(discord.entries.map(({ id }) => id))
})

test('an empty page in place of the newest is not an empty log', async () => {
  const { discord, start, answered, coverage } = openLog({ entries: 3 })
  discord.behaviour = 'empty'
  await expect(answered(start().refresh())).rejects.toThrow(LogUnavailable)
  expect(await coverage()).toEqual({ ranges: [], readAt: null })
})

test('a log is empty if two requests agree on it', async () => {
  const { discord, start, answered, coverage, clock } = openLog()
  await answered(start().readBackTo('0', []))
  expect((await coverage()).ranges).toEqual([{ start: discord.guildId, end: firstIdAt(clock.now()) }])
})

test('a log is not empty if entries are stored that Discord must still have', async () => {
  const { discord, start, answered } = openLog()
  const written = discord.actLate(DAY)
  await archive.record([{ guildId: discord.guildId, entries: [discord.entry(written)], from: 'gateway' }])
  discord.entries.length = 0
  await expect(answered(start().refresh())).rejects.toThrow(
    'Discord sent an empty page, but its log has older entries.',
  )
})

test('an empty page at the end of Discord’s 45 days needs no second request', async () => {
  const { discord, start, answered } = openLog({ age: 100 * DAY })
  discord.actLate(DAY)
  const log = start()
  await answered(log.readBackTo('0', []))
  let requests = 0
  const { oldest } = discord
  discord.oldest = () => {
    requests++
    return oldest.call(discord)
  }
  await answered(start().readBackTo('0', []))
  expect(requests).toBe(0)
})

test('after a read that is dated in the future, only what Discord can send again is read again', async () => {
  const { clock, discord, start, answered, coverage } = openLog({ entries: 30, age: 100 * DAY })
  const { guildId } = discord
  const begin = firstIdAt(clock.now() - 100 * DAY)
  const readAt = clock.now() + 2 * DAY
  const complete = [{ start: begin, end: firstIdAt(readAt) }]
  await archive.record([{ guildId, entries: [], from: 'rest', complete, readAt }])
  const log = start()
  await answered(log.refresh())
  expect((await coverage()).ranges[0]).toEqual({ start: begin, end: firstIdAt(clock.now() - 45 * DAY) })
  await answered(log.readBackTo('0', []))
  expect((await coverage()).ranges).toEqual([{ start: begin, end: firstIdAt(clock.now()) }])
})

test('if no earlier read was finished, what was read is not trusted', async () => {
  const { clock, discord, start, answered, coverage } = openLog()
  const [begin, later] = [clock.now(), clock.now() + 6 * MINUTE]
  for (const time of [begin, later, later, later]) discord.write(time)
  clock.advance(7 * MINUTE)
  start()
    .refresh()
    .catch(() => {})
  while ((await coverage()).ranges.length === 0) {
    discord.requests.shift()?.answer()
    await immediate()
  }
  // The process ends before the second page. Entries come late, into the range of the first.
  discord.requests.length = 0
  for (let count = 0; count < 5; count++) discord.write(begin + 3 * MINUTE)
  clock.advance(3 * HOUR)
  for (let count = 0; count < 8; count++) discord.write(clock.now())
  clock.advance(20 * MINUTE)
  await answered(start().readBackTo('0', []))
  expect(await storedIds(archive, discord.guildId)).toEqual(discord.entries.map(({ id }) => id))
})

test('a read that is dated ahead of Discord’s time is not trusted', async () => {
  const { clock, discord, start, answered, coverage } = openLog({ entries: 6 })
  const { guildId } = discord
  const ahead = { start: guildId, end: firstIdAt(clock.now() + 3 * DAY) }
  await archive.record([
    { guildId, entries: [], from: 'rest', complete: [ahead], readAt: clock.now() + 3 * DAY },
  ])
  await answered(start().readBackTo('0', []))
  expect(await storedIds(archive, guildId)).toEqual(discord.entries.map(({ id }) => id))
  const { ranges, readAt } = await coverage()
  expect(ranges).toEqual([{ start: expect.anything(), end: firstIdAt(clock.now()) }])
  expect(readAt).toBe(clock.now())
})

test('a page that was read before another read is not stored after it', async () => {
  const { discord, start, answered, settled, coverage } = openLog({ entries: 10 })
  const log = start()
  await answered(log.refresh())
  // While a page is on its way, an answer needs a refresh.
  const page = log.readOn()
  await settled()
  const refreshed = log.refresh()
  await settled()
  expect(discord.requests).toHaveLength(1)
  await answered(Promise.all([page, refreshed]))
  expect((await coverage()).ranges.length).toBeGreaterThan(0)
})

test('a log is live from its last refresh on, until an interruption or a failure', async () => {
  const { clock, discord, start, answered } = openLog({ entries: 3 })
  const log = start()
  expect(log.liveFrom).toBeUndefined()
  await answered(log.refresh())
  expect(log.liveFrom).toBe(firstIdAt(clock.now()))
  log.available()
  expect(log.liveFrom).toBeUndefined()
  await answered(log.refresh())
  log.fail(new LogUnavailable('unreadable', 'Discord fails.'))
  expect([log.liveFrom, log.status.lastRead]).toEqual([undefined, 'unreadable'])
  discord.behaviour = 'normal'
  await answered(log.refresh())
  expect([log.liveFrom, log.status.lastRead]).toEqual([firstIdAt(clock.now()), 'read'])
})

test('coverage ends with an entry that was made just as its page was sent', async () => {
  const { clock, discord, start, answered, coverage } = openLog({ entries: 3 })
  // Discord's Date header has whole seconds.
  const { id } = discord.write(clock.now() + 700)
  await answered(start().readBackTo('0', []))
  expect((await coverage()).ranges.at(-1)?.end).toBe(id)
})

test.each([
  ['the id of an entry says', 3, 1],
  ['the ids of a whole page say', 3, 6],
  ['the id of the only entry says', 0, 1],
])('coverage does not go beyond Discord’s time, whatever %s', async (_, entries, ahead) => {
  const { clock, discord, start, answered, coverage } = openLog({ entries })
  for (let count = 0; count < ahead; count++) discord.write(clock.now() + DAY + count)
  await answered(start().readBackTo('0', []))
  const { ranges } = await coverage()
  expect(ranges).toHaveLength(1)
  expect(timeOf(ranges[0]?.end ?? '0')).toBeLessThanOrEqual(clock.now() + MINUTE)
})

test('a log does not begin after an entry that is stored, even if two requests agree on it', async () => {
  const { discord, start, answered, coverage } = openLog({ entries: 30 })
  const log = start()
  await answered(log.refresh())
  const [range] = (await coverage()).ranges
  const before = discord.entries[20]
  if (!range || !before) throw new Error('There is nothing before what was read.')
  await archive.record([{ guildId: discord.guildId, entries: [discord.entry(before)], from: 'gateway' }])
  discord.behaviour = 'empty'
  discord.oldest = () => Promise.resolve(range.start)
  await expect(answered(log.readOn())).rejects.toThrow(
    'Discord sent an empty page, but its log has older entries.',
  )
  expect((await coverage()).ranges).toEqual([range])
})

test('entries whose events were lost are read for the next answer, however long ago the last one was', async () => {
  const { clock, discord, start, answered } = openLog({ entries: 3 })
  const log = start()
  await answered(log.refresh())
  for (let hours = 0; hours < 9; hours++) {
    clock.advance(HOUR)
    discord.write(clock.now())
  }
  clock.advance(2 * MINUTE)
  await answered(log.readBackTo('0', []))
  expect(await storedIds(archive, discord.guildId)).toEqual(discord.entries.map(({ id }) => id))
})

test('a log is not live while entries are read whose events were lost', async () => {
  const { clock, discord, start, answered, settled } = openLog({ entries: 3 })
  const log = start()
  await answered(log.refresh())
  for (let count = 0; count < 150; count++) discord.write(clock.now())
  clock.advance(2 * MINUTE)
  const reading = log.refresh()
  await settled()
  // The newest page shows that events were lost, and older pages have to be read.
  discord.requests.shift()?.answer()
  await settled()
  expect(log.liveFrom).toBeUndefined()
  await answered(reading)
  expect(log.liveFrom).toBeDefined()
})

test('a log is not live after an interruption during a refresh, although the refresh succeeds', async () => {
  const { start, answered, settled } = openLog({ entries: 3 })
  const log = start()
  await answered(log.refresh())
  const reading = log.refresh()
  await settled()
  log.available()
  await answered(reading)
  expect([log.liveFrom, log.status.lastRead]).toEqual([undefined, 'read'])
  await answered(log.refresh())
  expect(log.liveFrom).toBeDefined()
})
