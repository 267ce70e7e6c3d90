import type { Client } from 'pg'
import { expect, test } from 'vitest'
import { LEASE_TIMES } from '../../../../src/sharding/lease-times.ts'
import { connectClient } from '../../../support/postgres/client.ts'
import { openHolder, TWO_BLOCKS } from '../../../support/postgres/leases.ts'
import { waitersReach } from '../../../support/postgres/lock-waiters.ts'
import { postgresDatabase } from '../../../support/postgres/postgres-database.ts'

const PLAN = { shardCount: 4, blockSize: 2 }

async function openLeases() {
  const url = await postgresDatabase()
  const db = await connectClient(url)
  return { url, db, process: () => openHolder(url) }
}

/** Lets every lease end, as if its holder had been gone for long. */
async function expire(db: Client): Promise<void> {
  await db.query("UPDATE shard_lease SET expires_at = clock_timestamp() - interval '1 second'")
}

async function heldBlocks(db: Client): Promise<unknown[]> {
  return (await db.query('SELECT block, shard_count, block_size FROM shard_lease ORDER BY block')).rows
}

test('processes that claim at once get a block each, and those beyond get none', async () => {
  const { process } = await openLeases()
  const wanted = { shardCount: 12, blockSize: 3, isFixed: false }
  const claims = await Promise.all(Array.from({ length: 6 }, () => process().claim(wanted)))
  const blocks = claims.flatMap((claim) => (claim.type === 'claimed' ? [claim.block] : []))
  expect(blocks.toSorted()).toEqual([0, 1, 2, 3])
  expect(claims.filter(({ type }) => type === 'none free')).toHaveLength(2)
})

test('the last block may have fewer shards, and no block is beyond the last shard', async () => {
  const { process } = await openLeases()
  const wanted = { shardCount: 5, blockSize: 2, isFixed: true }
  const claims = [await process().claim(wanted), await process().claim(wanted), await process().claim(wanted)]
  expect(claims.map(({ type }) => type)).toEqual(['claimed', 'claimed', 'claimed'])
  expect(await process().claim(wanted)).toMatchObject({ type: 'none free' })
})

test('a block whose lease has ended is claimed by another process, and its holder learns of it', async () => {
  const { db, process } = await openLeases()
  const [first, second] = [process(), process()]
  expect(await first.claim()).toEqual({ type: 'claimed', block: 0, plan: { ...TWO_BLOCKS } })
  await second.claim()
  const standby = process()
  expect(await standby.claim()).toMatchObject({ type: 'none free', plan: PLAN })
  await db.query(
    "UPDATE shard_lease SET expires_at = clock_timestamp() - interval '1 second' WHERE block = 0",
  )
  expect(await standby.claim()).toMatchObject({ type: 'claimed', block: 0, plan: PLAN })
  expect(await first.leases.renew()).toBe(false)
  expect(await second.leases.renew()).toBe(true)
})

test('a lease that has ended is renewed if nobody took the block', async () => {
  const { db, process } = await openLeases()
  const [holder, other] = [process(), process()]
  await holder.claim({ ...TWO_BLOCKS, shardCount: 2 })
  await expire(db)
  expect(await holder.leases.renew()).toBe(true)
  expect(await other.claim({ ...TWO_BLOCKS, shardCount: 2 })).toMatchObject({ type: 'none free' })
})

test('a process that may not take over yet leaves blocks whose lease has ended to their holders', async () => {
  const { db, process } = await openLeases()
  const [holder, other] = [process(), process()]
  expect(await holder.claim(TWO_BLOCKS, false)).toMatchObject({ type: 'claimed', block: 0 })
  await expire(db)
  expect(await other.claim(TWO_BLOCKS, false)).toEqual({ type: 'not yet' })
  expect(await other.claim({ shardCount: 3, blockSize: 3, isFixed: true }, false)).toEqual({
    type: 'not yet',
  })
  expect(await holder.leases.renew()).toBe(true)
  expect(await other.claim(TWO_BLOCKS, false)).toMatchObject({ type: 'claimed', block: 1 })
})

test('a block that is released is free at once', async () => {
  const { process } = await openLeases()
  const [first, second, standby] = [process(), process(), process()]
  await first.claim()
  await second.claim()
  await first.leases.release()
  expect(await standby.claim()).toMatchObject({ type: 'claimed', block: 0 })
  expect(await first.leases.renew()).toBe(false)
})

test('a process that did not get the answer to its claim gets the same block again', async () => {
  const { process } = await openLeases()
  const holder = process()
  await holder.claim()
  expect(await holder.claim()).toMatchObject({ type: 'claimed', block: 0, plan: PLAN })
})

test('a process takes the number of shards that others run with, unless its operator set another', async () => {
  const { process } = await openLeases()
  await process().claim()
  const plan = { type: 'other plan', plan: PLAN }
  expect(await process().claim({ shardCount: 6, blockSize: 2, isFixed: true })).toMatchObject(plan)
  expect(await process().claim({ shardCount: 6, blockSize: 3, isFixed: false })).toMatchObject(plan)
  expect(await process().claim({ shardCount: 6, blockSize: 2, isFixed: false })).toMatchObject({
    type: 'claimed',
    block: 1,
    plan: PLAN,
  })
})

test('another number of shards begins when no lease is left, and earlier holders do not come back', async () => {
  const { db, process } = await openLeases()
  const before = [process(), process()] as const
  for (const each of before) await each.claim()
  await expire(db)
  const wanted = { shardCount: 3, blockSize: 3, isFixed: true }
  expect(await process().claim(wanted)).toMatchObject({ type: 'claimed', block: 0 })
  expect(await heldBlocks(db)).toEqual([{ block: 0, shard_count: 3, block_size: 3 }])
  expect(await Promise.all(before.map(({ leases }) => leases.renew()))).toEqual([false, false])
})

test('a holder that renews its lease while another number of shards is about to begin keeps its block', async () => {
  const { url, db, process } = await openLeases()
  const watch = await connectClient(url)
  const holder = process()
  await holder.claim()
  await expire(db)
  await db.query('BEGIN')
  await db.query('SELECT 1 FROM shard_lease WHERE holder = $1 FOR KEY SHARE', [holder.holder])
  const claim = process().claim({ shardCount: 3, blockSize: 3, isFixed: true })
  await waitersReach(1, watch)
  expect(await holder.leases.renew()).toBe(true)
  await db.query('COMMIT')
  expect(await claim).toMatchObject({ type: 'other plan', plan: PLAN })
  expect(await holder.leases.renew()).toBe(true)
})

test('a process that serves every shard waits for holders, and takes the blocks of those that are gone', async () => {
  const { db, process } = await openLeases()
  const [holder, single] = [process(), process()]
  const { signal } = new AbortController()
  const endExpired = (mayTakeOver = true) => single.leases.endExpired({ mayTakeOver, signal })
  await holder.claim()
  expect(await endExpired()).toMatchObject({ type: 'other plan', plan: PLAN })
  expect(await holder.leases.renew()).toBe(true)
  await expire(db)
  expect(await endExpired(false)).toEqual({ type: 'not yet' })
  expect(await endExpired()).toEqual({ type: 'none held' })
  expect(await holder.leases.renew()).toBe(false)
})

test('a clock of the database that was set back keeps no block from being claimed', async () => {
  const { db, process } = await openLeases()
  await process().claim()
  await db.query("UPDATE shard_lease SET expires_at = clock_timestamp() + interval '1 hour'")
  expect(await process().claim()).toMatchObject({ type: 'claimed', block: 0 })
})

test('a block is not taken while a transaction of its holder is in progress', async () => {
  const { db, process } = await openLeases()
  const holder = process()
  const wanted = { ...TWO_BLOCKS, shardCount: 2 }
  await holder.claim(wanted)
  await db.query('BEGIN')
  await db.query('SELECT 1 FROM shard_lease WHERE holder = $1 FOR KEY SHARE', [holder.holder])
  // A renewal waits for no transaction.
  expect(await holder.leases.renew()).toBe(true)
  await db.query('COMMIT')
  await expire(db)
  await db.query('BEGIN')
  await db.query('SELECT 1 FROM shard_lease WHERE holder = $1 FOR KEY SHARE', [holder.holder])
  const standby = process()
  expect(await standby.claim(wanted)).toMatchObject({ type: 'none free' })
  await db.query('COMMIT')
  expect(await standby.claim(wanted)).toMatchObject({ type: 'claimed', block: 0 })
})

test('a block is released only after the last transaction of its holder', async () => {
  const { url, db, process } = await openLeases()
  const watch = await connectClient(url)
  const [holder, standby] = [process(), process()]
  const wanted = { ...TWO_BLOCKS, shardCount: 2 }
  await holder.claim(wanted)
  await db.query('BEGIN')
  await db.query('SELECT 1 FROM shard_lease WHERE holder = $1 FOR KEY SHARE', [holder.holder])
  const released = holder.leases.release()
  await waitersReach(1, watch)
  expect(await standby.claim(wanted)).toMatchObject({ type: 'none free' })
  await db.query('COMMIT')
  await released
  expect(await standby.claim(wanted)).toMatchObject({ type: 'claimed' })
})

test('a process that stops gives up its claim', async () => {
  const { url, db, process } = await openLeases()
  const watch = await connectClient(url)
  const { leases } = process()
  const stopped = new AbortController()
  await db.query('BEGIN')
  await db.query('LOCK TABLE shard_lease')
  const claim = leases.claim(TWO_BLOCKS, { mayTakeOver: true, signal: stopped.signal })
  await waitersReach(1, watch)
  stopped.abort()
  await expect(claim).rejects.toBe(stopped.signal.reason)
  await db.query('COMMIT')
  expect(await heldBlocks(db)).toEqual([])
})

test('an IDENTIFY is reserved once in its interval among those of all processes, apart from other remainders', async () => {
  const { db, process } = await openLeases()
  const [one, other] = [process(), process()]
  const waits = await Promise.all([one, other, one, other].map(({ leases }) => leases.reserveIdentify(0)))
  expect(waits.filter((wait) => wait === 0)).toHaveLength(1)
  for (const wait of waits.filter((wait) => wait > 0)) {
    expect(wait).toBeGreaterThan(LEASE_TIMES.identify - 2000)
    expect(wait).toBeLessThanOrEqual(LEASE_TIMES.identify)
  }
  expect(await other.leases.reserveIdentify(1)).toBe(0)
  await db.query(`UPDATE identify SET at = at - interval '${LEASE_TIMES.identify} milliseconds'`)
  expect(await other.leases.reserveIdentify(0)).toBe(0)
  await db.query("UPDATE identify SET at = at + interval '1 hour'")
  expect(await one.leases.reserveIdentify(0)).toBe(0)
})

test('an IDENTIFY that another process reserves at the same moment is tried again, however long ago the last one was', async () => {
  const { url, db, process } = await openLeases()
  const watch = await connectClient(url)
  await db.query("INSERT INTO identify VALUES (0, clock_timestamp() - interval '1 year')")
  await db.query('BEGIN')
  await db.query('UPDATE identify SET at = clock_timestamp()')
  const wait = process().leases.reserveIdentify(0)
  await waitersReach(1, watch)
  await db.query('COMMIT')
  expect(await wait).toBeGreaterThan(0)
})
