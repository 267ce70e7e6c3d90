import { readdirSync, readFileSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { DatabaseSync } from 'node:sqlite'
import { sql } from 'kysely'
import { describe, expect, test } from 'vitest'
import type { Archive, ArchiveUpdate } from '../../src/core/archive.ts'
import { ERASED } from '../../src/core/audit-log/erased.ts'
import { firstIdAt, idAfter, lastIdBefore, type Snowflake } from '../../src/core/snowflake.ts'
import { archiveBefore } from '../support/archive/archive-before.ts'
import { archiveFile } from '../support/archive/archive-file.ts'
import { forget } from '../support/archive/forget.ts'
import { freshGuild, sharedArchive, testArchive } from '../support/archive/shared-archive.ts'
import { allEntries, entriesOf } from '../support/entries/entries.ts'
import { namedEntity, observationOf } from '../support/entries/names.ts'

const archive = await sharedArchive()

test('a guild of which the archive has anything can depart, once', async () => {
  const [guildId, unknown, named] = [freshGuild(), freshGuild(), freshGuild()]
  await archive.record([updateOf(guildId, 1)])
  await archive.record([
    { guildId: named, entries: [], from: 'gateway', names: [observationOf(namedEntity('5', 'role', 'R'))] },
  ])
  expect(await archive.guilds()).toEqual(expect.arrayContaining([guildId, named]))
  expect(await archive.recordDeparture(unknown, 5, 5)).toBe(false)
  expect([
    await archive.recordDeparture(guildId, 5, 5),
    await archive.recordDeparture(guildId, 9, 9),
  ]).toEqual([true, false])
  expect(await archive.departures()).toEqual(new Map([[guildId, 5]]))
  expect([await archive.clearDeparture(guildId), await archive.clearDeparture(guildId)]).toEqual([
    true,
    false,
  ])
  expect(await archive.departures()).toEqual(new Map())
})

/** The tables that keep erased entries from coming back. They contain ids only. */
const ERASURE_TABLES = ['erasure', 'erased_attribution']

test('a purge deletes every row of a guild except its erasures, and no row of another guild', async () => {
  const path = archiveFile()
  const own = await testArchive(path)
  const [gone, other] = [freshGuild(), freshGuild()]
  for (const guildId of [gone, other]) {
    await own.record([updateOf(guildId, 300)])
    await forget(own, guildId, '1002')
    await forget(own, guildId, '1100', '7')
    own.saveQuery({
      command: 'c',
      guildId,
      askerId: '1',
      askedAt: 0,
      timeZone: 'UTC',
      filter: {},
      order: 'newest',
    })
  }
  const before = await allEntries(own, other)
  await own.recordDeparture(gone, 1, 1)
  expect(await own.purge(gone)).toBe(297)
  expect(await own.departures()).toEqual(new Map())
  expect(await allEntries(own, other)).toEqual(before)
  expect(await own.vacuum('log')).toBe(true)
  await own.close()
  const counts = Object.entries(rowsOf(path, gone))
  expect(counts.length).toBeGreaterThanOrEqual(9)
  expect(counts.filter(([table, rows]) => rows > 0 && !ERASURE_TABLES.includes(table))).toEqual([])
  expect(Object.values(rowsOf(path, other)).filter((rows) => rows > 0).length).toBeGreaterThanOrEqual(7)
})

test('a purge overwrites what it deletes in the file', async () => {
  const path = archiveFile()
  const own = await testArchive(path)
  const guildId = freshGuild()
  await own.record([updateOf(guildId, 3000)])
  await own.recordDeparture(guildId, 1, 1)
  await own.purge(guildId)
  await own.vacuum('log')
  const files = readdirSync(dirname(path)).map((name) => readFileSync(join(dirname(path), name)))
  expect(files.some((file) => file.includes('A reason'))).toBe(false)
})

test('a guild that comes back during its purge keeps the rest of its rows and loses its coverage', async () => {
  // The coverage is deleted before the entries, which take several batches.
  const own = await testArchive()
  const guildId = freshGuild()
  await own.record([updateOf(guildId, 2000)])
  await own.recordDeparture(guildId, 1, 1)
  const purged = own.purge(guildId)
  while ((await own.coverage(guildId)).ranges.length > 0) {}
  await own.clearDeparture(guildId)
  expect(await purged).toBeLessThan(2000)
  const entries = await allEntries(own, guildId)
  expect(entries.length).toBeGreaterThan(0)
  expect(await own.countHeld(guildId)).toBe(entries.length)
  expect((await own.coverage(guildId)).ranges).toEqual([])
})

test('a guild of which something is written during its purge can be purged again', async () => {
  const own = await testArchive()
  const names = [observationOf(namedEntity('5', 'role', 'R'))]
  // The more reads before it, the later in the purge it is written.
  for (let reads = 5; reads < 20; reads++) {
    const guildId = freshGuild()
    await own.record([updateOf(guildId, 1)])
    await own.recordDeparture(guildId, 1, 1)
    const purged = own.purge(guildId)
    for (let read = 0; read < reads; read++) await own.settings(guildId)
    await own.record([{ guildId, entries: [], from: 'gateway', names }])
    await purged
    const isHeld = (await own.guilds()).includes(guildId)
    expect(await own.findNames(guildId, 'r', 5)).toHaveLength(isHeld ? 1 : 0)
  }
})

describe('what was erased before a purge does not come back with the bot', () => {
  const [ALICE, BOT] = ['101', '103']
  const DAY = 86_400_000
  const NOW = Date.UTC(2026, 10, 24)
  const id = (daysAgo: number) => firstIdAt(NOW - daysAgo * DAY)
  const log = (guildId: Snowflake): ArchiveUpdate => ({
    guildId,
    entries: entriesOf(guildId, [
      { id: id(9), action_type: 20, user_id: ALICE, target_id: '7', reason: 'Alice’s own words' },
      { id: id(8), action_type: 22, user_id: BOT, target_id: '8', reason: 'Banned by alice: rude' },
      { id: id(7), action_type: 22, user_id: '9', target_id: '8', reason: 'Nothing to do with her' },
      { id: id(1), action_type: 22, user_id: '9', target_id: '8', reason: 'Afterwards' },
    ]),
    from: 'rest',
    names: [
      { ...observationOf(namedEntity(ALICE, 'user', 'Alice Adams')), alias: 'alice' },
      observationOf(namedEntity(BOT, 'bot', 'Warden')),
    ],
    complete: [{ start: id(9), end: id(1) }],
    readAt: NOW,
  })

  async function purged(erase: (own: Archive, guildId: Snowflake) => Promise<unknown>) {
    const own = await testArchive()
    const guildId = freshGuild()
    await own.record([log(guildId)])
    await erase(own, guildId)
    await own.recordDeparture(guildId, NOW, NOW)
    await own.purge(guildId)
    return { own, guildId }
  }

  test.each(['rest', 'gateway'] as const)('the whole guild, by %s', async (from) => {
    const { own, guildId } = await purged((archive, guild) => forget(archive, guild, id(5)))
    expect(await own.guilds()).toEqual([])
    await own.record([{ ...log(guildId), from }])
    expect((await allEntries(own, guildId)).map(({ reason }) => reason)).toEqual(['Afterwards'])
    expect(await own.coverage(guildId)).toMatchObject({
      erasedTo: id(5),
      ranges: [{ start: idAfter(id(5)), end: id(1) }],
    })
  })

  test.each(['rest', 'gateway'] as const)('a member’s names and texts, by %s', async (from) => {
    const { own, guildId } = await purged((archive, guild) => forget(archive, guild, id(5), ALICE))
    await own.record([{ ...log(guildId), from }])
    const entries = await allEntries(own, guildId)
    expect(entries.map(({ reason }) => reason)).toEqual([
      ERASED,
      ERASED,
      'Nothing to do with her',
      'Afterwards',
    ])
    expect(JSON.stringify(entries)).not.toMatch(/alice/i)
    expect((await own.names(guildId, [ALICE])).all).toEqual([])
  })

  test('entries that were not erased do come back', async () => {
    const { own, guildId } = await purged(async () => {})
    await own.record([log(guildId)])
    expect(await own.countHeld(guildId)).toBe(4)
  })

  test('and the guild does not count as held or departed, so that it is not purged again', async () => {
    const { own, guildId } = await purged((archive, guild) => forget(archive, guild, id(5)))
    expect(await own.guilds()).not.toContain(guildId)
    expect(await own.recordDeparture(guildId, NOW, NOW)).toBe(false)
    expect(await own.departures()).toEqual(new Map())
  })

  test('erasures that are not finished are not dropped', async () => {
    const { own, guildId } = await purged((archive, guild) => forget(archive, guild, id(4)))
    expect(await own.dropBounds(id(3))).toBe(0)
    expect(await own.isErasing(guildId)).toBe(true)
  })

  test('erasures that Discord no longer has entries of are dropped, except of guilds in the archive', async () => {
    const { own, guildId } = await purged(async (archive, guild) => {
      await forget(archive, guild, id(5), ALICE)
      await forget(archive, guild, id(4))
      await archive.vacuum('file')
    })
    const other = freshGuild()
    await own.record([log(other)])
    await forget(own, other, id(5))
    await own.vacuum('file')
    expect(await own.dropBounds(id(5))).toBe(0)
    expect(await own.dropBounds(id(3))).toBe(2)
    expect((await own.coverage(guildId)).erasedTo).toBeUndefined()
    expect((await own.coverage(other)).erasedTo).toBe(id(5))
  })
})

describe('a bound that is ahead', () => {
  const day = (days: number) => Date.UTC(2026, 10, days)

  test('is lowered if it comes from the retention', async () => {
    const guildId = freshGuild()
    const [low, ahead] = [lastIdBefore(day(5)), lastIdBefore(day(9))]
    await archive.applyRetention(guildId, low, 0)
    await archive.record([updateOf(guildId, 1)])
    await archive.applyRetention(guildId, ahead, 0)
    expect(await archive.lowerBound(guildId, ahead, low)).toBe(false)
    expect(await archive.lowerBound(guildId, lastIdBefore(day(8)), low)).toBe(true)
    expect((await archive.coverage(guildId)).erasedTo).toBe(low)
    expect(await archive.lowerBound(guildId, lastIdBefore(day(4)), undefined)).toBe(true)
    expect((await archive.coverage(guildId)).erasedTo).toBeUndefined()
  })

  test.each([lastIdBefore(day(1)), undefined])(
    'stays if a member confirmed it, because then the clock is behind',
    async (to) => {
      const guildId = freshGuild()
      await archive.record([updateOf(guildId, 1)])
      const bound = idAfter(firstIdAt(day(9)))
      await forget(archive, guildId, bound)
      expect(await archive.lowerBound(guildId, lastIdBefore(day(5)), to)).toBe(false)
      expect((await archive.coverage(guildId)).erasedTo).toBe(bound)
    },
  )
})

test('a leap of the trusted time that several processes see moves a departure once', async () => {
  const guildId = freshGuild()
  const own = await testArchive()
  await own.record([updateOf(guildId, 1)])
  await own.recordTrustedTime(100, 0)
  await own.recordDeparture(guildId, 1000, 100)
  await own.recordTrustedTime(160, 50)
  await own.recordTrustedTime(160, 50)
  expect(await own.departures()).toEqual(new Map([[guildId, 150]]))
  // One that saw more of it adds the rest.
  await own.recordTrustedTime(190, 80)
  expect(await own.departures()).toEqual(new Map([[guildId, 180]]))
  // One that is behind moves nothing, and the time does not go back.
  await own.recordTrustedTime(120, 10)
  expect(await own.departures()).toEqual(new Map([[guildId, 180]]))
  expect(await own.trustedTime()).toBe(190)
})

test('a departure that an earlier version stored keeps its time', async () => {
  const guildId = freshGuild()
  const path = await archiveBefore(
    '0006-trusted-time',
    entriesOf(guildId, [{ id: '1000', action_type: 22 }]),
    (db) => sql`INSERT INTO departure (guild, at) VALUES (${BigInt(guildId)}, 5)`.execute(db),
  )
  const own = await testArchive(path)
  await own.recordTrustedTime(100, 50)
  expect(await own.departures()).toEqual(new Map([[guildId, 5]]))
})

/** How many rows of a guild each table with a guild column has. */
function rowsOf(path: string, guildId: Snowflake): Record<string, number> {
  const database = new DatabaseSync(path, { readOnly: true })
  const tables = database
    .prepare(
      `SELECT name FROM sqlite_schema AS s
       WHERE type = 'table' AND EXISTS (SELECT 1 FROM pragma_table_info(s.name) WHERE name = 'guild_id')`,
    )
    .all()
    .map(({ name }) => String(name))
  const counts = tables.map((table) => {
    const row = database
      .prepare(`SELECT count(*) AS rows FROM ${table} WHERE guild_id = ?`)
      .get(BigInt(guildId))
    return [table, Number(row?.rows)] as const
  })
  database.close()
  return Object.fromEntries(counts)
}

function updateOf(guildId: Snowflake, howMany: number): ArchiveUpdate {
  const payloads = Array.from({ length: howMany }, (_, index) => ({
    id: String(1000 + index),
    action_type: 22,
    user_id: '9',
    target_id: '8',
    reason: `A reason by <@${100_000_000_000_000_000n + BigInt(index % 50)}>`,
  }))
  return {
    guildId,
    entries: entriesOf(guildId, payloads),
    from: 'rest',
    names: [
      observationOf(namedEntity('9', 'bot', 'Warden')),
      observationOf(namedEntity('7', 'user', 'A person')),
    ],
    complete: [{ start: '1', end: String(1000 + howMany) }],
    readAt: 1,
  }
}
