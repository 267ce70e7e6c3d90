import { expect, onTestFinished, test } from 'vitest'
import { firstIdAt, type Snowflake } from '../../src/core/snowflake.ts'
import { runMaintenance } from '../../src/sync/maintenance.ts'
import { Membership } from '../../src/sync/membership.ts'
import { DiscordClock } from '../../src/sync/time/discord-clock.ts'
import { TrustedTime } from '../../src/sync/time/trusted-time.ts'
import { forget } from '../support/archive/forget.ts'
import { freshGuild, testArchive } from '../support/archive/shared-archive.ts'
import { entriesOf } from '../support/entries/entries.ts'
import { ManualClock } from '../support/manual-clock.ts'
import { RecordedLog } from '../support/recorded-log.ts'

const HOUR = 3_600_000
const DAY = 24 * HOUR

test('the bounds of a purged server are stored for 90 days', async () => {
  const host = new ManualClock()
  const clock = new DiscordClock(host)
  clock.update(host.now())
  const [archive, log, stopping] = [await testArchive(), new RecordedLog(), new AbortController()]
  onTestFinished(() => stopping.abort())
  const [purged, other] = [freshGuild(), freshGuild()]
  const entry = { id: firstIdAt(host.now()), action_type: 22 }
  for (const guildId of [purged, other]) {
    await archive.record([{ guildId, from: 'rest', entries: entriesOf(guildId, [entry]) }])
  }
  await forget(archive, purged, entry.id)
  await archive.vacuum('file')
  await archive.recordDeparture(purged, host.now(), host.now())
  await archive.purge(purged)

  const trusted = new TrustedTime({ archive, clock, fetchTime: async () => host.now() })
  const deps = { archive, clock, trusted, log, signal: stopping.signal }
  const membership = new Membership({ ...deps, purgeAfter: 30 * DAY })
  const finished = host.slept(DAY)
  void runMaintenance({ ...deps, serves: () => true, membership, retentionDays: undefined })
  await finished
  const remembered: boolean[] = []
  for (const days of [89, 2]) {
    const round = host.slept(DAY)
    host.advance(days * DAY)
    await round
    remembered.push((await archive.coverage(purged)).erasedTo !== undefined)
  }
  expect(remembered).toEqual([true, false])
})

test('days that are over are packed in every server', async () => {
  const host = new ManualClock()
  const clock = new DiscordClock(host)
  clock.update(host.now())
  const [archive, log, stopping] = [await testArchive(), new RecordedLog(), new AbortController()]
  onTestFinished(() => stopping.abort())
  const guilds = [freshGuild(), freshGuild()]
  const times = [host.now() - DAY, host.now()]
  for (const guildId of guilds) {
    const entries = times.map((time) => ({ id: firstIdAt(time), action_type: 22 }))
    await archive.record([{ guildId, from: 'rest', entries: entriesOf(guildId, entries) }])
  }
  const packDays: typeof archive.packDays = (guildId) => archive.packDays(guildId, 0)
  const trusted = new TrustedTime({ archive, clock, fetchTime: async () => host.now() })
  const deps = { archive: { ...archive, packDays }, clock, trusted, log, signal: stopping.signal }
  const membership = new Membership({ ...deps, purgeAfter: 30 * DAY })
  const finished = host.slept(DAY)
  void runMaintenance({ ...deps, serves: () => true, membership, retentionDays: undefined })
  await finished
  for (const guildId of guilds) expect(await archive.packDays(guildId, 0)).toBe(0)
})

test('of several processes, each applies the retention to the servers that it serves', async () => {
  const host = new ManualClock()
  const clock = new DiscordClock(host)
  clock.update(host.now())
  const [plain, log, stopping] = [await testArchive(), new RecordedLog(), new AbortController()]
  onTestFinished(() => stopping.abort())
  const guilds = [freshGuild(), freshGuild(), freshGuild()]
  for (const guildId of guilds) {
    const entries = entriesOf(guildId, [{ id: firstIdAt(host.now()), action_type: 22 }])
    await plain.record([{ guildId, from: 'rest', entries }])
  }
  const done: Snowflake[] = []
  const applyRetention: typeof plain.applyRetention = (guildId, ...bounds) => {
    done.push(guildId)
    return plain.applyRetention(guildId, ...bounds)
  }
  const archive = { ...plain, applyRetention }
  const trusted = new TrustedTime({ archive, clock, fetchTime: async () => host.now() })
  const deps = { archive, clock, trusted, log, signal: stopping.signal, retentionDays: undefined }
  const membership = new Membership({ ...deps, purgeAfter: 30 * DAY })
  for (const serves of [(id: Snowflake) => id === guilds[1], (id: Snowflake) => id !== guilds[1]]) {
    const finished = host.slept(DAY)
    void runMaintenance({ ...deps, serves, membership })
    await finished
  }
  expect(done.toSorted()).toEqual(guilds.toSorted())
})

test('a server that fails does not stop the others, and is retried after an hour', async () => {
  const host = new ManualClock()
  const clock = new DiscordClock(host)
  clock.update(host.now())
  const [log, stopping] = [new RecordedLog(), new AbortController()]
  onTestFinished(() => stopping.abort())
  const archive = await testArchive()
  const guilds = [freshGuild(), freshGuild()]
  const old = { id: firstIdAt(host.now() - 100 * DAY), action_type: 22 }
  const fresh = { id: firstIdAt(host.now()), action_type: 22 }
  for (const guildId of guilds) {
    await archive.record([{ guildId, from: 'rest', entries: entriesOf(guildId, [old, fresh]) }])
  }
  const [first] = await archive.guilds()
  let isBroken = true
  const applyRetention: typeof archive.applyRetention = async (guildId, ...bounds) => {
    if (guildId === first && isBroken) throw new Error('The disk is full.')
    return archive.applyRetention(guildId, ...bounds)
  }
  const trusted = new TrustedTime({ archive, clock, fetchTime: async () => host.now() })
  const deps = { archive: { ...archive, applyRetention }, clock, trusted, log, signal: stopping.signal }
  const membership = new Membership({ ...deps, purgeAfter: 30 * DAY })
  const failed = host.slept(HOUR)
  void runMaintenance({ ...deps, serves: () => true, membership, retentionDays: 60 })
  await failed
  const held = () => Promise.all(guilds.map((guildId) => archive.countHeld(guildId)))
  expect((await held()).sort()).toEqual([1, 2])
  isBroken = false
  const finished = host.slept(DAY)
  host.advance(HOUR)
  await finished
  expect(await held()).toEqual([1, 1])
})
