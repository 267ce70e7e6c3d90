import type { Client } from 'pg'
import { expect, onTestFinished, test } from 'vitest'
import { parsePostgresUrl } from '../../../../src/archive/postgres/address/parse-url.ts'
import { openArchive } from '../../../../src/archive/postgres/open.ts'
import type { Archive } from '../../../../src/core/archive.ts'
import { ArchiveUnavailable } from '../../../../src/core/errors.ts'
import { firstIdAt } from '../../../../src/core/snowflake.ts'
import { operationsOn } from '../../../support/archive/every-operation.ts'
import { freshGuild } from '../../../support/archive/shared-archive.ts'
import { entriesOf } from '../../../support/entries/entries.ts'
import { connectClient } from '../../../support/postgres/client.ts'
import { openHolder } from '../../../support/postgres/leases.ts'
import { waitersReach } from '../../../support/postgres/lock-waiters.ts'
import { postgresDatabase } from '../../../support/postgres/postgres-database.ts'

/** What writes, and finds something to write in an archive that is filled. */
const WRITES = [
  'record',
  'recordOperation',
  'packDays',
  'beginErasing',
  'finishErasing',
  'vacuum',
  'applyRetention',
  'lowerBound',
  'recordTrustedTime',
  'recordDeparture',
  'clearDeparture',
  'purge',
  'dropBounds',
] as const

/** A process that holds the only block, and its archive. */
async function openHeld() {
  const url = await postgresDatabase()
  const db = await connectClient(url)
  const process = openHolder(url)
  let timesLost = 0
  const fence = { holder: process.holder, onLost: () => void timesLost++ }
  const archive = await openArchive(parsePostgresUrl(url, 'the database'), undefined, fence)
  onTestFinished(() => archive.close())
  const wanted = { shardCount: 1, blockSize: 1, isFixed: true }
  return {
    url,
    db,
    archive,
    claim: () => process.claim(wanted),
    renew: () => process.leases.renew(),
    timesLost: () => timesLost,
    /** Lets the lease end, and another process claim the block. */
    takeOver: async () => {
      await db.query("UPDATE shard_lease SET expires_at = clock_timestamp() - interval '1 second'")
      return openHolder(url).claim(wanted)
    },
  }
}

/** Everything in a database, but the leases. */
async function contentsOf(db: Client): Promise<unknown> {
  const { rows: tables } = await db.query<{ name: string }>(`
    SELECT table_name AS name FROM information_schema.tables
    WHERE table_schema = current_schema() AND table_name <> 'shard_lease' ORDER BY name`)
  const contents: [string, unknown][] = []
  for (const { name } of tables) {
    const { rows } = await db.query(`SELECT t::text AS row FROM ${name} AS t ORDER BY row`)
    contents.push([name, rows])
  }
  return Object.fromEntries(contents)
}

async function record(archive: Archive, id: string, guildId = '5'): Promise<void> {
  const entries = entriesOf(guildId, [{ id, action_type: 22 }])
  await archive.record([{ guildId, from: 'gateway', entries }])
}

test('a process whose block was taken writes nothing, whatever it tries, and reports it', async () => {
  const { db, archive, claim, takeOver, timesLost } = await openHeld()
  await claim()
  const guildId = freshGuild()
  const operations = operationsOn(archive, guildId)
  await operations.record()
  await operations.beginErasing()
  await operations.recordDeparture()
  await archive.finishErasing(guildId)
  const number = archive.saveQuery({
    command: 'audit recent',
    guildId,
    askerId: '7',
    askedAt: 1,
    timeZone: 'UTC',
    filter: {},
    order: 'newest',
  })
  // A day that is over, which can be packed.
  const ids = [1, 3].map((day) => firstIdAt(Date.UTC(2026, 10, day)))
  for (const id of ids) await record(archive, id, guildId)
  await expect.poll(async () => (await db.query('SELECT 1 FROM saved_query')).rowCount).toBe(1)
  expect(timesLost()).toBe(0)

  expect(await takeOver()).toMatchObject({ type: 'claimed' })
  const before = await contentsOf(db)
  for (const name of WRITES) {
    const lost = timesLost()
    await expect(operations[name](), name).rejects.toThrow(ArchiveUnavailable)
    expect(timesLost(), name).toBeGreaterThan(lost)
  }
  await expect(archive.takeQuery(guildId, number)).rejects.toThrow(ArchiveUnavailable)
  for (const operation of Object.values(operations)) await Promise.resolve(operation()).catch(() => {})
  expect(await contentsOf(db)).toEqual(before)
})

test('a process without a block writes nothing', async () => {
  const { db, archive, timesLost } = await openHeld()
  await expect(record(archive, '1')).rejects.toThrow(ArchiveUnavailable)
  expect(timesLost()).toBe(1)
  expect((await db.query('SELECT 1 FROM entry')).rowCount).toBe(0)
})

test('a process whose lease has ended goes on writing if nobody took its block', async () => {
  const { db, archive, claim, timesLost } = await openHeld()
  await claim()
  await db.query("UPDATE shard_lease SET expires_at = clock_timestamp() - interval '1 second'")
  await record(archive, '1')
  expect(timesLost()).toBe(0)
  expect((await db.query('SELECT 1 FROM entry')).rowCount).toBe(1)
})

test('a lease is renewed during a long write and during a vacuum', async () => {
  const { url, db, archive, claim, renew } = await openHeld()
  const watch = await connectClient(url)
  await claim()
  await record(archive, '1')
  await archive.beginErasing({ guildId: '5', upTo: '1', by: '7' })
  await archive.finishErasing('5')
  await db.query('BEGIN')
  await db.query('LOCK TABLE entry')
  const [written, vacuumed] = [record(archive, '2'), archive.vacuum('file')]
  await waitersReach(2, watch)
  expect(await renew()).toBe(true)
  await db.query('COMMIT')
  await written
  expect(await vacuumed).toBe(true)
})

test('a write that cannot begin leaves nothing behind on its connection', async () => {
  const { url, db, archive, claim } = await openHeld()
  await claim()
  const watch = await connectClient(url)
  await db.query('BEGIN')
  await db.query('SELECT 1 FROM shard_lease FOR UPDATE')
  const refused = expect(record(archive, '1')).rejects.toThrow(ArchiveUnavailable)
  await waitersReach(1, watch)
  await watch.query(
    "SELECT pg_cancel_backend(pid) FROM pg_stat_activity WHERE wait_event_type = 'Lock' AND datname = current_database()",
  )
  await refused
  await db.query('COMMIT')
  await record(archive, '2')
  expect((await db.query('SELECT 1 FROM entry')).rowCount).toBe(1)
})
