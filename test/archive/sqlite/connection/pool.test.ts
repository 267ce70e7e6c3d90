import { subscribe, unsubscribe } from 'node:diagnostics_channel'
import { join } from 'node:path'
import { CompiledQuery } from 'kysely'
import { describe, expect, onTestFinished, test } from 'vitest'
import type { Turn } from '../../../../src/archive/connection/loan.ts'
import { ConnectionPool, type PoolSize } from '../../../../src/archive/connection/pool.ts'
import { SqliteConnection } from '../../../../src/archive/sqlite/connection/connection.ts'
import { memoryPool } from '../../../../src/archive/sqlite/connection/connections.ts'
import { archiveFile } from '../../../support/archive/archive-file.ts'
import { openElsewhere } from '../../../support/archive/traces.ts'
import type { AtEnd } from '../../../support/at-end.ts'

/** A query that SQLite runs for so many steps without calling into JavaScript. */
function countTo(steps: number): CompiledQuery {
  return CompiledQuery.raw(
    `WITH RECURSIVE step (nth) AS (SELECT 1 UNION ALL SELECT nth + 1 FROM step WHERE nth < ${steps})
    SELECT count(*) AS steps FROM step`,
  )
}

/** A query that never ends and calls into JavaScript at each step. */
const SEARCH = CompiledQuery.raw(
  `WITH RECURSIVE step (nth) AS (SELECT 1 UNION ALL SELECT nth + 1 FROM step)
  SELECT count(*) FROM step WHERE contains('reason ' || nth, 'zebra')`,
)

const ONE: PoolSize = { most: 1, idleTimeout: 60_000, grace: 600 }

/** For what ends by itself, on a busy machine too. */
const PATIENT = 30_000

function openPool(path: string, atEnd: AtEnd = onTestFinished, size: Partial<PoolSize> = {}): ConnectionPool {
  const pool = new ConnectionPool(() => new SqliteConnection({ path, readOnly: false }), { ...ONE, ...size })
  atEnd(async () => {
    await pool.close()
  })
  return pool
}

let operations = 0

/** The turn of the next operation of a guild. */
function turnOf(guildId: string | undefined, signal?: AbortSignal): Turn {
  return { guildId, signal, number: ++operations }
}

function countStartedThreads(): () => number {
  let started = 0
  const onThread = () => {
    started++
  }
  subscribe('worker_threads', onThread)
  onTestFinished(() => {
    unsubscribe('worker_threads', onThread)
  })
  return () => started
}

test('a thread that always ends at once starts once for each caller, and not by itself', async () => {
  const started = countStartedThreads()
  const pool = openPool(join(archiveFile(), 'in a folder that is not there'))
  for (let attempt = 1; attempt <= 4; attempt++) {
    const connection = await pool.acquire(turnOf('1'))
    await expect(connection.executeQuery(countTo(1))).rejects.toThrow('unable to open database file')
    await connection.connection.ended
    pool.release(connection)
    expect(started()).toBe(attempt)
  }
})

describe.concurrent('a pool', () => {
  test('a caller who waited for a connection whose thread ended gets a new one', async ({
    onTestFinished: atEnd,
  }) => {
    const pool = openPool(archiveFile(atEnd), atEnd)
    const first = await pool.acquire(turnOf('1'))
    const waiting = pool.acquire(turnOf('1'))
    first.connection.terminate()
    await first.connection.ended
    pool.release(first)
    const { rows } = await (await waiting).executeQuery(countTo(5))
    expect(rows).toEqual([{ steps: 5 }])
  })

  test('guilds take turns, and the operation of a guild that began first goes first', async ({
    onTestFinished: atEnd,
  }) => {
    const pool = openPool(archiveFile(atEnd), atEnd)
    const order: string[] = []
    const [first, second] = [turnOf('1'), turnOf('1')]
    const use = async (what: string, turn: Turn) => {
      const loan = await pool.acquire(turn)
      order.push(what)
      pool.release(loan)
    }
    const held = await pool.acquire(turnOf('1'))
    const used = [
      use('second of guild 1', second),
      use('first of guild 1', first),
      use('first of guild 1 again', first),
      use('guild 2', turnOf('2')),
      use('no guild', turnOf(undefined)),
      use('no guild either', turnOf(undefined)),
    ]
    pool.release(held)
    await Promise.all(used)
    expect(order).toEqual([
      'first of guild 1',
      'guild 2',
      'no guild',
      'no guild either',
      'first of guild 1 again',
      'second of guild 1',
    ])
  })

  test('a guild has no more connections than it may, while others have theirs', async ({
    onTestFinished: atEnd,
  }) => {
    const pool = openPool(archiveFile(atEnd), atEnd, { most: 2, perGuild: 1 })
    const searching = await pool.acquire(turnOf('1'))
    const order: string[] = []
    const next = pool.acquire(turnOf('1')).then(() => order.push('guild 1 again'))
    const other = await pool.acquire(turnOf('2'))
    order.push('guild 2')
    pool.release(other)
    const third = await pool.acquire(turnOf('3'))
    order.push('guild 3')
    pool.release(searching)
    await next
    expect(order).toEqual(['guild 2', 'guild 3', 'guild 1 again'])
    pool.release(third)
  })

  test('a caller who gives up no longer waits', async ({ onTestFinished: atEnd }) => {
    const pool = openPool(archiveFile(atEnd), atEnd)
    const held = await pool.acquire(turnOf('1'))
    const giveUp = new AbortController()
    const waiting = pool.acquire(turnOf('1', giveUp.signal))
    const patient = pool.acquire(turnOf('1'))
    const reason = new Error('Nobody waits.')
    giveUp.abort(reason)
    await expect(waiting).rejects.toBe(reason)
    await expect(pool.acquire(turnOf('1', giveUp.signal))).rejects.toBe(reason)
    pool.release(held)
    const { rows } = await (await patient).executeQuery(countTo(5))
    expect(rows).toEqual([{ steps: 5 }])
  })

  test('a running search that is given up ends, and its connection can be used again', async ({
    onTestFinished: atEnd,
  }) => {
    const pool = openPool(archiveFile(atEnd), atEnd)
    const giveUp = new AbortController()
    const searching = await pool.acquire(turnOf('1', giveUp.signal))
    const search = searching.executeQuery(SEARCH)
    const reason = new Error('Nobody waits.')
    giveUp.abort(reason)
    await expect(search).rejects.toBe(reason)
    await expect(searching.executeQuery(countTo(1))).rejects.toBe(reason)
    pool.release(searching)
    const next = await pool.acquire(turnOf('1'))
    expect(next.connection).toBe(searching.connection)
    const found = CompiledQuery.raw(`SELECT contains('A zebra', 'zebra') AS found`)
    expect((await next.executeQuery(found)).rows).toEqual([{ found: 1 }])
  })

  test('a thread that is idle for too long ends, and the next operation starts another', async ({
    onTestFinished: atEnd,
  }) => {
    const pool = openPool(archiveFile(atEnd), atEnd, { idleTimeout: 0 })
    const first = await pool.acquire(turnOf('1'))
    await first.executeQuery(countTo(1))
    pool.release(first)
    await first.connection.ended
    expect(pool.hasEnded).toBe(true)
    const { rows } = await (await pool.acquire(turnOf('1'))).executeQuery(countTo(5))
    expect(rows).toEqual([{ steps: 5 }])
  })

  test('the thread of a database in memory does not end when it is idle', async ({
    onTestFinished: atEnd,
  }) => {
    const pool = memoryPool()
    atEnd(async () => {
      await pool.close()
    })
    const first = await pool.acquire(turnOf('1'))
    await first.executeQuery(CompiledQuery.raw('CREATE TABLE kept (id)'))
    pool.release(first)
    // A timer that is as short as there is ends the thread of a file.
    const other = openPool(archiveFile(atEnd), atEnd, { idleTimeout: 0 })
    const ending = await other.acquire(turnOf('1'))
    other.release(ending)
    await ending.connection.ended
    const { rows } = await (await pool.acquire(turnOf('1'))).executeQuery(
      CompiledQuery.raw('SELECT * FROM kept'),
    )
    expect(rows).toEqual([])
  })

  test('if a thread with eight operations ends, each of them fails, and those who waited share a new one', async ({
    onTestFinished: atEnd,
  }) => {
    const pool = openPool(archiveFile(atEnd), atEnd, { shared: 8 })
    const acquire = (count: number) => Array.from({ length: count }, () => pool.acquire(turnOf('1')))
    const eight = await Promise.all(acquire(8))
    const waiting = acquire(8)
    const results = eight.map((loan) =>
      loan.executeQuery(countTo(1_000_000)).finally(() => pool.release(loan)),
    )
    eight[0]?.connection.terminate()
    expect((await Promise.allSettled(results)).map(({ status }) => status)).toEqual(Array(8).fill('rejected'))
    const next = await Promise.all(waiting)
    expect(new Set(next.map(({ connection }) => connection)).size).toBe(1)
    const { rows } = (await next[7]?.executeQuery(countTo(5))) ?? {}
    expect(rows).toEqual([{ steps: 5 }])
  })

  test('an operation that is given up does not end the others on its connection', async ({
    onTestFinished: atEnd,
  }) => {
    const pool = openPool(archiveFile(atEnd), atEnd, { shared: 8 })
    const over = new AbortController()
    const [given, other] = await Promise.all([
      pool.acquire(turnOf('1', over.signal)),
      pool.acquire(turnOf('2')),
    ])
    const first = given.executeQuery(countTo(100_000))
    const second = other.executeQuery(countTo(10))
    over.abort(new Error('Nobody waits.'))
    await expect(given.executeQuery(countTo(1))).rejects.toThrow('Nobody waits.')
    expect((await first).rows).toEqual([{ steps: 100_000 }])
    expect((await second).rows).toEqual([{ steps: 10 }])
  })

  test('closing waits for every operation that shares a connection', async ({ onTestFinished: atEnd }) => {
    const pool = openPool(archiveFile(atEnd), atEnd, { shared: 8, grace: PATIENT })
    const [first, second] = await Promise.all([pool.acquire(turnOf('1')), pool.acquire(turnOf('2'))])
    pool.release(first)
    const closed = pool.close()
    expect((await second.executeQuery(countTo(10))).rows).toEqual([{ steps: 10 }])
    pool.release(second)
    expect(await closed).toBe(true)
  })

  test('closing lets a running statement finish and rejects callers who wait', async ({
    onTestFinished: atEnd,
  }) => {
    const pool = openPool(archiveFile(atEnd), atEnd, { grace: PATIENT })
    const connection = await pool.acquire(turnOf('1'))
    const waiting = pool.acquire(turnOf('1'))
    const counted = connection.executeQuery(countTo(10_000)).finally(() => pool.release(connection))
    const closed = pool.close()
    await expect(waiting).rejects.toThrow('The archive is closed.')
    expect((await counted).rows).toEqual([{ steps: 10_000 }])
    expect(await closed).toBe(true)
    await expect(pool.acquire(turnOf('1'))).rejects.toThrow('The archive is closed.')
  })

  test('closing interrupts a search that does not end', async ({ onTestFinished: atEnd }) => {
    const pool = openPool(archiveFile(atEnd), atEnd)
    const connection = await pool.acquire(turnOf('1'))
    const search = connection.executeQuery(SEARCH)
    const ended = expect(search).rejects.toThrow('The archive is closed.')
    expect(await pool.close()).toBe(true)
    await ended
  })

  test('closing does not wait for a statement that cannot be interrupted, and returns that its thread is left', async ({
    onTestFinished: atEnd,
  }) => {
    const path = archiveFile(atEnd)
    const pool = openPool(path, atEnd)
    const connection = await pool.acquire(turnOf('1'))
    await connection.executeQuery(CompiledQuery.raw('PRAGMA busy_timeout = 60000'))
    const stopWriting = openElsewhere(path, 'writes', atEnd)
    const waiting = connection.executeQuery(CompiledQuery.raw('BEGIN IMMEDIATE'))
    const rejected = expect(waiting).rejects.toThrow('The archive is closed.')
    expect(await pool.close()).toBe(false)
    await rejected
    stopWriting()
    await connection.connection.ended
  })
})
