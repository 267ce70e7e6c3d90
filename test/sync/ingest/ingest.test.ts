import { expect, onTestFinished, test } from 'vitest'
import type { Archive, ArchiveUpdate } from '../../../src/core/archive.ts'
import { firstIdAt, type Snowflake } from '../../../src/core/snowflake.ts'
import { Ingest } from '../../../src/sync/ingest/ingest.ts'
import { entryOf } from '../../support/entries.ts'
import { ManualClock } from '../../support/manual-clock.ts'
import { RecordedLog } from '../../support/recorded-log.ts'
import { freshGuild, sharedArchive } from '../../support/shared-archive.ts'

/** How much is held at most for an archive that takes nothing. */
const MOST_HELD = 50_000

/** How long until what the archive did not take is written again. */
const RETRY = 5000

const HELD = 'Writing to the archive failed; events are held in memory and written again.'
const WRITTEN = 'Writing to the archive works again.'
const LET_GO = 'Too many events are held; they were dropped, and Discord is read again.'

const shared = await sharedArchive()
const NOW = new ManualClock().now()

/** The id of the nth entry. */
function idOf(nth: number): Snowflake {
  return String(BigInt(firstIdAt(NOW)) + BigInt(nth))
}

/** What an event tells: the nth entry. */
function told(guildId: Snowflake, nth: number): ArchiveUpdate {
  const entry = entryOf(guildId, { id: idOf(nth), action_type: 22, user_id: '7', target_id: '8' })
  return { guildId, entries: [entry], from: 'gateway' }
}

/** An ingest into an archive that may take nothing, as with a full disk. */
function openIngest() {
  const clock = new ManualClock()
  const log = new RecordedLog()
  const stopping = new AbortController()
  const letGo: Snowflake[] = []
  /** The ids of the entries of each write, whether it went well or not. */
  const writes: Snowflake[][] = []
  const disk = { isFull: false, onWrite: () => {} }
  const archive: Archive = {
    ...shared,
    record: async (update) => {
      writes.push(update.flatMap(({ entries }) => entries.map(({ id }) => id)))
      disk.onWrite()
      if (disk.isFull) throw new Error('The disk is full.')
      await shared.record(update)
    },
  }
  const onLetGo = (guildId: Snowflake) => letGo.push(guildId)
  const ingest = new Ingest({ archive, clock, log, signal: stopping.signal, onDropped: onLetGo })
  onTestFinished(() => stopping.abort())
  return { ingest, clock, log, disk, writes, letGo, stop: () => stopping.abort() }
}

async function heldIds(guildId: Snowflake): Promise<Snowflake[]> {
  return (await shared.list(guildId, {}, { order: 'oldest', limit: 100 })).map(({ id }) => id)
}

test('what comes while a write is under way is written next as one', async () => {
  const { ingest, writes } = openIngest()
  const guildId = freshGuild()
  for (let nth = 1; nth <= 4; nth++) ingest.record(told(guildId, nth))
  await ingest.settled()
  expect(writes).toEqual([[idOf(1)], [idOf(2), idOf(3), idOf(4)]])
  expect(await heldIds(guildId)).toEqual([idOf(1), idOf(2), idOf(3), idOf(4)])
})

test.each([0, 1, 2, 3, 4])(
  'what comes just after a write does not wait for the next event (microtask %i)',
  async (microtasks) => {
    const guildId = freshGuild()
    const write = Promise.withResolvers<void>()
    const writes: Snowflake[] = []
    const archive: Archive = {
      ...shared,
      record: (update) => {
        writes.push(...update.flatMap(({ entries }) => entries.map(({ id }) => id)))
        return write.promise
      },
    }
    const { signal } = new AbortController()
    const log = new RecordedLog()
    const ingest = new Ingest({ archive, clock: new ManualClock(), log, signal, onDropped: () => {} })
    ingest.record(told(guildId, 1))
    write.resolve()
    for (let count = 0; count < microtasks; count++) await undefined
    ingest.record(told(guildId, 2))
    await ingest.settled()
    expect(writes).toEqual([idOf(1), idOf(2)])
  },
)

test('what is held while the archive takes nothing is written afterwards, in the order in which it came', async () => {
  const { ingest, clock, log, disk, writes } = openIngest()
  const guildId = freshGuild()
  disk.isFull = true
  ingest.record(told(guildId, 1))
  await log.heard(HELD)
  ingest.record(told(guildId, 2))
  // A third comes while the second attempt is under way, which fails as well.
  disk.onWrite = () => ingest.record(told(guildId, 3))
  const failedAgain = clock.slept(RETRY)
  clock.advance(RETRY)
  await failedAgain
  disk.isFull = false
  disk.onWrite = () => {}
  clock.advance(RETRY)
  await log.heard(WRITTEN)
  expect(writes).toEqual([[idOf(1)], [idOf(1), idOf(2)], [idOf(1), idOf(2), idOf(3)]])
  expect(await heldIds(guildId)).toEqual([idOf(1), idOf(2), idOf(3)])
  expect(log.lines.filter(({ message }) => message === HELD)).toHaveLength(1)
})

test('when too much is held it is let go, and each of its guilds is told of once', async () => {
  const { ingest, clock, log, disk, writes, letGo } = openIngest()
  const [one, other] = [freshGuild(), freshGuild()]
  const [ofOne, ofOther] = [told(one, 1), told(other, 1)]
  disk.isFull = true
  for (let count = 0; count <= MOST_HELD; count++) ingest.record(count % 2 === 0 ? ofOne : ofOther)
  await log.heard(LET_GO)
  expect(letGo.sort()).toEqual([one, other])
  disk.isFull = false
  clock.advance(RETRY)
  await ingest.settled()
  ingest.record(told(one, 2))
  await ingest.settled()
  expect(writes.at(-1)).toEqual([idOf(2)])
  expect(await heldIds(one)).toEqual([idOf(2)])
})

test('what was recorded counts as written once the archive has it, or it was let go', async () => {
  const { ingest, clock, log, disk } = openIngest()
  const guildId = freshGuild()
  ingest.record(told(guildId, 1))
  const one = ingest.recorded
  expect(ingest.hasWritten(one)).toBe(false)
  await ingest.settled()
  expect(ingest.hasWritten(one)).toBe(true)
  disk.isFull = true
  ingest.record(told(guildId, 2))
  await log.heard(HELD)
  expect(ingest.hasWritten(ingest.recorded)).toBe(false)
  for (let count = 0; count < MOST_HELD; count++) ingest.record(told(guildId, 2))
  const all = ingest.recorded
  clock.advance(RETRY)
  await log.heard(LET_GO)
  expect(ingest.hasWritten(all)).toBe(true)
  disk.isFull = false
  clock.advance(RETRY)
  await ingest.settled()
})

test('what is tried in the place of what the archive refuses does not count as written meanwhile', async () => {
  const { ingest, clock, log, disk, writes } = openIngest()
  const [first, second] = [freshGuild(), freshGuild()]
  disk.isFull = true
  ingest.record(told(first, 1))
  const one = ingest.recorded
  const entries = Array.from({ length: 600 }, (_, index) => told(second, 10 + index).entries).flat()
  ingest.record({ guildId: second, entries, from: 'gateway' })
  const counted: boolean[] = []
  disk.onWrite = () => counted.push(ingest.hasWritten(one))
  await log.heard(HELD)
  const tried = clock.slept(RETRY)
  clock.advance(RETRY)
  await tried
  disk.isFull = false
  disk.onWrite = () => {}
  expect(writes.slice(-1)).toEqual([[idOf(1)]])
  expect(new Set(counted)).toEqual(new Set([false]))
  clock.advance(RETRY)
  await ingest.settled()
  expect(ingest.hasWritten(one)).toBe(true)
})

test('as much as may be held is not let go', async () => {
  const { ingest, clock, log, disk, letGo } = openIngest()
  const guildId = freshGuild()
  const update = told(guildId, 1)
  disk.isFull = true
  for (let count = 0; count < MOST_HELD; count++) ingest.record(update)
  await log.heard(HELD)
  disk.isFull = false
  clock.advance(RETRY)
  await ingest.settled()
  expect(letGo).toEqual([])
  expect(await heldIds(guildId)).toEqual([idOf(1)])
})

test('stopping ends the attempts on an archive that takes nothing, after a last one', async () => {
  const { ingest, log, disk, writes, stop } = openIngest()
  disk.isFull = true
  ingest.record(told(freshGuild(), 1))
  await log.heard(HELD)
  // A test that failed by going on for ever would not end.
  disk.onWrite = () => {
    disk.isFull = writes.length < 10
  }
  stop()
  await ingest.settled()
  expect(writes).toHaveLength(2)
})

/** An archive that refuses what has one of some ids, as SQLite would refuse an odd payload. */
function refusing(odd: ReadonlySet<Snowflake>) {
  const { disk, ...rest } = openIngest()
  disk.onWrite = () => {
    const ids = rest.writes.at(-1) ?? []
    disk.isFull = ids.some((id) => odd.has(id))
  }
  return { ...rest, disk }
}

const LEFT_OUT = 'The archive rejected an event; it was dropped, and Discord is read again.'

test('an event that the archive refuses is left out and logged by its id, and its guild is read again; all others are written', async () => {
  const odd = new Set([idOf(2), idOf(40)])
  const { ingest, log, letGo } = refusing(odd)
  const [one, other, third] = [freshGuild(), freshGuild(), freshGuild()]
  for (let nth = 1; nth <= 99; nth++) ingest.record(told([one, other, third][nth % 3] ?? one, nth))
  await ingest.settled()
  const held = (await Promise.all([one, other, third].map(heldIds))).flat()
  expect(held.sort()).toEqual(
    Array.from({ length: 99 }, (_, index) => idOf(index + 1)).filter((id) => !odd.has(id)),
  )
  const lines = log.lines.filter(({ message }) => message === LEFT_OUT)
  expect(lines.map(({ facts }) => facts)).toMatchObject([
    { guild: third, entries: [idOf(2)] },
    { guild: other, entries: [idOf(40)] },
  ])
  expect(letGo).toEqual([third, other])
  expect(log.lines.filter(({ message }) => message === HELD)).toEqual([])
  expect(ingest.hasWritten(ingest.recorded)).toBe(true)
})

test('an event that SQLite refuses is left out, whatever is odd about it', async () => {
  const { ingest, log, letGo } = openIngest()
  const [one, other] = [freshGuild(), freshGuild()]
  ingest.record(told(other, 1))
  const { entries, ...news } = told(one, 2)
  ingest.record({ ...news, entries: entries.map((entry) => ({ ...entry, executorId: 'nobody' })) })
  for (let nth = 3; nth <= 6; nth++) ingest.record(told(nth % 2 === 0 ? one : other, nth))
  await ingest.settled()
  expect(log.lines.map(({ message }) => message)).toEqual([LEFT_OUT])
  expect(letGo).toEqual([one])
  expect(await heldIds(one)).toEqual([idOf(4), idOf(6)])
  expect(await heldIds(other)).toEqual([idOf(1), idOf(3), idOf(5)])
})

test('an event that the archive refuses does not hold up the others of its own guild for ever', async () => {
  const { ingest, clock, log, letGo } = refusing(new Set([idOf(1)]))
  const guildId = freshGuild()
  ingest.record(told(guildId, 1))
  for (let attempt = 1; attempt <= 2; attempt++) {
    await clock.slept(RETRY)
    ingest.record(told(guildId, 1 + attempt))
    clock.advance(RETRY)
  }
  await log.heard(LEFT_OUT)
  await ingest.settled()
  expect(letGo).toEqual([guildId])
  expect(await heldIds(guildId)).toEqual([idOf(2), idOf(3)])
})

test('while the archive takes nothing of any guild, nothing is left out', async () => {
  const { ingest, clock, log, disk, letGo } = openIngest()
  const guilds = [freshGuild(), freshGuild()]
  disk.isFull = true
  for (let nth = 1; nth <= 20; nth++) ingest.record(told(guilds[nth % 2] ?? '', nth))
  for (let attempt = 1; attempt <= 4; attempt++) {
    await clock.slept(RETRY)
    clock.advance(RETRY)
  }
  await clock.slept(RETRY)
  disk.isFull = false
  clock.advance(RETRY)
  await log.heard(WRITTEN)
  await ingest.settled()
  expect(letGo).toEqual([])
  expect((await Promise.all(guilds.map(heldIds))).flat()).toHaveLength(20)
})

test('what a guild has much of is written in parts, and another guild does not wait for all of it', async () => {
  const { ingest, writes } = openIngest()
  const [large, small] = [freshGuild(), freshGuild()]
  for (let nth = 1; nth <= 5000; nth++) ingest.record(told(large, nth))
  ingest.record(told(small, 5001))
  await ingest.settled()
  expect(Math.max(...writes.map((ids) => ids.length))).toBeLessThanOrEqual(500)
  expect(writes.findIndex((ids) => ids.includes(idOf(5001)))).toBeLessThanOrEqual(1)
  expect(writes.flat().filter((id) => id !== idOf(5001))).toEqual(
    Array.from({ length: 5000 }, (_, index) => idOf(index + 1)),
  )
})
