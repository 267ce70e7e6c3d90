import { chmodSync, copyFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { inspect } from 'node:util'
import { CompiledQuery, sql } from 'kysely'
import { afterAll, beforeAll, describe, expect, onTestFinished, test } from 'vitest'
import { parsePostgresUrl } from '../../../../src/archive/postgres/address/parse-url.ts'
import { PostgresConnection } from '../../../../src/archive/postgres/connection/connection.ts'
import { connect } from '../../../../src/archive/postgres/connection/connections.ts'
import { cannotOpen } from '../../../../src/archive/postgres/connection/open-errors.ts'
import type { SessionLimits } from '../../../../src/archive/postgres/connection/session.ts'
import { ArchiveUnavailable, OperatorError } from '../../../../src/core/errors.ts'
import { SILENT } from '../../../../src/core/log.ts'
import { giveToServer, PostgresServer } from '../../../support/postgres/own-server.ts'

const FIXTURES = join(import.meta.dirname, '../../../fixtures/tls')
const CA = join(FIXTURES, 'ca.pem')

let server: PostgresServer
beforeAll(async () => {
  server = await PostgresServer.start()
})
afterAll(() => server.remove())

function open(url = server.url()) {
  const connections = connect(parsePostgresUrl(url, 'DATABASE_URL'), SILENT)
  onTestFinished(async () => {
    await connections.close()
  })
  return connections
}

const SHORT: SessionLimits = { statement: 50, lock: 50, idleInTransaction: 50, silence: 50 }

function openOne(url = server.url(), limits: Partial<SessionLimits> = {}): PostgresConnection {
  const connection = new PostgresConnection(parsePostgresUrl(url, 'DATABASE_URL'), {
    ...SHORT,
    statement: 0,
    ...limits,
  })
  onTestFinished(async () => {
    connection.terminate()
    await connection.ended
  })
  return connection
}

/** Runs a statement on a connection of its own. */
async function run(statement: string, url = server.url()): Promise<unknown[]> {
  const connection = new PostgresConnection(parsePostgresUrl(url, 'DATABASE_URL'), { ...SHORT, statement: 0 })
  try {
    return (await connection.execute(CompiledQuery.raw(statement))).rows
  } finally {
    connection.close()
    await connection.ended
  }
}

/** The address of the server with another user, password or database. */
function urlWith(
  changes: Partial<Record<'username' | 'password' | 'pathname' | 'search' | 'hostname', string>>,
): string {
  return Object.assign(new URL(server.url()), changes).href
}

const PID = CompiledQuery.raw('SELECT pg_backend_pid() AS pid')

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
    const connection = openOne(server.url(), SHORT)
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
    await run(`CREATE TABLE IF NOT EXISTS named (name text PRIMARY KEY);
      INSERT INTO named VALUES ('a secret reason') ON CONFLICT DO NOTHING`)
    const error: unknown = await run(statement).catch((thrown: unknown) => thrown)
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

describe('a server that lets Custos in', () => {
  test('is told only what the address says, not what the environment does', async () => {
    const variables = {
      PGOPTIONS: '-c work_mem=1MB',
      PGAPPNAME: 'other',
      PGDATABASE: 'other',
      PGPASSWORD: 'other',
    }
    Object.assign(process.env, variables)
    onTestFinished(() => {
      for (const name of Object.keys(variables)) delete process.env[name]
    })
    const settings = `SELECT current_setting('application_name') AS name, current_setting('work_mem') AS memory,
      current_setting('jit') AS jit, current_setting('statement_timeout') AS timeout`
    expect(await run(settings)).toEqual([{ name: 'custos', memory: '4MB', jit: 'off', timeout: '0' }])
    const own = urlWith({ search: '?application_name=mine&options=-c%20work_mem=2MB' })
    expect(await run(settings, own)).toMatchObject([{ name: 'mine', memory: '2MB' }])
    await expect(run('SELECT 1', urlWith({ password: '' }))).rejects.toMatchObject({ code: '28P01' })
  })

  test('is the first of several that can be written', async () => {
    await run(
      `CREATE ROLE reader LOGIN PASSWORD 'secret'; ALTER ROLE reader SET default_transaction_read_only = on`,
    )
    const hosts = `postgres://reader:secret@127.0.0.1:1,127.0.0.1:${server.port}/postgres`
    expect(await run('SELECT 1 AS one', hosts)).toEqual([{ one: 1 }])
    await expect(run('SELECT 1', `${hosts}?target_session_attrs=read-write`)).rejects.toMatchObject({
      name: 'ArchiveUnavailable',
      message: 'PostgreSQL cannot be reached: The server is read-only.',
    })
  })

  test('may not be encrypted, unless the address asks for it', async () => {
    const encrypted = 'SELECT ssl FROM pg_stat_ssl WHERE pid = pg_backend_pid()'
    expect(await run(encrypted)).toEqual([{ ssl: false }])
    await expect(run(encrypted, urlWith({ search: '?sslmode=require' }))).rejects.toThrow(ArchiveUnavailable)
    await expect(run(encrypted, urlWith({ search: '?channel_binding=require' }))).rejects.toThrow(
      'The server does not offer channel binding.',
    )
  })
})

describe('a server that cannot be used', () => {
  test.each([
    [
      'because the password is wrong',
      { password: 'wrong' },
      `password authentication failed for user "custos". Check the password of the user custos in DATABASE_URL.`,
    ],
    [
      'because the database is missing',
      { pathname: 'other' },
      `database "other" does not exist. Create it, or correct DATABASE_URL: ` +
        `CREATE DATABASE other OWNER custos TEMPLATE template0 ENCODING 'UTF8'.`,
    ],
  ])('%s is named in a sentence that says what to do', async (_, changes, sentence) => {
    const url = urlWith(changes)
    const address = parsePostgresUrl(url, 'DATABASE_URL')
    const error: unknown = await run('SELECT 1', url).catch((thrown: unknown) => thrown)
    expect(error).toBeInstanceOf(ArchiveUnavailable)
    expect(cannotOpen(address, error)).toEqual(
      new OperatorError(
        `The archive, the database ${address}, cannot be opened. PostgreSQL cannot be reached: ${sentence}`,
      ),
    )
  })

  test('because nothing listens there is named, too', async () => {
    const url = 'postgres://custos:hidden@127.0.0.1:1/custos'
    const error: unknown = await run('SELECT 1', url).catch((thrown: unknown) => thrown)
    expect(cannotOpen(parsePostgresUrl(url, 'DATABASE_URL'), error)).toEqual(
      new OperatorError(
        'The archive, the database custos at 127.0.0.1:1, cannot be opened. PostgreSQL cannot be reached: ' +
          'connect ECONNREFUSED 127.0.0.1:1. Start it, or correct DATABASE_URL.',
      ),
    )
  })

  test('because its connections are all used fails the operation, and the next one tries again', async () => {
    await run(`CREATE ROLE lonely LOGIN PASSWORD 'secret' CONNECTION LIMIT 1`)
    const url = urlWith({ username: 'lonely', password: 'secret' })
    const first = openOne(url)
    await first.execute(PID)
    const { reader } = open(url)
    await expect(reader().executeQuery(PID)).rejects.toMatchObject({
      name: 'ArchiveUnavailable',
      code: '53300',
    })
    first.terminate()
    await first.ended
    const gone = `SELECT count(*) AS count FROM pg_stat_activity WHERE usename = 'lonely'`
    while ((await run(gone)).some((row) => inspect(row) !== '{ count: 0 }'));
    expect((await reader().executeQuery(PID)).rows).toHaveLength(1)
  })

  test('because it is a standby fails what is written, and the next operation opens another connection', async () => {
    await run(`CREATE ROLE standby LOGIN PASSWORD 'secret' SUPERUSER;
      ALTER ROLE standby SET default_transaction_read_only = on`)
    const connection = openOne(urlWith({ username: 'standby', password: 'secret' }))
    expect((await connection.execute(CompiledQuery.raw('SELECT 1 AS one'))).rows).toEqual([{ one: 1 }])
    expect(connection.isAlive).toBe(true)
    await expect(
      connection.execute(CompiledQuery.raw('CREATE TABLE written (id bigint)')),
    ).rejects.toMatchObject({
      name: 'ArchiveUnavailable',
      reason: 'unreachable',
      code: '25006',
    })
    expect(connection.isAlive).toBe(false)
  })
})

/** The last ones, because they change the server. */
describe('an encrypted connection', () => {
  beforeAll(async () => {
    for (const name of ['server.pem', 'server.key'])
      copyFileSync(join(FIXTURES, name), join(server.data, name))
    chmodSync(join(server.data, 'server.key'), 0o600)
    writeFileSync(
      join(server.data, 'pg_hba.conf'),
      'hostssl all all all scram-sha-256\nhostnossl all standby all password\n',
    )
    giveToServer(server.data)
    for (const setting of ["ssl_cert_file = 'server.pem'", "ssl_key_file = 'server.key'", 'ssl = on'])
      await run(`ALTER SYSTEM SET ${setting}`)
    await run('SELECT pg_reload_conf()')
  })

  const ENCRYPTED = 'SELECT ssl FROM pg_stat_ssl WHERE pid = pg_backend_pid()'
  const local = (search: string) => urlWith({ hostname: 'localhost', search })

  test.each([
    ['by default', ''],
    ['with allow, if the server wants it', '?sslmode=allow'],
    ['with require, whoever has signed its certificate', '?sslmode=require'],
    ['with verify-ca, whatever its name is', `?sslmode=verify-ca&sslrootcert=${CA}`],
    ['with direct negotiation', '?sslmode=require&sslnegotiation=direct'],
    ['bound to its channel', '?sslmode=require&channel_binding=require'],
  ])('is made %s', async (_, search) => {
    expect(await run(ENCRYPTED, urlWith({ search }))).toEqual([{ ssl: true }])
  })

  test('is made with verify-full if the certificate is for the host', async () => {
    expect(await run(ENCRYPTED, local(`?sslmode=verify-full&sslrootcert=${CA}`))).toEqual([{ ssl: true }])
    await expect(
      run(ENCRYPTED, urlWith({ search: `?sslmode=verify-full&sslrootcert=${CA}` })),
    ).rejects.toThrow("Hostname/IP does not match certificate's altnames")
  })

  test.each([
    ['verify-full needs an authority that is trusted', '?sslmode=verify-full'],
    [
      'require checks a certificate if there is one',
      `?sslmode=require&sslrootcert=${join(FIXTURES, 'server.pem')}`,
    ],
  ])('is not made if it cannot be verified: %s', async (_, search) => {
    await expect(run(ENCRYPTED, local(search))).rejects.toThrow(ArchiveUnavailable)
  })

  test('is not made without a channel binding that is required, and no password is sent', async () => {
    const url = urlWith({
      username: 'standby',
      password: 'secret',
      search: '?sslmode=disable&channel_binding=require',
    })
    await expect(run(ENCRYPTED, url)).rejects.toThrow('The server does not offer channel binding.')
  })

  test('can be canceled', async () => {
    const giveUp = new AbortController()
    const connection = openOne(urlWith({ search: '?sslmode=require' }))
    const before = (await connection.execute(PID)).rows
    const search = connection.execute(CompiledQuery.raw('SELECT pg_sleep(60)'), giveUp.signal)
    giveUp.abort(new Error('Nobody waits.'))
    await expect(search).rejects.toThrow('Nobody waits.')
    expect((await connection.execute(PID)).rows).toEqual(before)
  })
})
