import { beforeEach, describe, expect, onTestFinished, test } from 'vitest'
import { parsePostgresUrl } from '../../../src/archive/postgres/address/parse-url.ts'
import { openArchive } from '../../../src/archive/postgres/open.ts'
import type { Archive, ArchiveUpdate } from '../../../src/core/archive.ts'
import { ArchiveUnavailable } from '../../../src/core/errors.ts'
import type { Snowflake } from '../../../src/core/snowflake.ts'
import { EventQueue } from '../../../src/sync/ingest/event-queue.ts'
import { Ingest } from '../../../src/sync/ingest/ingest.ts'
import { freshGuild } from '../../support/archive/shared-archive.ts'
import { allEntries, entriesOf } from '../../support/entries/entries.ts'
import { namedEntity, observationOf } from '../../support/entries/names.ts'
import { ManualClock } from '../../support/manual-clock.ts'
import { openOnce } from '../../support/open-once.ts'
import { connectClient } from '../../support/postgres/client.ts'
import { waitersReach } from '../../support/postgres/lock-waiters.ts'
import { PostgresServer } from '../../support/postgres/server.ts'
import { createDatabase } from '../../support/postgres/test-databases.ts'
import { RecordedLog } from '../../support/recorded-log.ts'

/** How long until a failed write is retried, in milliseconds. */
const RETRY = 5000

const POLL = { interval: 5, timeout: 20_000 }

const server = openOnce(async (atEnd) => {
  const started = await PostgresServer.start()
  atEnd(() => started.remove())
  const { url } = await createDatabase(started.url())
  return { url, start: () => started.start(), kill: () => started.stop('SIGKILL') }
})

let archive: Archive
beforeEach(async () => {
  archive = await openArchive(parsePostgresUrl(server().url, 'the database'))
  onTestFinished(() => archive.close())
})

function updateOf(guildId: Snowflake, first: number, count: number): ArchiveUpdate {
  const payloads = Array.from({ length: count }, (_, index) => ({
    id: String(first + index),
    action_type: 72,
    user_id: '101',
    options: { count: '2' },
  }))
  return {
    guildId,
    from: 'gateway',
    entries: entriesOf(guildId, payloads),
    names: [observationOf(namedEntity('101', 'user', `Ada ${first}`), String(first))],
    complete: [{ start: String(first - 1), end: String(first + count - 1) }],
  }
}

/** What an archive has of a guild: its entries, one by one and as the sums have them, and its coverage. */
async function contentOf(guildId: Snowflake) {
  const sums = await archive.countByKind(guildId, {})
  return {
    ids: (await allEntries(archive, guildId)).map(({ id }) => Number(id)),
    units: sums.reduce((sum, { units }) => sum + units, 0),
    ranges: (await archive.coverage(guildId)).ranges,
    names: (await archive.names(guildId, ['101'])).all.map(({ name }) => name),
  }
}

describe('a server that is killed', () => {
  test('in the middle of a write leaves nothing of it, and the next write succeeds', async () => {
    const guilds = [freshGuild(), freshGuild()]
    await archive.record(guilds.map((guildId) => updateOf(guildId, 1, 2)))
    const before = await Promise.all(guilds.map(contentOf))
    const db = await connectClient(server().url)
    // The name is written after the entries and their sums.
    await db.query('BEGIN')
    await db.query(`SELECT 1 FROM name WHERE guild_id = ${guilds[1]} FOR UPDATE`)
    const recorded = archive.record(guilds.map((guildId) => updateOf(guildId, 3, 500)))
    const failure = recorded.catch((error: unknown) => error)
    await waitersReach(1, await connectClient(server().url))
    await server().kill()
    expect(await failure).toBeInstanceOf(ArchiveUnavailable)
    await expect(archive.coverage(guilds[0] ?? '')).rejects.toThrow(ArchiveUnavailable)
    await server().start()
    expect(await Promise.all(guilds.map(contentOf))).toEqual(before)
    await archive.record(guilds.map((guildId) => updateOf(guildId, 3, 500)))
    const ids = Array.from({ length: 502 }, (_, index) => index + 1)
    const all = { ids, units: 1004, ranges: [{ start: '0', end: '502' }], names: ['Ada 3'] }
    expect(await Promise.all(guilds.map(contentOf))).toEqual([all, all])
  })

  test('loses no live event: they are held, and written once when it is back', async () => {
    const guildId = freshGuild()
    const [clock, log] = [new ManualClock(), new RecordedLog()]
    const { signal } = new AbortController()
    const queue = new EventQueue()
    const ingest = new Ingest({ queue, archive, engine: { resync: () => {} }, clock, log, signal })
    ingest.record(updateOf(guildId, 1, 1))
    await ingest.settled()
    await server().kill()
    for (let id = 2; id <= 40; id++) ingest.record(updateOf(guildId, id, 1))
    await log.waitFor('Writing to the archive failed; events are held in memory and written again.')
    for (let id = 41; id <= 60; id++) ingest.record(updateOf(guildId, id, 1))
    await server().start()
    clock.advance(RETRY)
    await log.waitFor('Writing to the archive works again.')
    await ingest.settled()
    expect(await contentOf(guildId)).toEqual({
      ids: Array.from({ length: 60 }, (_, index) => index + 1),
      units: 120,
      ranges: [],
      names: ['Ada 60'],
    })
    expect(log.times('The archive rejected an event; it was dropped, and Discord is read again.')).toBe(0)
  })
})

test('a server that became a read-only standby is read, refuses writes as out of reach, and is written once it is a primary', async () => {
  const guildId = freshGuild()
  await archive.record([updateOf(guildId, 1, 2)])
  const before = await contentOf(guildId)
  const db = await connectClient(server().url)
  const makeReadOnly = async (isReadOnly: boolean) => {
    await db.query('SET transaction_read_only = off')
    await db.query(`ALTER SYSTEM SET default_transaction_read_only = ${isReadOnly ? 'on' : 'off'}`)
    await db.query('SELECT pg_reload_conf()')
    await expect
      .poll(async () => (await db.query('SHOW default_transaction_read_only')).rows, POLL)
      .toEqual([{ default_transaction_read_only: isReadOnly ? 'on' : 'off' }])
  }
  await makeReadOnly(true)
  const write = () => archive.record([updateOf(guildId, 3, 2)])
  await expect
    .poll(() => write().then(() => 'written', String), POLL)
    .toMatch(/^ArchiveUnavailable: .*read-only/)
  expect((await contentOf(guildId)).ids.slice(0, 2)).toEqual(before.ids)
  await makeReadOnly(false)
  await expect.poll(() => write().then(() => 'written', String), POLL).toBe('written')
  expect(await contentOf(guildId)).toMatchObject({ ids: [1, 2, 3, 4], units: 8 })
})
