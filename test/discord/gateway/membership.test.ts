import { GatewayDispatchEvents as Event, GatewayOpcodes } from 'discord.js'
import { expect, onTestFinished, test } from 'vitest'
import { firstIdAt, type Snowflake } from '../../../src/core/snowflake.ts'
import { GatewayEvents } from '../../../src/discord/gateway/gateway-events.ts'
import { Membership } from '../../../src/discord/gateway/membership.ts'
import { DiscordClock } from '../../../src/sync/discord-clock.ts'
import { TrustedTime } from '../../../src/sync/trusted-time.ts'
import { archiveFile } from '../../support/archive-file.ts'
import { entriesOf } from '../../support/entries.ts'
import { ManualClock } from '../../support/manual-clock.ts'
import { RecordedLog } from '../../support/recorded-log.ts'
import { freshGuild, testArchive } from '../../support/shared-archive.ts'

const DAY = 86_400_000

/** A Custos that hears of guilds as the test tells it to, and purges what it held of them after 30 days. */
async function openMembership({ askTime, off = 0 }: { askTime?: () => Promise<number>; off?: number } = {}) {
  const host = new ManualClock()
  const clock = new DiscordClock(host)
  clock.update(host.now() + off)
  const archive = await testArchive(archiveFile())
  const stopping = new AbortController()
  onTestFinished(() => stopping.abort())
  const log = new RecordedLog()
  const events = new GatewayEvents(log)
  const trusted = new TrustedTime({ archive, clock, askTime: askTime ?? (async () => clock.now()) })
  const membership = new Membership({
    events,
    archive,
    trusted,
    log,
    signal: stopping.signal,
    purgeAfter: 30 * DAY,
  })
  const tell = (event: Event.GuildCreate | Event.GuildDelete, id: Snowflake, more = {}) =>
    events.take({ op: GatewayOpcodes.Dispatch, t: event, s: 1, d: { id, ...more } }, { index: 0, count: 1 })
  const hold = (guildId: Snowflake) =>
    archive.record([
      { guildId, from: 'rest', entries: entriesOf(guildId, [{ id: freshGuild(), action_type: 22 }]) },
    ])
  return { host, clock, archive, membership, log, tell, hold }
}

test('a thousand guilds that join and leave are not remembered, but for those of which something is held', async () => {
  const { host, archive, membership, tell, hold } = await openMembership()
  for (let count = 0; count < 1000; count++) {
    const guildId = freshGuild()
    tell(Event.GuildCreate, guildId)
    if (count % 100 === 0) await hold(guildId)
    tell(Event.GuildDelete, guildId)
  }
  await membership.purgeDue()
  expect(membership.size).toBe(10)
  expect((await archive.departures()).size).toBe(10)
  host.advance(31 * DAY)
  await membership.purgeDue()
  expect(membership.size).toBe(0)
  expect(await archive.guilds()).toEqual([])
}, 60_000)

test('a purge ends where the bot comes back meanwhile, and what is read from then on stays', async () => {
  const { host, archive, membership, log, tell } = await openMembership()
  const guildId = freshGuild()
  const payloads = Array.from({ length: 20_000 }, (_, index) => ({
    id: String(1000 + index),
    action_type: 22,
  }))
  await archive.record([{ guildId, from: 'rest', entries: entriesOf(guildId, payloads) }])
  tell(Event.GuildDelete, guildId)
  await log.heard('Custos was removed from a server. What is held of it will go.')
  host.advance(31 * DAY)
  const purged = membership.purgeDue()
  while ((await archive.countHeld(guildId)) === 20_000);
  tell(Event.GuildCreate, guildId)
  const page = {
    entries: entriesOf(guildId, [{ id: '999', action_type: 22 }]),
    complete: [{ start: '1', end: '999' }],
  }
  await archive.record([{ guildId, from: 'rest', ...page }])
  await purged
  expect(await archive.entry(guildId, '999')).toBeDefined()
  expect(await archive.countHeld(guildId)).toBeGreaterThan(1)
  expect(log.lines.map(({ message }) => message)).not.toContain(
    'What was held of a server that Custos was removed from is gone.',
  )
  expect(membership.size).toBe(0)
})

test('a removal is noted later, where what was heard before came into the archive only then', async () => {
  const { archive, membership, log, tell, hold } = await openMembership()
  const [guildId, other] = [freshGuild(), freshGuild()]
  await hold(other)
  tell(Event.GuildDelete, guildId)
  tell(Event.GuildDelete, other)
  await log.heard('Custos was removed from a server. What is held of it will go.')
  expect([...(await archive.departures()).keys()]).toEqual([other])
  await hold(guildId)
  await membership.purgeDue()
  expect([...(await archive.departures()).keys()].sort()).toEqual([guildId, other].sort())
})

test('a removal is noted later, where Discord could not be asked for the time just then', async () => {
  let isReachable = false
  const { host, archive, membership, log, tell, hold } = await openMembership({
    askTime: async () => {
      if (!isReachable) throw new Error('Discord is out of reach.')
      return host.now()
    },
  })
  const guildId = freshGuild()
  await hold(guildId)
  tell(Event.GuildDelete, guildId)
  await membership.purgeDue()
  expect((await archive.departures()).size).toBe(0)
  expect(log.lines.filter(({ level }) => level === 'error')).not.toEqual([])
  isReachable = true
  await membership.purgeDue()
  expect([...(await archive.departures()).keys()]).toEqual([guildId])
})

test('what is read of a guild that comes back while it is purged is kept, and what is missing is not called complete', async () => {
  const { host, archive, membership, log, tell } = await openMembership()
  const guildId = freshGuild()
  const old = Array.from({ length: 20_000 }, () => ({ id: freshGuild(), action_type: 22 }))
  await archive.record([{ guildId, from: 'rest', entries: entriesOf(guildId, old) }])
  tell(Event.GuildDelete, guildId)
  await log.heard('Custos was removed from a server. What is held of it will go.')
  host.advance(31 * DAY)
  const purged = membership.purgeDue()
  while ((await archive.countHeld(guildId)) === old.length);
  tell(Event.GuildCreate, guildId)
  const id = firstIdAt(host.now())
  const complete = [{ start: id, end: id }]
  const entries = entriesOf(guildId, [{ id, action_type: 22 }])
  await archive.record([{ guildId, from: 'rest', entries, complete }])
  await purged
  expect((await archive.coverage(guildId)).ranges).toEqual(complete)
  expect(await archive.entry(guildId, id)).toBeDefined()
  expect(await archive.departures()).toEqual(new Map())
})

test.each([
  ['in a new archive', false],
  ['in one that knew the time before', true],
])(
  'a removal that is heard under a clock that is 100 days behind does not purge once it is right, %s',
  async (_, knew) => {
    const { host, clock, archive, membership, log, tell, hold } = await openMembership({ off: -100 * DAY })
    const guildId = freshGuild()
    await hold(guildId)
    const entries = entriesOf(guildId, [{ id: firstIdAt(host.now()), action_type: 22 }])
    await archive.record([{ guildId, from: 'rest', entries }])
    if (knew) await archive.recordTrustedTime(host.now(), 0)
    tell(Event.GuildDelete, guildId)
    await log.heard('Custos was removed from a server. What is held of it will go.')
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
