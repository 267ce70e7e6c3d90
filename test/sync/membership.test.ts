import { expect, onTestFinished, test } from 'vitest'
import { firstIdAt, type Snowflake } from '../../src/core/snowflake.ts'
import { Membership } from '../../src/sync/membership.ts'
import { DiscordClock } from '../../src/sync/time/discord-clock.ts'
import { TrustedTime } from '../../src/sync/time/trusted-time.ts'
import { archiveFile } from '../support/archive/archive-file.ts'
import { freshGuild, testArchive } from '../support/archive/shared-archive.ts'
import { entriesOf } from '../support/entries/entries.ts'
import { ManualClock } from '../support/manual-clock.ts'
import { RecordedLog } from '../support/recorded-log.ts'

const DAY = 86_400_000

const REMOVED = 'Removed from a server. Its data is scheduled for deletion.'

/** A membership that purges the data of a guild after 30 days. `off` is how far the clock is ahead, in milliseconds. */
async function openMembership(
  options: { fetchTime?: () => Promise<number>; off?: number; path?: string } = {},
) {
  const { fetchTime, off = 0, path } = options
  const host = new ManualClock()
  const clock = new DiscordClock(host)
  clock.update(host.now() + off)
  const archive = await testArchive(path)
  const stopping = new AbortController()
  onTestFinished(() => stopping.abort())
  const log = new RecordedLog()
  const trusted = new TrustedTime({ archive, clock, fetchTime: fetchTime ?? (async () => clock.now()) })
  const { signal } = stopping
  const membership = new Membership({ archive, trusted, log, signal, purgeAfter: 30 * DAY })
  const store = (guildId: Snowflake) =>
    archive.record([
      { guildId, from: 'rest', entries: entriesOf(guildId, [{ id: freshGuild(), action_type: 22 }]) },
    ])
  return { host, clock, archive, membership, log, store }
}

test('of two hundred guilds that join and leave, only those with data are held as left', async () => {
  const { host, archive, membership, store } = await openMembership()
  for (let count = 0; count < 200; count++) {
    const guildId = freshGuild()
    membership.guildJoined(guildId)
    if (count % 20 === 0) await store(guildId)
    membership.guildLeft(guildId)
  }
  await membership.purgeDue()
  expect(membership.size).toBe(10)
  expect((await archive.departures()).size).toBe(10)
  host.advance(31 * DAY)
  await membership.purgeDue()
  expect(membership.size).toBe(0)
  expect(await archive.guilds()).toEqual([])
})

test('a purge stops when the bot is added back, and what is read from then on is kept', async () => {
  const { host, archive, membership, log } = await openMembership({ path: archiveFile() })
  const guildId = freshGuild()
  const payloads = Array.from({ length: 20_000 }, (_, index) => ({
    id: String(1000 + index),
    action_type: 22,
  }))
  await archive.record([{ guildId, from: 'rest', entries: entriesOf(guildId, payloads) }])
  membership.guildLeft(guildId)
  await log.waitFor(REMOVED)
  host.advance(31 * DAY)
  const purged = membership.purgeDue()
  while ((await archive.countHeld(guildId)) === payloads.length);
  membership.guildJoined(guildId)
  const [older, newer] = ['999', firstIdAt(host.now())]
  const entries = entriesOf(
    guildId,
    [older, newer].map((id) => ({ id, action_type: 22 })),
  )
  const complete = [
    { start: '1', end: older },
    { start: newer, end: newer },
  ]
  await archive.record([{ guildId, from: 'rest', entries, complete }])
  await purged
  for (const id of [older, newer]) expect(await archive.entry(guildId, id)).toBeDefined()
  // Nothing that was deleted is said to be complete.
  expect((await archive.coverage(guildId)).ranges).toEqual(complete)
  expect(await archive.countHeld(guildId)).toBeGreaterThan(entries.length)
  expect(await archive.departures()).toEqual(new Map())
  expect(membership.size).toBe(0)
  expect(log.lines.map(({ message }) => message)).not.toContain(
    'Deleted the data of a server that Custos was removed from.',
  )
})

test('a removal is recorded later if the guild’s first data reached the archive after it', async () => {
  const { archive, membership, log, store } = await openMembership()
  const [guildId, other] = [freshGuild(), freshGuild()]
  await store(other)
  membership.guildLeft(guildId)
  membership.guildLeft(other)
  await log.waitFor(REMOVED)
  expect([...(await archive.departures()).keys()]).toEqual([other])
  await store(guildId)
  await membership.purgeDue()
  expect([...(await archive.departures()).keys()].sort()).toEqual([guildId, other].sort())
})

test('a removal is recorded later if Discord’s time could not be fetched', async () => {
  let isReachable = false
  const { host, archive, membership, log, store } = await openMembership({
    fetchTime: async () => {
      if (!isReachable) throw new Error('Discord is out of reach.')
      return host.now()
    },
  })
  const guildId = freshGuild()
  await store(guildId)
  membership.guildLeft(guildId)
  await membership.purgeDue()
  expect((await archive.departures()).size).toBe(0)
  expect(log.lines.filter(({ level }) => level === 'error')).not.toEqual([])
  isReachable = true
  await membership.purgeDue()
  expect([...(await archive.departures()).keys()]).toEqual([guildId])
})

test.each([
  ['in a new archive', false],
  ['in one with a trusted time', true],
])(
  'a removal reported under a clock that is 100 days behind does not purge when the clock is right again, %s',
  async (_, hasTrustedTime) => {
    const { host, clock, archive, membership, log, store } = await openMembership({ off: -100 * DAY })
    const guildId = freshGuild()
    await store(guildId)
    const entries = entriesOf(guildId, [{ id: firstIdAt(host.now()), action_type: 22 }])
    await archive.record([{ guildId, from: 'rest', entries }])
    if (hasTrustedTime) await archive.recordTrustedTime(host.now(), 0)
    membership.guildLeft(guildId)
    await log.waitFor(REMOVED)
    for (let answers = 0; answers < 3; answers++) {
      host.advance(2000)
      clock.update(host.now())
    }
    expect(clock.now()).toBe(host.now())
    await membership.purgeDue()
    expect(await archive.countHeld(guildId)).toBe(2)
    host.advance(29 * DAY)
    await membership.purgeDue()
    expect(await archive.countHeld(guildId)).toBe(2)
    host.advance(DAY)
    await membership.purgeDue()
    expect(await archive.countHeld(guildId)).toBe(0)
  },
)

const SHARD = { index: 0, count: 1 }

test('a guild that a session no longer lists is recorded as left, and one that it lists again as joined', async () => {
  const { archive, membership, log, store } = await openMembership()
  const [missing, listed] = [freshGuild(), freshGuild()]
  for (const guildId of [missing, listed]) await store(guildId)
  membership.sessionStarted({ guildIds: [listed], isComplete: true, shard: SHARD })
  await membership.purgeDue()
  expect([...(await archive.departures()).keys()]).toEqual([missing])
  membership.sessionStarted({ guildIds: [missing, listed], isComplete: true, shard: SHARD })
  await membership.purgeDue()
  expect(await archive.departures()).toEqual(new Map())
  expect(membership.size).toBe(0)
  expect(log.lines.map(({ message }) => message)).toEqual([
    REMOVED,
    'Added back to a server. Its data is kept.',
  ])
})

test.each([
  ['an incomplete list', { isComplete: false, shard: SHARD }],
  ['another shard', { isComplete: true, shard: { index: 1, count: 2 } }],
])('a session with %s removes no guild', async (_, session) => {
  const { archive, membership, store } = await openMembership()
  // An id that shard 0 of 2 serves.
  const guildId = String((BigInt(freshGuild()) >> 23n) << 23n)
  await store(guildId)
  membership.sessionStarted({ guildIds: [], ...session })
  await membership.purgeDue()
  expect(await archive.departures()).toEqual(new Map())
})

test('a guild that the bot is added back to in time keeps its data', async () => {
  const { host, archive, membership, store } = await openMembership()
  const guildId = freshGuild()
  await store(guildId)
  membership.guildLeft(guildId)
  host.advance(29 * DAY)
  membership.guildJoined(guildId)
  host.advance(2 * DAY)
  await membership.purgeDue()
  expect(await archive.countHeld(guildId)).toBe(1)
})
