import { subscribe, unsubscribe } from 'node:diagnostics_channel'
import { join } from 'node:path'
import { CompiledQuery } from 'kysely'
import { expect, onTestFinished, test } from 'vitest'
import { SqlitePool } from '../../../../src/archive/sqlite/connection/pool.ts'
import { archiveFile } from '../../../support/archive-file.ts'

/** What SQLite counts by itself, without a word to JavaScript, for so many steps. */
function counting(steps: number): CompiledQuery {
  return CompiledQuery.raw(
    `WITH RECURSIVE step (nth) AS (SELECT 1 UNION ALL SELECT nth + 1 FROM step WHERE nth < ${steps})
    SELECT count(*) AS steps FROM step`,
  )
}

/** What never ends, with a search in each step. */
const SEARCH = CompiledQuery.raw(
  `WITH RECURSIVE step (nth) AS (SELECT 1 UNION ALL SELECT nth + 1 FROM step)
  SELECT count(*) FROM step WHERE contains('reason ' || nth, 'zebra')`,
)

function openPool(path = archiveFile()): SqlitePool {
  const pool = new SqlitePool({ path, readOnly: false }, 1)
  onTestFinished(async () => {
    await pool.close()
  })
  return pool
}

function threadsBegun(): () => number {
  let begun = 0
  const onThread = () => {
    begun++
  }
  subscribe('worker_threads', onThread)
  onTestFinished(() => {
    unsubscribe('worker_threads', onThread)
  })
  return () => begun
}

test('a thread that ends at once every time begins once for each who asks, and not by itself', async () => {
  const begun = threadsBegun()
  const pool = openPool(join(archiveFile(), 'in a folder that is not there'))
  for (let asked = 1; asked <= 4; asked++) {
    const connection = await pool.acquire()
    await expect(connection.executeQuery(counting(1))).rejects.toThrow('unable to open database file')
    await connection.ended
    pool.release(connection)
    expect(begun()).toBe(asked)
  }
})

test('whoever waits in line behind a thread that ends gets a living one', async () => {
  const pool = openPool()
  const first = await pool.acquire()
  const waiting = pool.acquire()
  first.terminate()
  await first.ended
  pool.release(first)
  const { rows } = await (await waiting).executeQuery(counting(5))
  expect(rows).toEqual([{ steps: 5 }])
})

test('closing lets a statement that is under way finish, and turns away who waits in line', async () => {
  const pool = openPool()
  const connection = await pool.acquire()
  const waiting = pool.acquire()
  const counted = connection.executeQuery(counting(10_000)).finally(() => pool.release(connection))
  const closed = pool.close()
  await expect(waiting).rejects.toThrow('The archive is closed.')
  expect((await counted).rows).toEqual([{ steps: 10_000 }])
  expect(await closed).toBe(true)
  await expect(pool.acquire()).rejects.toThrow('The archive is closed.')
})

test('closing breaks off a search that does not end', async () => {
  const pool = openPool()
  const connection = await pool.acquire()
  const search = connection.executeQuery(SEARCH)
  const ended = expect(search).rejects.toThrow('The archive is closed.')
  expect(await pool.close()).toBe(true)
  await ended
})

test('closing does not wait for what SQLite cannot break off, and tells that its thread is still there', async () => {
  const pool = openPool()
  const connection = await pool.acquire()
  const count = connection.executeQuery(counting(12_000_000))
  const ended = expect(count).rejects.toThrow('The archive is closed.')
  expect(await pool.close()).toBe(false)
  await ended
})
