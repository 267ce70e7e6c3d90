import { describe, expect, test } from 'vitest'
import { firstIdAt } from '../../../src/core/snowflake.ts'
import { DiscordClock } from '../../../src/sync/time/discord-clock.ts'
import { TrustedTime } from '../../../src/sync/time/trusted-time.ts'
import { testArchive } from '../../support/archive/shared-archive.ts'
import { entriesOf } from '../../support/entries/entries.ts'
import { ManualClock } from '../../support/manual-clock.ts'

const HOUR = 3_600_000
const DAY = 24 * HOUR

/** An archive whose newest entry was made so long ago, and runs of Custos with it. */
async function opened(ago: number) {
  const host = new ManualClock()
  const archive = await testArchive()
  const guildId = firstIdAt(host.now() - 300 * DAY)
  const happen = (time: number) =>
    archive.record([
      {
        guildId,
        from: 'rest',
        entries: entriesOf(guildId, [{ id: firstIdAt(time), action_type: 22, user_id: '7', target_id: '8' }]),
      },
    ])
  await happen(host.now() - ago)
  let requests = 0
  /** Starts Custos with Discord’s clock off by `off` at first, and by `offAgain` when its time is requested again. */
  const run = (off = 0, offAgain = off) => {
    const clock = new DiscordClock(host)
    clock.update(host.now() + off)
    const fetchTime = async () => {
      requests++
      return host.now() + offAgain
    }
    return { clock, trusted: new TrustedTime({ archive, clock, fetchTime }) }
  }
  return { host, archive, guildId, happen, run, requests: () => requests }
}

test('no time is trusted before Discord’s first response', async () => {
  const { host, archive } = await opened(HOUR)
  const trusted = new TrustedTime({
    archive,
    clock: new DiscordClock(host),
    fetchTime: async () => host.now(),
  })
  expect(await trusted.now()).toBeUndefined()
  expect(await archive.trustedTime()).toBeUndefined()
})

test('it is Discord’s time while new entries come', async () => {
  const { host, run } = await opened(HOUR)
  const { trusted } = run()
  expect(await trusted.now()).toBe(host.now())
  host.advance(10 * DAY)
  expect(await trusted.now()).toBe(host.now())
})

test.each([
  ['by 100 days, both times', 100 * DAY, 100 * DAY, 23 * HOUR],
  ['by 100 days, at first', 100 * DAY, 0, 0],
  ['by 100 days, the second time', 0, 100 * DAY, 0],
  // By that clock, everything but the guild itself is in the future.
  ['by 100 days the other way', -100 * DAY, 0, -299 * DAY],
])('if Discord’s clock is off %s, it is what the archive confirms', async (_, off, again, trustedBy) => {
  const { host, run } = await opened(HOUR)
  expect(await run(off, again).trusted.now()).toBe(host.now() + trustedBy)
})

test('a hundred starts under a clock that is 100 days ahead move it no further than one', async () => {
  const { host, run } = await opened(HOUR)
  for (let start = 0; start < 100; start++) {
    expect(await run(100 * DAY).trusted.now()).toBe(host.now() + 23 * HOUR)
  }
})

test('while no new entries come, it advances with the time that Custos runs, in this run and the next', async () => {
  const { host, archive, run } = await opened(50 * DAY)
  const start = host.now()
  const { trusted } = run()
  expect(await trusted.now()).toBe(start - 49 * DAY)
  for (let day = 1; day <= 10; day++) {
    host.advance(DAY)
    expect(await trusted.now()).toBe(start - (49 - day) * DAY)
  }
  expect(await run().trusted.now()).toBe(start - 39 * DAY)
  expect(await archive.trustedTime()).toBe(start - 39 * DAY)
})

test('a step of the host’s clock does not move it', async () => {
  const { host, run } = await opened(HOUR)
  const { trusted } = run()
  const before = await trusted.now()
  host.step(100 * DAY)
  expect(await trusted.now()).toBe(before)
})

test('Discord’s time is requested again at the start, and before a leap of more than a day, but not every day', async () => {
  const { host, happen, run, requests } = await opened(50 * DAY)
  const { trusted } = run()
  await trusted.now()
  expect(requests()).toBe(1)
  for (let day = 0; day < 5; day++) {
    host.advance(DAY)
    await trusted.now()
  }
  expect(requests()).toBe(1)
  await happen(host.now())
  expect(await trusted.now()).toBe(host.now())
  expect(requests()).toBe(2)
})

test('an entry that Discord’s clock puts in the future confirms nothing', async () => {
  const { host, happen, run } = await opened(50 * DAY)
  await happen(host.now() + 100 * DAY)
  expect(await run().trusted.now()).toBe(host.now() - 49 * DAY)
})

describe('a departure', () => {
  test('that was recorded while the trusted time was behind does not become due by its leap', async () => {
    const { host, archive, guildId, happen, run } = await opened(50 * DAY)
    const { trusted } = run()
    const trustedThen = (await trusted.now()) ?? 0
    await archive.recordDeparture(guildId, host.now(), trustedThen)
    expect(host.now() - trustedThen).toBe(49 * DAY)
    host.advance(DAY)
    await happen(host.now())
    const now = (await trusted.now()) ?? 0
    expect(now).toBe(host.now())
    expect(now - ((await archive.departures()).get(guildId) ?? 0)).toBe(DAY)
  })

  test('counts the days that Custos did not run, once the trusted time has caught up', async () => {
    const { host, archive, guildId, happen, run } = await opened(HOUR)
    await archive.recordDeparture(guildId, host.now(), (await run().trusted.now()) ?? 0)
    host.advance(20 * DAY)
    await happen(host.now())
    const now = (await run().trusted.now()) ?? 0
    expect(now - ((await archive.departures()).get(guildId) ?? 0)).toBe(20 * DAY)
  })
})

test('a departure is dated by the time that another process has stored, if that is later', async () => {
  const { host, archive, run } = await opened(HOUR)
  const { trusted } = run(-2 * HOUR)
  await trusted.now()
  await archive.recordTrustedTime(host.now(), 0)
  expect(await trusted.departure()).toEqual({ at: host.now(), trustedAt: host.now() })
})
