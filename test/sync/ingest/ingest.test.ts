import { expect, onTestFinished, test } from 'vitest'
import type { Archive, ArchiveUpdate } from '../../../src/core/archive.ts'
import { ArchiveUnavailable } from '../../../src/core/errors.ts'
import { firstIdAt, type Snowflake } from '../../../src/core/snowflake.ts'
import { EventQueue } from '../../../src/sync/ingest/event-queue.ts'
import { Ingest } from '../../../src/sync/ingest/ingest.ts'
import { freshGuild, sharedArchive } from '../../support/archive/shared-archive.ts'
import { storedIds } from '../../support/archive/stored-ids.ts'
import { entryOf } from '../../support/entries/entries.ts'
import { ManualClock } from '../../support/manual-clock.ts'
import { RecordedLog } from '../../support/recorded-log.ts'

/** How many events are held at most while the archive cannot be written. */
const MOST_HELD = 50_000

/** How long until a failed write is retried. */
const RETRY = 5000

const HELD = 'Writing to the archive failed; events are held in memory and written again.'
const WRITTEN = 'Writing to the archive works again.'
const DROPPED_ALL = 'Too many events are held; they were dropped, and Discord is read again.'

const shared = await sharedArchive()
const NOW = new ManualClock().now()

/** The id of the nth entry. */
function idOf(nth: number): Snowflake {
  return String(BigInt(firstIdAt(NOW)) + BigInt(nth))
}

/** An event: the nth entry. */
function event(guildId: Snowflake, nth: number): ArchiveUpdate {
  const entry = entryOf(guildId, { id: idOf(nth), action_type: 22, user_id: '7', target_id: '8' })
  return { guildId, entries: [entry], from: 'gateway' }
}

/** An ingest into an archive that can be made to reject every write, as on a full disk. */
function openIngest() {
  const clock = new ManualClock()
  const log = new RecordedLog()
  const stopping = new AbortController()
  const dropped: Snowflake[] = []
  /** The ids of the entries of each write, successful or not. */
  const writes: Snowflake[][] = []
  const disk = { isFull: false, onWrite: () => {} }
  const archive: Archive = {
    ...shared,
    record: async (update) => {
      writes.push(update.flatMap(({ entries }) => entries.map(({ id }) => id)))
      disk.onWrite()
      if (disk.isFull) throw new Error('The disk is full.')
      return shared.record(update)
    },
  }
  const queue = new EventQueue()
  const engine = { resync: (guildId: Snowflake) => dropped.push(guildId) }
  const ingest = new Ingest({ queue, archive, engine, clock, log, signal: stopping.signal })
  onTestFinished(() => stopping.abort())
  return { ingest, queue, clock, log, disk, writes, dropped, stop: () => stopping.abort() }
}

test('events that come during a write are in the next one', async () => {
  const { ingest, writes } = openIngest()
  const guildId = freshGuild()
  for (let nth = 1; nth <= 4; nth++) ingest.record(event(guildId, nth))
  await ingest.settled()
  expect(writes).toEqual([[idOf(1)], [idOf(2), idOf(3), idOf(4)]])
  expect(await storedIds(shared, guildId)).toEqual([idOf(1), idOf(2), idOf(3), idOf(4)])
})

test.each([0, 1, 2, 3, 4])(
  'an event that comes just after a write does not wait for the next event (microtask %i)',
  async (microtasks) => {
    const guildId = freshGuild()
    const write = Promise.withResolvers<readonly Snowflake[]>()
    const writes: Snowflake[] = []
    const archive: Archive = {
      ...shared,
      record: (update) => {
        writes.push(...update.flatMap(({ entries }) => entries.map(({ id }) => id)))
        return write.promise
      },
    }
    const { signal } = new AbortController()
    const deps = { archive, clock: new ManualClock(), log: new RecordedLog(), signal }
    const ingest = new Ingest({ ...deps, queue: new EventQueue(), engine: { resync: () => {} } })
    ingest.record(event(guildId, 1))
    write.resolve([])
    for (let count = 0; count < microtasks; count++) await Promise.resolve()
    ingest.record(event(guildId, 2))
    await ingest.settled()
    expect(writes).toEqual([idOf(1), idOf(2)])
  },
)

test('events that come while the archive cannot be written are stored afterwards, in their order', async () => {
  const { ingest, clock, log, disk, writes } = openIngest()
  const guildId = freshGuild()
  disk.isFull = true
  ingest.record(event(guildId, 1))
  await log.waitFor(HELD)
  ingest.record(event(guildId, 2))
  // A third comes while the second attempt is under way, which fails as well.
  disk.onWrite = () => ingest.record(event(guildId, 3))
  const failedAgain = clock.slept(RETRY)
  clock.advance(RETRY)
  await failedAgain
  disk.isFull = false
  disk.onWrite = () => {}
  clock.advance(RETRY)
  await log.waitFor(WRITTEN)
  expect(writes).toEqual([[idOf(1)], [idOf(1), idOf(2)], [idOf(1), idOf(2), idOf(3)]])
  expect(await storedIds(shared, guildId)).toEqual([idOf(1), idOf(2), idOf(3)])
  expect(log.lines.filter(({ message }) => message === HELD)).toHaveLength(1)
})

test('when too many events are held they are dropped, and each of their guilds is resynced once', async () => {
  const { ingest, clock, log, disk, writes, dropped } = openIngest()
  const [one, other] = [freshGuild(), freshGuild()]
  const [ofOne, ofOther] = [event(one, 1), event(other, 1)]
  disk.isFull = true
  for (let count = 0; count <= MOST_HELD; count++) ingest.record(count % 2 === 0 ? ofOne : ofOther)
  await log.waitFor(DROPPED_ALL)
  expect(dropped.sort()).toEqual([one, other])
  disk.isFull = false
  clock.advance(RETRY)
  await ingest.settled()
  ingest.record(event(one, 2))
  await ingest.settled()
  expect(writes.at(-1)).toEqual([idOf(2)])
  expect(await storedIds(shared, one)).toEqual([idOf(2)])
})

test('an event counts as stored once it is written or dropped', async () => {
  const { ingest, queue, clock, log, disk } = openIngest()
  const guildId = freshGuild()
  ingest.record(event(guildId, 1))
  const one = queue.added
  expect(queue.hasStored(guildId, one)).toBe(false)
  await ingest.settled()
  expect(queue.hasStored(guildId, one)).toBe(true)
  disk.isFull = true
  ingest.record(event(guildId, 2))
  await log.waitFor(HELD)
  expect(queue.hasStored(guildId, queue.added)).toBe(false)
  for (let count = 0; count < MOST_HELD; count++) ingest.record(event(guildId, 2))
  const all = queue.added
  clock.advance(RETRY)
  await log.waitFor(DROPPED_ALL)
  expect(queue.hasStored(guildId, all)).toBe(true)
  disk.isFull = false
  clock.advance(RETRY)
  await ingest.settled()
})

test('events that are tried in place of a rejected one do not count as stored meanwhile', async () => {
  const { ingest, queue, clock, log, disk, writes } = openIngest()
  const [first, second] = [freshGuild(), freshGuild()]
  disk.isFull = true
  ingest.record(event(first, 1))
  const one = queue.added
  const entries = Array.from({ length: 600 }, (_, index) => event(second, 10 + index).entries).flat()
  ingest.record({ guildId: second, entries, from: 'gateway' })
  const counted: boolean[] = []
  disk.onWrite = () => counted.push(queue.hasStored(first, one))
  await log.waitFor(HELD)
  const tried = clock.slept(RETRY)
  clock.advance(RETRY)
  await tried
  disk.isFull = false
  disk.onWrite = () => {}
  expect(writes.slice(-1)).toEqual([[idOf(1)]])
  expect(new Set(counted)).toEqual(new Set([false]))
  clock.advance(RETRY)
  await ingest.settled()
  expect(queue.hasStored(first, one)).toBe(true)
})

test('as many events as may be held are not dropped', async () => {
  const { ingest, clock, log, disk, dropped } = openIngest()
  const guildId = freshGuild()
  const update = event(guildId, 1)
  disk.isFull = true
  ingest.record(update)
  // Updates without entries are held as well, and are stored sooner.
  for (let count = 1; count < MOST_HELD; count++) ingest.record({ guildId, entries: [], from: 'gateway' })
  await log.waitFor(HELD)
  disk.isFull = false
  clock.advance(RETRY)
  await ingest.settled()
  expect(dropped).toEqual([])
  expect(await storedIds(shared, guildId)).toEqual([idOf(1)])
})

test('stopping ends the retries of failed writes after a last one', async () => {
  const { ingest, log, disk, writes, stop } = openIngest()
  disk.isFull = true
  ingest.record(event(freshGuild(), 1))
  await log.waitFor(HELD)
  // Without this, a test that fails would never end.
  disk.onWrite = () => {
    disk.isFull = writes.length < 10
  }
  stop()
  await ingest.settled()
  expect(writes).toHaveLength(2)
})

/** An archive that rejects entries with some ids, as SQLite would reject an odd payload. */
function rejecting(odd: ReadonlySet<Snowflake>) {
  const { disk, ...rest } = openIngest()
  disk.onWrite = () => {
    const ids = rest.writes.at(-1) ?? []
    disk.isFull = ids.some((id) => odd.has(id))
  }
  return { ...rest, disk }
}

const DROPPED_ONE = 'The archive rejected an event; it was dropped, and Discord is read again.'

test('an event that the archive rejects is dropped and logged with its id, and its guild is resynced; all others are stored', async () => {
  const odd = new Set([idOf(2), idOf(40)])
  const { ingest, queue, log, dropped } = rejecting(odd)
  const [one, other, third] = [freshGuild(), freshGuild(), freshGuild()]
  for (let nth = 1; nth <= 99; nth++) ingest.record(event([one, other, third][nth % 3] ?? one, nth))
  await ingest.settled()
  const held = (await Promise.all([one, other, third].map((guildId) => storedIds(shared, guildId)))).flat()
  expect(held.sort()).toEqual(
    Array.from({ length: 99 }, (_, index) => idOf(index + 1)).filter((id) => !odd.has(id)),
  )
  const lines = log.lines.filter(({ message }) => message === DROPPED_ONE)
  expect(lines.map(({ facts }) => facts)).toMatchObject([
    { guild: third, entry: idOf(2) },
    { guild: other, entry: idOf(40) },
  ])
  expect(dropped).toEqual([third, other])
  expect(log.lines.filter(({ message }) => message === HELD)).toEqual([])
  for (const guildId of [one, other, third]) expect(queue.hasStored(guildId, queue.added)).toBe(true)
})

test('an event that SQLite rejects is dropped', async () => {
  const { ingest, log, dropped } = openIngest()
  const [one, other] = [freshGuild(), freshGuild()]
  ingest.record(event(other, 1))
  const { entries, ...news } = event(one, 2)
  ingest.record({ ...news, entries: entries.map((entry) => ({ ...entry, executorId: 'nobody' })) })
  for (let nth = 3; nth <= 6; nth++) ingest.record(event(nth % 2 === 0 ? one : other, nth))
  await ingest.settled()
  expect(log.lines.map(({ message }) => message)).toEqual([DROPPED_ONE])
  expect(dropped).toEqual([one])
  expect(await storedIds(shared, one)).toEqual([idOf(4), idOf(6)])
  expect(await storedIds(shared, other)).toEqual([idOf(1), idOf(3), idOf(5)])
})

test('an event that the archive rejects does not hold up the others of its guild forever', async () => {
  const { ingest, clock, log, dropped } = rejecting(new Set([idOf(1)]))
  const guildId = freshGuild()
  ingest.record(event(guildId, 1))
  for (let attempt = 1; attempt <= 2; attempt++) {
    await clock.slept(RETRY)
    ingest.record(event(guildId, 1 + attempt))
    clock.advance(RETRY)
  }
  await log.waitFor(DROPPED_ONE)
  await ingest.settled()
  expect(dropped).toEqual([guildId])
  expect(await storedIds(shared, guildId)).toEqual([idOf(2), idOf(3)])
})

const FAULT = new Error('A fault')
const CUT = new ArchiveUnavailable('The server closed the connection.', 'unreachable')

test.each([
  ['every time', [CUT, CUT, CUT, CUT, CUT]],
  ['after another fault', [FAULT, CUT, CUT, CUT]],
])(
  'an event whose write is cut off %s, while those of other events succeed, is held and not dropped',
  async (_, errors) => {
    const { ingest, clock, log, disk, writes, dropped } = openIngest()
    const guilds = [freshGuild(), freshGuild()]
    disk.onWrite = () => {
      const error = writes.at(-1)?.includes(idOf(1)) && errors.shift()
      if (error) throw error
    }
    for (let nth = 0; nth < 4; nth++) ingest.record(event(guilds[nth % 2] ?? '', nth))
    while (errors.length > 0) {
      await clock.slept(RETRY)
      clock.advance(RETRY)
    }
    await log.waitFor(WRITTEN)
    await ingest.settled()
    expect(dropped).toEqual([])
    const stored = await Promise.all(guilds.map((guildId) => storedIds(shared, guildId)))
    expect(stored).toEqual([
      [idOf(0), idOf(2)],
      [idOf(1), idOf(3)],
    ])
  },
)

test('while the archive cannot be written for any guild, nothing is dropped', async () => {
  const { ingest, clock, log, disk, dropped } = openIngest()
  const guilds = [freshGuild(), freshGuild()]
  disk.isFull = true
  for (let nth = 1; nth <= 20; nth++) ingest.record(event(guilds[nth % 2] ?? '', nth))
  for (let attempt = 1; attempt <= 4; attempt++) {
    await clock.slept(RETRY)
    clock.advance(RETRY)
  }
  await clock.slept(RETRY)
  disk.isFull = false
  clock.advance(RETRY)
  await log.waitFor(WRITTEN)
  await ingest.settled()
  expect(dropped).toEqual([])
  expect((await Promise.all(guilds.map((guildId) => storedIds(shared, guildId)))).flat()).toHaveLength(20)
})

test('many events of a guild are written in batches, and another guild does not wait for all of them', async () => {
  const { ingest, writes } = openIngest()
  const [large, small] = [freshGuild(), freshGuild()]
  for (let nth = 1; nth <= 5000; nth++) ingest.record(event(large, nth))
  ingest.record(event(small, 5001))
  await ingest.settled()
  expect(Math.max(...writes.map((ids) => ids.length))).toBeLessThanOrEqual(500)
  expect(writes.findIndex((ids) => ids.includes(idOf(5001)))).toBeLessThanOrEqual(1)
  expect(writes.flat().filter((id) => id !== idOf(5001))).toEqual(
    Array.from({ length: 5000 }, (_, index) => idOf(index + 1)),
  )
})
