import { setImmediate as immediate } from 'node:timers/promises'
import { describe, expect, test } from 'vitest'
import type { Archive } from '../../src/core/archive.ts'
import { isComplete } from '../../src/core/coverage/gaps.ts'
import { coverageAfterSync, coverageAt } from '../../src/core/coverage/known-coverage.ts'
import type { SyncOutcome } from '../../src/core/coverage/sync-status.ts'
import { compareIds, firstIdAt, timeOf } from '../../src/core/snowflake.ts'
import { LogLimited, LogUnavailable } from '../../src/sync/audit-log-source.ts'
import type { Progress } from '../../src/sync/guild/log-pages.ts'
import { DELETE, type ModelDiscord, PAGE } from '../model/model-discord.ts'
import { sharedArchive } from '../support/archive/shared-archive.ts'
import { entryOf } from '../support/entries/entries.ts'
import { OpenSync } from '../support/open-sync.ts'

const MINUTE = 60_000
const HOUR = 60 * MINUTE
const DAY = 24 * HOUR

/** How long an answer waits for Discord if the archive already reaches back. */
const PATIENCE = 3000
const LIVE_PATIENCE = 400

const archive = await sharedArchive()

/** A live guild whose log is read. */
async function live(into: Archive = archive): Promise<{ sync: OpenSync; discord: ModelDiscord }> {
  const sync = new OpenSync(into)
  const discord = sync.guild(5 * DAY)
  for (let count = 0; count < 10; count++) discord.actLate(4 * DAY)
  sync.engine.guildAvailable(discord.guildId)
  await sync.answerAll()
  return { sync, discord }
}

/** Runs an answer’s sync, and lets Discord answer all requests. */
async function refresh(sync: OpenSync, { guildId }: ModelDiscord): Promise<SyncOutcome> {
  const reading = sync.engine.refresh(guildId, { from: firstIdAt(sync.clock.now() - DAY) }, () => {})
  await sync.answerAll()
  return (await reading).outcome
}

/** A request that fails. */
function rejected(error: LogUnavailable): Promise<never> {
  const failure = Promise.reject(error)
  failure.catch(() => {})
  return failure
}

describe('the status of a log', () => {
  test('that was read is live from the end of that read on', async () => {
    const { sync, discord } = await live()
    const { liveFrom = '0', lastRead } = sync.engine.status(discord.guildId)
    expect([timeOf(liveFrom), lastRead]).toEqual([sync.clock.now(), 'read'])
  })

  test('that the bot may no longer view is forbidden without a request', async () => {
    const { sync, discord } = await live()
    const before = sync.requested.length
    sync.engine.accessLost(discord.guildId)
    await sync.answerAll()
    expect(sync.engine.status(discord.guildId)).toEqual({ hostAhead: 0, lastRead: 'forbidden' })
    expect(sync.requested).toHaveLength(before)
  })

  test('that the bot may view again is live once it is read', async () => {
    const { sync, discord } = await live()
    sync.engine.accessLost(discord.guildId)
    sync.clock.advance(MINUTE)
    sync.engine.guildAvailable(discord.guildId)
    expect(sync.engine.status(discord.guildId)).toEqual({ hostAhead: 0, lastRead: 'forbidden' })
    await sync.answerAll()
    const { liveFrom = '0', lastRead } = sync.engine.status(discord.guildId)
    expect([timeOf(liveFrom), lastRead]).toEqual([sync.clock.now(), 'read'])
  })

  test.each(['guildAvailable', 'guildUnavailable'] as const)('is not live after %s', async (act) => {
    const { sync, discord } = await live()
    sync.engine[act](discord.guildId)
    expect(sync.engine.status(discord.guildId)).toEqual({ hostAhead: 0, lastRead: 'read' })
  })

  test.each(['guildUnavailable', 'accessLost'] as const)(
    'is not live after %s and a read, because no events come',
    async (act) => {
      const { sync, discord } = await live()
      sync.engine[act](discord.guildId)
      expect(await refresh(sync, discord)).toBe('read')
      expect(sync.engine.status(discord.guildId)).toEqual({ hostAhead: 0, lastRead: 'read' })
      sync.engine.guildAvailable(discord.guildId)
      await sync.answerAll()
      expect(sync.engine.status(discord.guildId).liveFrom).toBeDefined()
    },
  )

  test('reports that the last read failed if it was the read of an answer', async () => {
    const { sync, discord } = await live()
    discord.behaviour = 'failing'
    expect(await refresh(sync, discord)).toBe('unreadable')
    expect(sync.engine.status(discord.guildId)).toEqual({ hostAhead: 0, lastRead: 'unreadable' })
  })
})

test('an answer waits three seconds for Discord, and then says that Discord could not be read', async () => {
  const { sync, discord } = await live()
  const reading = sync.engine.refresh(discord.guildId, { from: firstIdAt(sync.clock.now() - DAY) }, () => {})
  await sync.clock.sleepThrough(LIVE_PATIENCE)
  await sync.clock.sleepThrough(PATIENCE - LIVE_PATIENCE)
  expect((await reading).outcome).toBe('unreadable')
})

test.each([
  ['has stored', 'live'],
  ['has not stored', 'unstored'],
] as const)(
  'if the archive %s the live entries, an answer that waited too long is %s',
  async (what, outcome) => {
    let writing: Promise<void> = Promise.resolve()
    const { sync, discord } = await live({
      ...archive,
      record: async (update) => {
        await writing
        return archive.record(update)
      },
    })
    const { guildId } = discord
    const id = firstIdAt(sync.clock.now())
    const busy = Promise.withResolvers<void>()
    if (what === 'has not stored') writing = busy.promise
    const kick = entryOf(guildId, { id, action_type: 20, user_id: '7', target_id: '8' })
    sync.ingest.record({ guildId, entries: [kick], from: 'gateway' })
    if (what === 'has stored') await sync.settled()
    writing = busy.promise
    const asleep = sync.clock.slept(LIVE_PATIENCE)
    const reading = sync.engine.refresh(guildId, { from: firstIdAt(sync.clock.now() - DAY) }, () => {})
    await asleep
    while (discord.requests.length === 0) await immediate()
    discord.requests.shift()?.answer()
    await immediate()
    sync.clock.advance(LIVE_PATIENCE)
    expect((await reading).outcome).toBe(outcome)
    busy.resolve()
  },
)

test('if Discord sends the newest page but no counts, entries are known, and counts are as of before', async () => {
  const { sync, discord } = await live()
  const before = sync.clock.now()
  sync.send(discord, discord.write(before, before, DELETE))
  for (let bans = 0; bans < 2 * PAGE; bans++) sync.send(discord, discord.write(before, before, 22))
  sync.clock.advance(2 * MINUTE)
  discord.behaviour = 'failingNarrowed'
  for (let times = 0; times < 2; times++) {
    const { outcome, known } = await sync.sync(discord)
    expect([outcome, known.countsAsOf]).toEqual(['uncounted', before])
    expect(isComplete(known, firstIdAt(sync.clock.now() - DAY), undefined)).toBe(true)
  }
  expect(sync.log.times('Reading the audit log failed.')).toBe(2)
  discord.behaviour = 'normal'
  expect(await refresh(sync, discord)).toBe('read')
})

test('several requests that are denied at once are one denial: the next answer asks Discord again', async () => {
  const { sync, discord } = await live()
  const before = sync.clock.now()
  for (const kind of [DELETE, 26, 27]) sync.send(discord, discord.write(before, before, kind))
  for (let bans = 0; bans < 2 * PAGE; bans++) sync.send(discord, discord.write(before, before, 22))
  await sync.answerAll()
  discord.mayView = false
  expect(await refresh(sync, discord)).toBe('forbidden')
  discord.mayView = true
  expect(await refresh(sync, discord)).toBe('read')
})

test('a missing permission is a warning once, until the log can be read again', async () => {
  const { sync, discord } = await live()
  const missing = 'Reading the audit log failed: View Audit Log is missing.'
  const warnings = () =>
    sync.log.lines.filter(({ message, level }) => message === missing && level === 'warn').length
  discord.mayView = false
  for (let times = 0; times < 3; times++) {
    sync.clock.advance(10 * MINUTE)
    expect(await refresh(sync, discord)).toBe('forbidden')
  }
  expect(sync.log.times(missing)).toBeGreaterThanOrEqual(3)
  expect(warnings()).toBe(1)
  discord.mayView = true
  sync.clock.advance(10 * MINUTE)
  expect(await refresh(sync, discord)).toBe('read')
  discord.mayView = false
  expect(await refresh(sync, discord)).toBe('forbidden')
  expect(warnings()).toBe(2)
})

test('counts of several kinds are as of when the first of them was read', async () => {
  const { sync, discord } = await live()
  const { guildId } = discord
  const before = sync.clock.now()
  for (const kind of [DELETE, 26]) sync.send(discord, discord.write(before, before, kind))
  for (let bans = 0; bans < 2 * PAGE; bans++) sync.send(discord, discord.write(before, before, 22))
  sync.clock.advance(2 * MINUTE)
  const window = { from: firstIdAt(before - DAY) }
  const deletes = sync.engine.refresh(guildId, { ...window, kinds: { anyOf: [DELETE] } }, () => {})
  await sync.answerAll()
  expect((await deletes).outcome).toBe('read')
  discord.behaviour = 'failingNarrowed'
  expect((await sync.sync(discord)).known.countsAsOf).toBe(before)
})

test('what waits to be stored is not called complete, although the newest page was read after it', async () => {
  let writing: Promise<void> = Promise.resolve()
  const { sync, discord } = await live({
    ...archive,
    record: async (updates) => {
      if (updates.some(({ from }) => from === 'gateway')) await writing
      return archive.record(updates)
    },
  })
  const busy = Promise.withResolvers<void>()
  writing = busy.promise
  for (let entries = 0; entries < 2 * PAGE; entries++) sync.send(discord)
  sync.clock.advance(10_000)
  const askedAt = sync.clock.now()
  const asleep = sync.clock.slept(LIVE_PATIENCE)
  const reading = sync.engine.refresh(discord.guildId, { from: firstIdAt(askedAt - DAY) }, () => {})
  await asleep
  while (discord.requests.length === 0) await immediate()
  discord.requests.shift()?.answer()
  while ((await archive.coverage(discord.guildId)).readAt !== askedAt) await immediate()
  sync.clock.advance(LIVE_PATIENCE)
  const { outcome, coverage, status } = await reading
  expect(outcome).toBe('unstored')
  const { ranges } = coverageAfterSync(outcome, coverageAt(discord.guildId, coverage, status, askedAt))
  const isCovered = ({ id }: { id: string }) =>
    ranges.some(({ start, end }) => compareIds(start, id) <= 0 && compareIds(id, end) <= 0)
  const missing = discord.entries.slice(0, -PAGE).filter(isCovered)
  const stored = await Promise.all(missing.map(({ id }) => archive.entry(discord.guildId, id)))
  expect(stored).not.toContain(undefined)
  busy.resolve()
})

test('if the archive rejects an event while an answer waits for it, the answer is not called complete', async () => {
  const busy = Promise.withResolvers<void>()
  let rejectedId: string | undefined
  const { sync, discord } = await live({
    ...archive,
    record: async (updates) => {
      if (rejectedId !== undefined && updates.some(({ from }) => from === 'gateway')) await busy.promise
      const isRejected = updates.some(
        ({ from, entries }) => from === 'gateway' && entries.some(({ id }) => id === rejectedId),
      )
      if (isRejected) throw new Error('The entry is rejected.')
      return archive.record(updates)
    },
  })
  const other = sync.guild(5 * DAY)
  sync.clock.advance(5 * MINUTE)
  const askedAt = sync.clock.now()
  const lost = discord.write(askedAt, askedAt, 22)
  rejectedId = lost.id
  sync.send(discord, lost)
  // Their events are on the way. The first entry is not on the newest page because of them.
  for (let bans = 0; bans < 2 * PAGE; bans++) discord.write(askedAt, askedAt, 22)
  sync.send(other, other.write(askedAt, askedAt, 22))
  const reading = sync.engine.refresh(discord.guildId, { from: firstIdAt(askedAt - DAY) }, () => {})
  while (discord.requests.length === 0) await immediate()
  discord.requests.shift()?.answer()
  for (let turns = 0; turns < 100; turns++) await immediate()
  busy.resolve()
  const { outcome, coverage, status } = await reading
  const known = coverageAfterSync(outcome, coverageAt(discord.guildId, coverage, status, askedAt + 1000))
  const stored = await archive.entry(discord.guildId, lost.id)
  expect([stored, isComplete(known, firstIdAt(askedAt - DAY), undefined)]).toEqual([undefined, false])
})

test('if Custos stops before it has stored what it received, the answer is not called complete', async () => {
  let writing: Promise<void> = Promise.resolve()
  const { sync, discord } = await live({
    ...archive,
    record: async (updates) => {
      await writing
      return archive.record(updates)
    },
  })
  const busy = Promise.withResolvers<void>()
  writing = busy.promise
  sync.send(discord)
  sync.clock.advance(MINUTE)
  const askedAt = sync.clock.now()
  const reading = sync.engine.refresh(discord.guildId, { from: firstIdAt(askedAt - DAY) }, () => {})
  while (discord.requests.length === 0) await immediate()
  sync.stop()
  const { outcome, coverage, status } = await reading
  expect(outcome).toBe('unstored')
  const known = coverageAfterSync(outcome, coverageAt(discord.guildId, coverage, status, askedAt))
  expect(isComplete(known, firstIdAt(askedAt - DAY), undefined)).toBe(false)
  busy.resolve()
})

test('a guild that becomes available is read at once, although Discord has just denied its log', async () => {
  const { sync, discord } = await live()
  discord.behaviour = 'denying'
  for (let count = 0; count < 3; count++) expect(await refresh(sync, discord)).toBe('forbidden')
  const before = sync.requested.length
  discord.behaviour = 'normal'
  sync.engine.guildAvailable(discord.guildId)
  await sync.answerAll()
  expect(sync.requested.length).toBeGreaterThan(before)
  expect(sync.engine.status(discord.guildId).lastRead).toBe('read')
})

test('an answer that waited too long for a limit reports the limit', async () => {
  const { sync, discord } = await live()
  sync.heldUntil = sync.clock.now() + 12_000
  const reading = sync.engine.refresh(discord.guildId, { from: firstIdAt(sync.clock.now() - DAY) }, () => {})
  await sync.clock.sleepThrough(LIVE_PATIENCE)
  await sync.clock.sleepThrough(PATIENCE - LIVE_PATIENCE)
  expect((await reading).outcome).toBe('limited')
  expect(sync.engine.status(discord.guildId)).toMatchObject({ limitedUntil: sync.heldUntil })
})

test('a limited log is requested again when the limit ends, and not before', async () => {
  const { sync, discord } = await live()
  const until = sync.clock.now() + 10 * MINUTE
  sync.failure = rejected(new LogLimited(until, false))
  const before = sync.requested.length
  for (let count = 0; count < 3; count++) expect(await refresh(sync, discord)).toBe('limited')
  expect(sync.engine.status(discord.guildId)).toEqual({
    hostAhead: 0,
    lastRead: 'limited',
    limitedUntil: until,
  })
  sync.failure = undefined
  sync.clock.advance(10 * MINUTE - 1)
  await sync.answerAll()
  expect(sync.requested).toHaveLength(before + 1)
  sync.clock.advance(1)
  await sync.answerAll()
  expect(sync.requested.length).toBeGreaterThan(before + 1)
  expect(sync.engine.status(discord.guildId)).toMatchObject({ lastRead: 'read' })
})

test('a limit for all guilds stops the requests of every guild', async () => {
  const { sync, discord } = await live()
  const other = sync.guild(5 * DAY)
  sync.failure = rejected(new LogLimited(sync.clock.now() + 10 * MINUTE, true))
  expect(await refresh(sync, discord)).toBe('limited')
  const before = sync.requested.length
  expect(await refresh(sync, other)).toBe('limited')
  expect(sync.requested).toHaveLength(before)
})

test('a guild that is unknown to Discord is not read until it becomes available', async () => {
  const { sync, discord } = await live()
  sync.failure = rejected(new LogUnavailable('absent', 'Custos is not in this guild.'))
  const before = sync.requested.length
  expect(await refresh(sync, discord)).toBe('absent')
  sync.failure = undefined
  for (let hours = 0; hours < 50; hours++) sync.clock.advance(60 * MINUTE)
  expect(await refresh(sync, discord)).toBe('absent')
  expect(sync.requested).toHaveLength(before + 1)
  sync.engine.guildAvailable(discord.guildId)
  await sync.answerAll()
  expect(sync.engine.status(discord.guildId)).toMatchObject({ lastRead: 'read' })
})

test.each([
  ['forbidden', 'forbidden'],
  ['unauthorized', 'unreadable'],
  ['blocked', 'unreadable'],
] as const)('a log that is %s is not requested for each of many answers', async (reason, outcome) => {
  const { sync, discord } = await live()
  sync.failure = rejected(new LogUnavailable(reason, 'No.'))
  const before = sync.requested.length
  for (let count = 0; count < 20; count++) expect(await refresh(sync, discord)).toBe(outcome)
  expect(sync.requested).toHaveLength(before + 2)
  sync.clock.advance(10 * MINUTE)
  sync.failure = undefined
  discord.write(sync.clock.now())
  expect(await refresh(sync, discord)).toBe('read')
  expect(await archive.countHeld(discord.guildId)).toBe(discord.entries.length)
})

test('answers at the same time share one request', async () => {
  const { sync, discord } = await live()
  sync.clock.advance(30 * MINUTE)
  await sync.answerAll()
  const before = sync.requested.length
  const from = firstIdAt(sync.clock.now() - DAY)
  const all = Array.from({ length: 5 }, () => sync.engine.refresh(discord.guildId, { from }, () => {}))
  await sync.answerAll()
  expect((await Promise.all(all)).map(({ outcome }) => outcome)).toEqual(all.map(() => 'read'))
  expect(sync.requested.length - before).toBeLessThanOrEqual(2)
})

test('an answer in a live guild takes one request', async () => {
  const sync = new OpenSync(archive)
  const discord = sync.guild(5 * DAY)
  for (let hours = 1; hours < 8; hours++) discord.write(sync.clock.now() - hours * HOUR)
  sync.engine.guildAvailable(discord.guildId)
  await sync.answerAll()
  sync.clock.advance(30 * MINUTE)
  await sync.answerAll()
  sync.send(discord)
  const before = sync.requested.length
  expect(await refresh(sync, discord)).toBe('read')
  expect(sync.requested).toHaveLength(before + 1)
})

test('a read that failed for an answer is retried without another answer', async () => {
  const { sync, discord } = await live()
  discord.behaviour = 'failing'
  expect(await refresh(sync, discord)).toBe('unreadable')
  discord.behaviour = 'normal'
  sync.clock.advance(MINUTE)
  await sync.answerAll()
  expect(sync.engine.status(discord.guildId)).toMatchObject({ lastRead: 'read' })
})

test('an answer in a guild that is read for the first time waits, and reports how far the reading is', async () => {
  const sync = new OpenSync(archive)
  const discord = sync.guild(20 * DAY)
  for (let count = 0; count < 12; count++) discord.actLate(19 * DAY)
  const reports: Progress[] = []
  const refreshed = sync.engine.refresh(discord.guildId, { from: discord.guildId }, (progress) =>
    reports.push(progress),
  )
  await sync.settled()
  while (discord.requests.length > 0) {
    await sync.answer(discord)
    sync.clock.advance(2000)
    await sync.settled()
  }
  expect((await refreshed).outcome).toBe('read')
  expect(reports.length).toBeGreaterThan(2)
  const counts = reports.map(({ entries }) => entries)
  expect(counts).toEqual(counts.toSorted((a, b) => a - b))
  const oldest = timeOf(discord.entries[0]?.id ?? '0')
  expect(reports.every(({ backTo }) => backTo >= oldest || backTo === timeOf(discord.guildId))).toBe(true)
})

test('200 guilds are answered without a request and without waiting while a limit for all is in force', async () => {
  const { sync, discord } = await live()
  sync.failure = rejected(new LogLimited(sync.clock.now() + 10 * MINUTE, true))
  expect(await refresh(sync, discord)).toBe('limited')
  const before = sync.requested.length
  const others = Array.from({ length: 200 }, () => sync.guild(5 * DAY))
  const from = firstIdAt(sync.clock.now() - DAY)
  const all = await Promise.all(others.map(({ guildId }) => sync.engine.refresh(guildId, { from }, () => {})))
  expect(new Set(all.map(({ outcome }) => outcome))).toEqual(new Set(['limited']))
  for (const { guildId } of others)
    expect(sync.engine.status(guildId).limitedUntil).toBe(sync.clock.now() + 10 * MINUTE)
  expect(sync.requested).toHaveLength(before)
})

describe('if Discord sends other logs but not this one in time, an answer', () => {
  /** Runs an answer after something happened, while Discord sends so many pages of its log, and another guild's. */
  async function answerLate(act: (sync: OpenSync, discord: ModelDiscord) => void, pages: number) {
    const { sync, discord } = await live()
    const other = sync.guild(DAY)
    sync.engine.guildAvailable(other.guildId)
    await sync.answerAll()
    sync.clock.advance(20 * MINUTE)
    await refresh(sync, discord)
    const readAt = sync.clock.now()
    sync.clock.advance(MINUTE)
    act(sync, discord)
    await sync.settled()
    const asleep = sync.clock.slept(LIVE_PATIENCE)
    const askedAt = sync.clock.now()
    const late = sync.engine.refresh(discord.guildId, { from: firstIdAt(askedAt - 10 * MINUTE) }, () => {})
    await asleep
    await sync.settled()
    for (let page = 0; page < pages; page++) await sync.answer(discord)
    const refreshed = sync.engine.refresh(other.guildId, { from: firstIdAt(askedAt - DAY) }, () => {})
    await sync.settled()
    while (other.requests.length > 0) await sync.answer(other)
    expect((await refreshed).outcome).toBe('read')
    sync.clock.advance(LIVE_PATIENCE)
    const { outcome, coverage, status, countsAsOf } = await late
    const sent = coverageAt(discord.guildId, coverage, status, askedAt)
    const known = coverageAfterSync(outcome, sent, countsAsOf)
    return { outcome, readAt, known, from: firstIdAt(askedAt - 10 * MINUTE) }
  }

  /** Deletes of which Discord writes one entry and sends only the first. */
  const deleteMany = (sync: OpenSync, discord: ModelDiscord) => {
    const written = discord.write(sync.clock.now(), sync.clock.now(), DELETE)
    sync.send(discord, written)
    written.grownAt.push(sync.clock.now())
  }

  test('uses the live entries', async () => {
    const { outcome, known, from } = await answerLate((sync, discord) => {
      sync.send(discord, discord.write(sync.clock.now(), sync.clock.now(), 22))
    }, 0)
    expect([outcome, isComplete(known, from, undefined)]).toEqual(['live', true])
  })

  test('says when counts that may have grown were last read', async () => {
    const { outcome, known, from, readAt } = await answerLate(deleteMany, 0)
    expect([outcome, known.countsAsOf, isComplete(known, from, undefined)]).toEqual([
      'uncounted',
      readAt,
      true,
    ])
  })

  test('says so too if they may have grown before the newest page', async () => {
    const { outcome, known, readAt } = await answerLate((sync, discord) => {
      deleteMany(sync, discord)
      for (let count = 0; count < 6; count++)
        sync.send(discord, discord.write(sync.clock.now(), sync.clock.now(), 22))
    }, 1)
    expect([outcome, known.countsAsOf]).toEqual(['uncounted', readAt])
  })
})

test('a response that a guild is unknown is ignored if the bot has joined it since', async () => {
  const { sync, discord } = await live()
  const gone = Promise.withResolvers<never>()
  sync.failure = gone.promise
  const reading = sync.engine.refresh(discord.guildId, { from: firstIdAt(sync.clock.now() - DAY) }, () => {})
  await sync.settled()
  sync.failure = undefined
  sync.engine.guildAvailable(discord.guildId)
  gone.reject(new LogUnavailable('absent', 'Custos is not in this guild.'))
  expect((await reading).outcome).toBe('unreadable')
  await sync.answerAll()
  expect(await refresh(sync, discord)).toBe('read')
})

test('whoever waits for it is told when a log can be read, and when no longer, once each', async () => {
  const told: (string | undefined)[] = []
  const sync: OpenSync = new OpenSync(archive, {
    onReadable: (guildId) => told.push(sync.engine.status(guildId).lastRead),
  })
  const discord = sync.guild(5 * DAY)
  sync.engine.guildAvailable(discord.guildId)
  await sync.answerAll()
  await sync.sync(discord)
  expect(told).toEqual(['read'])
  discord.mayView = false
  sync.engine.accessLost(discord.guildId)
  await sync.sync(discord)
  expect(told).toEqual(['read', 'forbidden'])
  discord.behaviour = 'failing'
  await sync.sync(discord)
  expect(told).toEqual(['read', 'forbidden'])
  discord.mayView = true
  discord.behaviour = 'normal'
  sync.engine.guildAvailable(discord.guildId)
  await sync.answerAll()
  expect(told).toEqual(['read', 'forbidden', 'read'])
})
