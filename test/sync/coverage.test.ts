import { describe, expect, test } from 'vitest'
import { gapsWithin, isComplete } from '../../src/core/coverage/gaps.ts'
import { firstIdAt, timeOf } from '../../src/core/snowflake.ts'
import type { ModelDiscord } from '../model/model-discord.ts'
import { sharedArchive } from '../support/archive/shared-archive.ts'
import { storedIds } from '../support/archive/stored-ids.ts'
import { OpenSync } from '../support/open-sync.ts'

const MINUTE = 60_000
const HOUR = 60 * MINUTE
const DAY = 24 * HOUR

const archive = await sharedArchive()

/** A live guild whose log is read. */
async function live(options = {}, age = 100 * DAY): Promise<{ sync: OpenSync; discord: ModelDiscord }> {
  const sync = new OpenSync(archive, options)
  const discord = sync.guild(age)
  for (let count = 0; count < 10; count++) discord.actLate(4 * DAY)
  sync.engine.guildAvailable(discord.guildId)
  await sync.answerAll()
  return { sync, discord }
}

/** Another process takes over, with the same archive. */
function restart(sync: OpenSync, discord: ModelDiscord): OpenSync {
  sync.stop()
  const next = new OpenSync(archive, { clock: sync.clock })
  next.join(discord)
  return next
}

type Loss = readonly [
  how: string,
  lose: (sync: OpenSync, discord: ModelDiscord) => void,
  mend: (sync: OpenSync, discord: ModelDiscord) => void,
]

/** Each way in which a log cannot be read any more, and how it can again. */
const LOSSES: readonly Loss[] = [
  [
    'the permission is gone, which the gateway does not report',
    (_, discord) => {
      discord.mayView = false
    },
    (_, discord) => {
      discord.mayView = true
    },
  ],
  [
    'the permission is gone, which the gateway reports',
    (sync, discord) => {
      discord.mayView = false
      sync.engine.accessLost(discord.guildId)
    },
    (sync, discord) => {
      discord.mayView = true
      sync.engine.guildAvailable(discord.guildId)
    },
  ],
  [
    'REST fails while events come',
    (_, discord) => {
      discord.behaviour = 'failing'
    },
    (_, discord) => {
      discord.behaviour = 'normal'
    },
  ],
]

describe.each(LOSSES)('after a week in which %s', (how, lose, mend) => {
  /** A guild whose log could not be read for a week in which things happened. */
  async function aWeekUnread() {
    const { sync, discord } = await live()
    const since = sync.clock.now()
    lose(sync, discord)
    for (let day = 0; day < 7; day++) {
      await sync.passHours(24)
      const written = discord.write(sync.clock.now())
      if (how.includes('events come')) sync.send(discord, written)
    }
    await sync.sync(discord)
    return { sync, discord, since }
  }

  test('nothing since the last successful read is complete', async () => {
    const { sync, discord, since } = await aWeekUnread()
    const { outcome, known } = await sync.sync(discord)
    expect(outcome).not.toBe('read')
    const { missingSince, between } = gapsWithin(known, firstIdAt(since - 10 * DAY), undefined)
    expect([timeOf(missingSince ?? '0'), between]).toEqual([since, []])
    expect(sync.engine.status(discord.guildId).liveFrom).toBeUndefined()
  })

  test('a window that ends before that week is still complete', async () => {
    const { sync, discord, since } = await aWeekUnread()
    const { known } = await sync.sync(discord)
    const [from, to] = [firstIdAt(since - 20 * DAY), firstIdAt(since - 3 * DAY)]
    expect(isComplete(known, from, to)).toBe(true)
  })

  test('everything is complete once the log can be read again', async () => {
    const { sync, discord } = await aWeekUnread()
    mend(sync, discord)
    sync.clock.advance(10 * MINUTE)
    const { outcome, known } = await sync.sync(discord, 8 * DAY)
    expect(outcome).toBe('read')
    expect(isComplete(known, firstIdAt(sync.clock.now() - 40 * DAY), undefined)).toBe(true)
    expect(await storedIds(archive, discord.guildId)).toEqual(discord.entries.map(({ id }) => id))
  })
})

test('if a permission is missing when the bot starts, nothing since the last run is complete', async () => {
  const { sync, discord } = await live()
  const since = sync.clock.now()
  discord.mayView = false
  sync.clock.advance(7 * DAY)
  discord.write(sync.clock.now())
  const next = restart(sync, discord)
  next.engine.guildAvailable(discord.guildId)
  await next.answerAll()
  const { outcome, known } = await next.sync(discord)
  expect(outcome).toBe('forbidden')
  expect(timeOf(gapsWithin(known, undefined, undefined).missingSince ?? '0')).toBe(since)
})

test('a permission that is lost and restored without an event is made up for by the next answer', async () => {
  const { sync, discord } = await live()
  discord.write(sync.clock.now())
  sync.clock.advance(30 * MINUTE)
  for (let count = 0; count < 8; count++) {
    sync.send(discord)
    sync.clock.advance(2 * MINUTE)
    await sync.answerAll()
  }
  const { known } = await sync.sync(discord)
  expect(isComplete(known, firstIdAt(sync.clock.now() - DAY), undefined)).toBe(true)
  expect(await storedIds(archive, discord.guildId)).toEqual(discord.entries.map(({ id }) => id))
})

test('what happens while the permission is missing is read as soon as it is back, without an answer', async () => {
  const { sync, discord } = await live()
  sync.engine.accessLost(discord.guildId)
  for (let count = 0; count < 8; count++) discord.write(sync.clock.now())
  sync.clock.advance(30 * MINUTE)
  sync.engine.guildAvailable(discord.guildId)
  await sync.answerAll()
  expect(await storedIds(archive, discord.guildId)).toEqual(discord.entries.map(({ id }) => id))
})

test('a moderator who fixes the permission is answered at once', async () => {
  const { sync, discord } = await live()
  discord.mayView = false
  expect((await sync.sync(discord)).outcome).toBe('forbidden')
  discord.mayView = true
  expect((await sync.sync(discord)).outcome).toBe('read')
})

test('after a restart, nothing that was received from the gateway alone is trusted', async () => {
  // The background reads one page and no more.
  const { sync, discord } = await live({ perMinute: 1 }, 5 * DAY)
  await sync.sync(discord, 6 * DAY)
  discord.write(sync.clock.now())
  for (let count = 0; count < 8; count++) sync.send(discord)
  await sync.settled()
  sync.clock.advance(3 * DAY)
  const next = restart(sync, discord)
  next.engine.guildAvailable(discord.guildId)
  await next.sync(discord, 9 * DAY)
  expect(await storedIds(archive, discord.guildId)).toEqual(discord.entries.map(({ id }) => id))
})

test('a guild that was away for longer than Discord keeps its log has a gap', async () => {
  const { sync, discord } = await live()
  const since = sync.clock.now()
  sync.clock.advance(100 * DAY)
  discord.drop(45 * DAY)
  discord.write(sync.clock.now())
  const next = restart(sync, discord)
  next.engine.guildAvailable(discord.guildId)
  await next.answerAll()
  const { known } = await next.sync(discord)
  const { between, missingSince } = gapsWithin(known, firstIdAt(since - DAY), undefined)
  // What was read in the last minutes may have changed since.
  expect(between.map(({ after, before }) => [timeOf(after), timeOf(before)])).toEqual([
    [since - 15 * MINUTE, sync.clock.now() - 45 * DAY],
  ])
  expect(missingSince).toBeNull()
})

test('a guild that is younger than the window is complete since it was made', async () => {
  const { sync, discord } = await live({}, 5 * DAY)
  const { known } = await sync.sync(discord)
  expect(isComplete(known, firstIdAt(sync.clock.now() - 7 * DAY), undefined)).toBe(true)
  expect(known.ranges[0]?.start).toBe(discord.guildId)
})

test('what Discord still has and was not read yet is missing', async () => {
  const sync = new OpenSync(archive)
  const discord = sync.guild(100 * DAY)
  for (let day = 1; day < 40; day++) discord.write(sync.clock.now() - day * DAY)
  sync.engine.guildAvailable(discord.guildId)
  await sync.settled()
  await sync.answer(discord)
  discord.behaviour = 'failing'
  await sync.answerAll()
  const { known } = await sync.sync(discord)
  const week = [9, 7].map((days) => firstIdAt(sync.clock.now() - days * DAY))
  expect(isComplete(known, week[0], week[1])).toBe(false)
  expect(gapsWithin(known, week[0], week[1]).missingBefore).toBe(known.ranges[0]?.start)
})

describe('a host’s clock that steps by', () => {
  test.each([-100 * DAY, -DAY, -HOUR, HOUR, 100 * DAY])(
    '%i ms holds up neither the background nor an answer',
    async (step) => {
      const { sync, discord } = await live()
      sync.host.ahead = step
      const before = sync.requested.length
      await sync.passHours(25)
      expect(sync.requested.length).toBeGreaterThan(before)
      sync.send(discord)
      const { outcome, known } = await sync.sync(discord)
      expect([outcome, isComplete(known, firstIdAt(sync.clock.now() - DAY), undefined)]).toEqual([
        'read',
        true,
      ])
      expect(await storedIds(archive, discord.guildId)).toEqual(discord.entries.map(({ id }) => id))
    },
  )

  test.each([-100 * DAY, -DAY, -HOUR, HOUR, 100 * DAY])(
    '%i ms during the start does not keep the log from being read',
    async (step) => {
      const sync = new OpenSync(archive, { perMinute: 5, hostAhead: -step })
      const discord = sync.guild(20 * DAY)
      for (let count = 0; count < 30; count++) discord.actLate(19 * DAY)
      sync.engine.guildAvailable(discord.guildId)
      await sync.answerAll()
      sync.host.ahead = 0
      for (let minute = 0; minute < 10; minute++) {
        sync.clock.advance(MINUTE)
        await sync.answerAll()
      }
      expect(await storedIds(archive, discord.guildId)).toEqual(discord.entries.map(({ id }) => id))
    },
  )
})

describe('the time that Discord shows', () => {
  test.each([
    ['of the first response', 1],
    ['of every response', Number.POSITIVE_INFINITY],
  ])('%s may be 100 days behind: no more is called complete than Discord keeps', async (_, count) => {
    let responses = 0
    const shownTime = (now: number) => (responses++ < count ? now - 100 * DAY : now)
    const { sync, discord } = await live({ shownTime }, 300 * DAY)
    await sync.answerAll()
    const keeps = sync.clock.now() - 46 * DAY
    const { ranges } = await archive.coverage(discord.guildId)
    expect(ranges.filter(({ start, end }) => start !== end && timeOf(start) < keeps)).toEqual([])
  })

  test.each([100 * DAY, -100 * DAY])('may be off by %i ms in a single response', async (off) => {
    let isOff = false
    const shownTime = (now: number) => {
      const at = isOff ? now + off : now
      isOff = false
      return at
    }
    const { sync, discord } = await live({ shownTime })
    isOff = true
    await sync.passHours(1)
    const { known } = await sync.sync(discord)
    expect(isComplete(known, firstIdAt(sync.clock.now() - 40 * DAY), undefined)).toBe(true)
    expect(await storedIds(archive, discord.guildId)).toEqual(discord.entries.map(({ id }) => id))
    expect(sync.engine.status(discord.guildId).hostAhead).toBe(0)
  })

  test.each([-3 * DAY, 3 * DAY])('may step by %i ms', async (step) => {
    let ahead = 0
    const { sync, discord } = await live({ shownTime: (now: number) => now + ahead })
    ahead = step
    await sync.passHours(1)
    if (step > 0) sync.send(discord)
    await sync.sync(discord)
    expect(await storedIds(archive, discord.guildId)).toEqual(discord.entries.map(({ id }) => id))
  })
})
