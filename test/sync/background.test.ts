import { describe, expect, test } from 'vitest'
import type { ArchiveUpdate } from '../../src/core/archive.ts'
import { firstIdAt, type Snowflake } from '../../src/core/snowflake.ts'
import type { ModelDiscord } from '../model/model-discord.ts'
import { sharedArchive } from '../support/archive/shared-archive.ts'
import { storedIds } from '../support/archive/stored-ids.ts'
import { OpenSync } from '../support/open-sync.ts'

const MINUTE = 60_000
const HOUR = 60 * MINUTE
const DAY = 24 * HOUR

const archive = await sharedArchive()

/** Evenly spaced times, in milliseconds before now. */
function spread(count: number, from: number, to: number): number[] {
  return Array.from({ length: count }, (_, index) => from + ((to - from) * index) / (count - 1))
}

/** Writes entries that were made so long ago. */
function write(discord: ModelDiscord, now: number, agos: readonly number[]): Snowflake[] {
  return agos.map((ago) => discord.write(now - ago, now - ago).id)
}

describe('a sweep', () => {
  /** A guild of 20 days, whose log was read just now, except what came late. */
  async function readBefore(
    late: readonly number[],
    moments: (now: number) => Pick<ArchiveUpdate, 'sweptAt'>,
  ) {
    const sync = new OpenSync(archive)
    const now = sync.clock.now()
    const discord = sync.guild(20 * DAY)
    const { guildId } = discord
    write(discord, now, [...spread(12, HOUR, 12 * HOUR), ...spread(150, 13 * HOUR, 19 * DAY)])
    const entries = discord.entries.map((written) => discord.entry(written))
    const complete = [{ start: guildId, end: firstIdAt(now) }]
    await archive.record([{ guildId, entries, from: 'rest', complete, readAt: now, ...moments(now) }])
    return { sync, now, discord, late: write(discord, now, late) }
  }

  test('reads everything that Discord has if it is the first', async () => {
    const { sync, discord, late } = await readBefore([15 * DAY], () => ({}))
    sync.engine.guildAvailable(discord.guildId)
    await sync.answerAll()
    expect(await storedIds(archive, discord.guildId)).toContain(late[0])
  })

  test('goes back a day from the last one, and no further', async () => {
    const { sync, now, discord, late } = await readBefore([3.8 * DAY, 8 * DAY], (time) => ({
      sweptAt: time - 3 * DAY,
    }))
    sync.engine.guildAvailable(discord.guildId)
    await sync.answerAll()
    const held = await storedIds(archive, discord.guildId)
    expect(late.map((id) => held.includes(id))).toEqual([true, false])
    expect((await archive.coverage(discord.guildId)).sweptAt).toBe(now)
  })

  test('goes back a day from now if the last one was dated in the future', async () => {
    const { sync, now, discord, late } = await readBefore([0.9 * DAY], (time) => ({
      sweptAt: time + 3 * DAY,
    }))
    sync.engine.guildAvailable(discord.guildId)
    await sync.answerAll()
    expect(await storedIds(archive, discord.guildId)).toContain(late[0])
    expect((await archive.coverage(discord.guildId)).sweptAt).toBe(now)
  })

  test('that was interrupted starts again, and goes back as far', async () => {
    const { sync, now, discord, late } = await readBefore([3.8 * DAY], (time) => ({
      sweptAt: time - 3 * DAY,
    }))
    sync.engine.guildAvailable(discord.guildId)
    await sync.settled()
    await sync.answer(discord)
    await sync.answer(discord)
    discord.behaviour = 'failing'
    await sync.answerAll()
    expect((await archive.coverage(discord.guildId)).sweptAt).toBe(now - 3 * DAY)
    discord.behaviour = 'normal'
    sync.clock.advance(MINUTE)
    await sync.answerAll()
    expect(await storedIds(archive, discord.guildId)).toContain(late[0])
  })
})

describe('a guild', () => {
  /** In which of the next minutes a log is requested. Discord answers each request. */
  async function minutesRequested(sync: OpenSync, minutes: number): Promise<number[]> {
    const requested: number[] = []
    for (let minute = 0; minute < minutes; minute++) {
      const before = sync.requested.length
      await sync.answerAll()
      if (sync.requested.length > before) requested.push(minute)
      sync.clock.advance(MINUTE)
    }
    return requested
  }

  test('that cannot be read is retried after a minute, and then less and less often', async () => {
    const sync = new OpenSync(archive)
    const discord = sync.guild(DAY)
    discord.behaviour = 'failing'
    sync.engine.guildAvailable(discord.guildId)
    expect(await minutesRequested(sync, 60)).toEqual([0, 1, 3, 7, 15, 31])
  })

  test('that could be read meanwhile is retried after a minute again', async () => {
    const sync = new OpenSync(archive)
    const discord = sync.guild(DAY)
    discord.behaviour = 'failing'
    sync.engine.guildAvailable(discord.guildId)
    await minutesRequested(sync, 31)
    discord.behaviour = 'normal'
    expect(await minutesRequested(sync, 29)).toEqual([0])
    sync.engine.resync(discord.guildId)
    discord.behaviour = 'failing'
    expect(await minutesRequested(sync, 5)).toEqual([0, 1, 3])
  })

  test('whose log is forbidden is not retried before the hour is over', async () => {
    const sync = new OpenSync(archive)
    const discord = sync.guild(DAY)
    discord.mayView = false
    sync.engine.guildAvailable(discord.guildId)
    expect(await minutesRequested(sync, 62)).toEqual([0, 60])
  })

  test('whose log is forbidden is tried once an hour', async () => {
    const sync = new OpenSync(archive)
    const discord = sync.guild(DAY)
    discord.mayView = false
    sync.engine.guildAvailable(discord.guildId)
    expect(await minutesRequested(sync, 130)).toEqual([0, 60, 120])
  })

  test('that is new is read before other guilds are backfilled', async () => {
    const sync = new OpenSync(archive)
    const [known, fresh] = [sync.guild(20 * DAY), sync.guild(DAY)]
    write(known, sync.clock.now(), spread(60, HOUR, 19 * DAY))
    write(fresh, sync.clock.now(), [HOUR])
    sync.engine.guildAvailable(known.guildId)
    await sync.settled()
    for (let pages = 0; pages < 3; pages++) await sync.answer(known)
    sync.engine.guildAvailable(fresh.guildId)
    const before = sync.requested.length
    await sync.answer(known)
    await sync.answer(fresh)
    expect(sync.requested.slice(before)[0]).toBe(fresh.guildId)
    await sync.answerAll()
    expect(await storedIds(archive, known.guildId)).toHaveLength(60)
  })

  test('is backfilled although others are so busy that they are read again all the time', async () => {
    const sync = new OpenSync(archive, { perMinute: 60 })
    const busy = Array.from({ length: 30 }, () => sync.guild(DAY))
    const passMinutes = async (minutes: number) => {
      for (let second = 0; second < 60 * minutes; second++) {
        for (const discord of busy) for (let entries = 0; entries < 4; entries++) sync.send(discord)
        sync.clock.advance(1000)
        await sync.answerAll()
      }
    }
    for (const { guildId } of busy) sync.engine.guildAvailable(guildId)
    await passMinutes(2)
    const fresh = sync.guild(20 * DAY)
    write(fresh, sync.clock.now(), spread(60, HOUR, 19 * DAY))
    sync.engine.guildAvailable(fresh.guildId)
    await passMinutes(2)
    expect(await storedIds(archive, fresh.guildId)).toHaveLength(60)
  })

  test('that becomes unavailable is not read any more', async () => {
    const sync = new OpenSync(archive)
    const discord = sync.guild(20 * DAY)
    write(discord, sync.clock.now(), spread(60, HOUR, 19 * DAY))
    sync.engine.guildAvailable(discord.guildId)
    await sync.settled()
    for (let pages = 0; pages < 3; pages++) await sync.answer(discord)
    sync.engine.guildUnavailable(discord.guildId)
    const before = sync.requested.length
    await sync.answerAll()
    expect(await minutesRequested(sync, 62)).toEqual([])
    expect(sync.requested).toHaveLength(before)
  })

  test('is read no faster than the budget allows', async () => {
    const sync = new OpenSync(archive, { perMinute: 5 })
    const discord = sync.guild(20 * DAY)
    write(discord, sync.clock.now(), spread(60, HOUR, 19 * DAY))
    sync.engine.guildAvailable(discord.guildId)
    await sync.answerAll()
    expect(sync.requested).toHaveLength(5)
    sync.clock.advance(MINUTE)
    await sync.answerAll()
    expect(sync.requested).toHaveLength(10)
  })
})

test('guilds that take longer than an hour to read are not read again before they are finished', async () => {
  const sync = new OpenSync(archive, { perMinute: 1 })
  const discords = Array.from({ length: 40 }, () => sync.guild(20 * DAY))
  for (const discord of discords) write(discord, sync.clock.now(), spread(12, HOUR, 19 * DAY))
  for (const { guildId } of discords) sync.engine.guildAvailable(guildId)
  for (let minutes = 0; minutes < 8 * 60; minutes++) {
    sync.clock.advance(MINUTE)
    await sync.answerAll()
  }
  const idle = discords.filter(({ guildId }) => sync.engine.of(guildId).phase === 'idle')
  expect(idle).toHaveLength(40)
  // The newest page, three more, the oldest entry, and sometimes a sweep of counts.
  expect(sync.requested.length / 40).toBeLessThan(7)
})

test('a guild whose permission is back without an event is backfilled again, though an answer has made it live', async () => {
  const sync = new OpenSync(archive)
  const discord = sync.guild(20 * DAY)
  write(discord, sync.clock.now(), spread(12, HOUR, 19 * DAY))
  discord.mayView = false
  sync.engine.guildAvailable(discord.guildId)
  await sync.answerAll()
  discord.mayView = true
  await sync.sync(discord, HOUR)
  expect(sync.engine.of(discord.guildId).phase).toBe('forbidden')
  sync.clock.advance(HOUR)
  await sync.answerAll()
  expect(sync.engine.of(discord.guildId).phase).toBe('idle')
})
