import { inspect } from 'node:util'
import { CompiledQuery, sql } from 'kysely'
import { afterAll, describe, expect, onTestFinished, test } from 'vitest'
import { parsePostgresUrl } from '../../../../src/archive/postgres/address/parse-url.ts'
import { connect } from '../../../../src/archive/postgres/connection/connections.ts'
import { SILENT } from '../../../../src/core/log.ts'
import { openConnection, PID, run, SHORT } from '../../../support/postgres/connections.ts'
import { postgresDatabase } from '../../../support/postgres/postgres-database.ts'

const url = await postgresDatabase(afterAll)

function open() {
  const connections = connect(parsePostgresUrl(url, 'DATABASE_URL'), SILENT)
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

  test('is prepared once on a connection, and too many of them have the next operation open another', async () => {
    const { reader } = open()
    const prepared = sql<{
      count: number
    }>`SELECT count(*) AS count FROM pg_prepared_statements WHERE ${true}`
    for (let time = 0; time < 3; time++) await prepared.execute(reader())
    expect((await prepared.execute(reader())).rows).toEqual([{ count: 1 }])
    const pid = async () => (await reader().executeQuery(PID)).rows
    const before = await pid()
    for (let nth = 1; nth < 298; nth++) await sql.raw(`SELECT ${nth} AS number`).execute(reader())
    expect(await pid()).toEqual(before)
    await sql.raw('SELECT 298 AS number').execute(reader())
    expect(await pid()).not.toEqual(before)
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
    expect((await searcher('1').executeQuery(PID)).rows).toEqual(before)
  })

  test('that takes too long ends, and its connection can be used again', async () => {
    const connection = openConnection(url, SHORT)
    const { rows } = await connection.execute(PID)
    await expect(connection.execute(CompiledQuery.raw('SELECT pg_sleep(60)'))).rejects.toMatchObject({
      name: 'ArchiveUnavailable',
      reason: 'slow',
      code: '57014',
    })
    expect(connection.isAlive).toBe(true)
    expect((await connection.execute(PID)).rows).toEqual(rows)
  })

  test('waits for no search of another guild', async () => {
    const { searcher } = open()
    const giveUp = new AbortController()
    const searches = Array.from({ length: 5 }, () =>
      expect(sql`SELECT pg_sleep(60)`.execute(searcher('1', giveUp.signal))).rejects.toThrow('Enough.'),
    )
    expect((await sql`SELECT 1 AS one`.execute(searcher('2'))).rows).toEqual([{ one: 1 }])
    giveUp.abort(new Error('Enough.'))
    await Promise.all(searches)
  })
})

describe('an error of PostgreSQL', () => {
  test.each([
    ['a violated constraint', `INSERT INTO named VALUES ('a secret reason')`, '23505'],
    ['a value of the wrong type', `SELECT 'a secret reason'::bigint`, '22P02'],
  ])('about %s says what is wrong, without the values', async (_, statement, code) => {
    await run(
      url,
      `CREATE TABLE IF NOT EXISTS named (name text PRIMARY KEY);
      INSERT INTO named VALUES ('a secret reason') ON CONFLICT DO NOTHING`,
    )
    const error: unknown = await run(url, statement).catch((thrown: unknown) => thrown)
    expect(error).toMatchObject({ name: 'PostgresError', code, message: expect.stringContaining(code) })
    expect(inspect(error, { showHidden: true, depth: 9 })).not.toContain('a secret reason')
  })

  test('in a transaction is not hidden by the end of the transaction', async () => {
    const { writer } = open()
    const broken = writer()
      .transaction()
      .execute(async (transaction) => {
        await sql`SELECT 1 / 0`.execute(transaction).catch(() => {})
      })
    await expect(broken).rejects.toThrow('The transaction was rolled back: it had failed.')
  })
})
