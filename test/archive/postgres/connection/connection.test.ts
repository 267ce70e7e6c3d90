import { sql } from 'kysely'
import { afterAll, beforeAll, describe, expect, onTestFinished, test } from 'vitest'
import { parsePostgresUrl } from '../../../../src/archive/postgres/address/parse-url.ts'
import { connect } from '../../../../src/archive/postgres/connection/connections.ts'
import { PostgresServer } from '../../../support/postgres/own-server.ts'
import { RecordedLog } from '../../../support/recorded-log.ts'

let server: PostgresServer
beforeAll(async () => {
  server = await PostgresServer.start()
})
afterAll(() => server.remove())

function open(log = new RecordedLog()) {
  const connections = connect(parsePostgresUrl(server.url(), 'DATABASE_URL'), log)
  onTestFinished(async () => {
    await connections.close()
  })
  return connections
}

describe('a statement on PostgreSQL', () => {
  test('returns integers as numbers, and JSON as the text that was stored', async () => {
    const { rows } = await sql`
      SELECT ${7n}::bigint AS id, '{"b": 1,  "a":2}'::json AS json, sum(part) AS sum
      FROM (VALUES (1::bigint), (2)) AS parts (part)`.execute(open().reader())
    expect(rows).toEqual([{ id: 7, json: '{"b": 1,  "a":2}', sum: 3 }])
  })

  test('fails rather than returning an id as a number that is not exact', async () => {
    const id = sql`SELECT ${9_007_199_254_740_993n}::bigint AS id`.execute(open().reader())
    await expect(id).rejects.toThrow(new RangeError('A number from PostgreSQL is not a safe integer.'))
  })

  test('is canceled on the server when nobody waits for it, and its connection can be used again', async () => {
    const { searcher } = open()
    const giveUp = new AbortController()
    const search = sql`SELECT pg_sleep(60)`.execute(searcher('1', giveUp.signal))
    const running = sql<{ pid: number }>`
      SELECT pid FROM pg_stat_activity WHERE query = 'SELECT pg_sleep(60)' AND state = 'active'`
    let before: { pid: number }[] = []
    while (before.length === 0) before = (await running.execute(searcher('2'))).rows
    const reason = new Error('Nobody waits.')
    giveUp.abort(reason)
    await expect(search).rejects.toBe(reason)
    expect((await running.execute(searcher('2'))).rows).toEqual([])
    const next = await sql`SELECT pg_backend_pid() AS pid`.execute(searcher('1'))
    expect(next.rows).toEqual(before)
  })
})
