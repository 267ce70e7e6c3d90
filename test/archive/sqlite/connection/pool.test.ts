import { subscribe, unsubscribe } from 'node:diagnostics_channel'
import { join } from 'node:path'
import { CompiledQuery } from 'kysely'
import { describe, expect, onTestFinished, test } from 'vitest'
import { SqlitePool } from '../../../../src/archive/sqlite/connection/pool.ts'
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

function openPool(path: string, atEnd: AtEnd = onTestFinished): SqlitePool {
  const pool = new SqlitePool({ path, readOnly: false }, 1)
  atEnd(async () => {
    await pool.close()
  })
  return pool
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
    const connection = await pool.acquire()
    await expect(connection.executeQuery(countTo(1))).rejects.toThrow('unable to open database file')
    await connection.ended
    pool.release(connection)
    expect(started()).toBe(attempt)
  }
})

describe.concurrent('a pool', () => {
  test('a caller who waited for a connection whose thread ended gets a new one', async ({
    onTestFinished: atEnd,
  }) => {
    const pool = openPool(archiveFile(atEnd), atEnd)
    const first = await pool.acquire()
    const waiting = pool.acquire()
    first.terminate()
    await first.ended
    pool.release(first)
    const { rows } = await (await waiting).executeQuery(countTo(5))
    expect(rows).toEqual([{ steps: 5 }])
  })

  test('closing lets a running statement finish and rejects callers who wait', async ({
    onTestFinished: atEnd,
  }) => {
    const pool = openPool(archiveFile(atEnd), atEnd)
    const connection = await pool.acquire()
    const waiting = pool.acquire()
    const counted = connection.executeQuery(countTo(10_000)).finally(() => pool.release(connection))
    const closed = pool.close()
    await expect(waiting).rejects.toThrow('The archive is closed.')
    expect((await counted).rows).toEqual([{ steps: 10_000 }])
    expect(await closed).toBe(true)
    await expect(pool.acquire()).rejects.toThrow('The archive is closed.')
  })

  test('closing interrupts a search that does not end', async ({ onTestFinished: atEnd }) => {
    const pool = openPool(archiveFile(atEnd), atEnd)
    const connection = await pool.acquire()
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
    const connection = await pool.acquire()
    await connection.executeQuery(CompiledQuery.raw('PRAGMA busy_timeout = 60000'))
    const stopWriting = openElsewhere(path, 'writes', atEnd)
    const waiting = connection.executeQuery(CompiledQuery.raw('BEGIN IMMEDIATE'))
    const rejected = expect(waiting).rejects.toThrow('The archive is closed.')
    expect(await pool.close()).toBe(false)
    await rejected
    stopWriting()
    await connection.ended
  })
})
