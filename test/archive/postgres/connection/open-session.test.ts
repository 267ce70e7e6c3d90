import { chmodSync, copyFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { inspect } from 'node:util'
import { CompiledQuery } from 'kysely'
import { afterAll, beforeAll, describe, expect, onTestFinished, test } from 'vitest'
import { parsePostgresUrl } from '../../../../src/archive/postgres/address/parse-url.ts'
import { connect } from '../../../../src/archive/postgres/connection/connections.ts'
import { cannotOpen } from '../../../../src/archive/postgres/connection/open-errors.ts'
import { openArchive } from '../../../../src/archive/postgres/open.ts'
import { ArchiveUnavailable, messageOf, OperatorError } from '../../../../src/core/errors.ts'
import { SILENT } from '../../../../src/core/log.ts'
import { openConnection, PID, run as runOn } from '../../../support/postgres/connections.ts'
import { PostgresServer } from '../../../support/postgres/server.ts'
import { giveToServer } from '../../../support/postgres/server-user.ts'

const FIXTURES = join(import.meta.dirname, '../../../fixtures/tls')
const CA = join(FIXTURES, 'ca.pem')

let server: PostgresServer
beforeAll(async () => {
  server = await PostgresServer.start()
  await run(`
    CREATE ROLE reader LOGIN PASSWORD 'secret';
    ALTER ROLE reader SET default_transaction_read_only = on;
    CREATE ROLE standby LOGIN PASSWORD 'secret' SUPERUSER;
    ALTER ROLE standby SET default_transaction_read_only = on;
    CREATE ROLE lonely LOGIN PASSWORD 'secret' CONNECTION LIMIT 1`)
})
afterAll(() => server.remove())

const run = (statement: string, url = server.url()) => runOn(url, statement)

function open(url: string) {
  const connections = connect(parsePostgresUrl(url, 'DATABASE_URL'), SILENT)
  onTestFinished(async () => {
    await connections.close()
  })
  return connections
}

/** The address of the server with another user, password, database, host or other parameters. */
function urlWith(
  changes: Partial<Record<'username' | 'password' | 'pathname' | 'search' | 'hostname', string>>,
): string {
  return Object.assign(new URL(server.url()), changes).href
}

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

  test('runs transactions as Custos expects them, whatever it runs others as', async () => {
    const strict = urlWith({ search: '?options=-c%20default_transaction_isolation=serializable' })
    expect(await run('SHOW transaction_isolation', strict)).toEqual([
      { transaction_isolation: 'read committed' },
    ])
  })

  test('is the first of several that can be written', async () => {
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
        `CREATE DATABASE "other" OWNER "custos" TEMPLATE template0 ENCODING 'UTF8'.`,
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
          'connect ECONNREFUSED 127.0.0.1:1. Check that the server runs there, and that DATABASE_URL is right.',
      ),
    )
  })

  test('because its connections are all used fails the operation, and the next one tries again', async () => {
    const url = urlWith({ username: 'lonely', password: 'secret' })
    const first = openConnection(url)
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
    const connection = openConnection(urlWith({ username: 'standby', password: 'secret' }))
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
    for (const name of ['ca.pem', 'server.pem', 'server.key'])
      copyFileSync(join(FIXTURES, name), join(server.data, name))
    chmodSync(join(server.data, 'server.key'), 0o600)
    giveToServer(join(server.data, 'server.key'))
    writeFileSync(
      join(server.data, 'pg_hba.conf'),
      `hostssl all reader all scram-sha-256 clientcert=verify-ca
      hostssl all all all scram-sha-256
      hostnossl all standby all password
      local all all password
      `,
    )
    await server.stop()
    const certificate = {
      ssl: 'on',
      ssl_ca_file: 'ca.pem',
      ssl_cert_file: 'server.pem',
      ssl_key_file: 'server.key',
    }
    await server.start({ ...certificate, unix_socket_directories: server.data })
  })

  const ENCRYPTED = 'SELECT ssl FROM pg_stat_ssl WHERE pid = pg_backend_pid()'
  /** What a start says to the operator, and does not try again. */
  const refusal = async (url: string) => {
    const error: unknown = await openArchive(parsePostgresUrl(url, 'DATABASE_URL')).catch(
      (thrown: unknown) => thrown,
    )
    expect(error).toBeInstanceOf(OperatorError)
    return messageOf(error)
  }
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
    const url = urlWith({ search: `?sslmode=verify-full&sslrootcert=${CA}` })
    expect(await refusal(url)).toMatch(
      /Hostname\/IP does not match certificate's altnames: .* Name the server in DATABASE_URL as its certificate does\.$/,
    )
  })

  test.each([
    ['verify-full needs an authority that is trusted', '?sslmode=verify-full'],
    [
      'require checks a certificate if there is one',
      `?sslmode=require&sslrootcert=${join(FIXTURES, 'server.pem')}`,
    ],
  ])('is not made if it cannot be verified: %s', async (_, search) => {
    expect(await refusal(local(search))).toMatch(
      /certificate[a-z ]*\. Custos does not trust who signed .* as sslrootcert in DATABASE_URL\.$/,
    )
  })

  test('is not made without a channel binding that is required, and no password is sent', async () => {
    const url = urlWith({
      username: 'standby',
      password: 'secret',
      search: '?sslmode=disable&channel_binding=require',
    })
    await expect(run(ENCRYPTED, url)).rejects.toThrow('The server does not offer channel binding.')
  })

  test('shows a certificate of its own to a server that asks for it', async () => {
    const reader = (search: string) => urlWith({ username: 'reader', password: 'secret', search })
    const [certificate, key] = [join(FIXTURES, 'server.pem'), join(FIXTURES, 'server.key')]
    const shown = reader(`?sslmode=require&sslcert=${certificate}&sslkey=${key}`)
    expect(await run(ENCRYPTED, shown)).toEqual([{ ssl: true }])
    await expect(run(ENCRYPTED, reader('?sslmode=require'))).rejects.toThrow('valid client certificate')
    const missing = reader(`?sslmode=require&sslcert=${certificate}x&sslkey=${key}`)
    expect(await refusal(missing)).toMatch(
      /ENOENT: no such file .*\. Correct sslrootcert, sslcert or sslkey in DATABASE_URL\.$/,
    )
  })

  test('is not needed over a Unix socket', async () => {
    const search = `?sslmode=require&host=${encodeURIComponent(server.data)}&port=${server.port}`
    expect(await run(ENCRYPTED, urlWith({ search }))).toEqual([{ ssl: false }])
  })

  test.each([
    ['as one over TLS', '?sslmode=require'],
    ['as one over a Unix socket', '?host=SOCKET&port=PORT'],
  ])('can be canceled, %s', async (_, search) => {
    const giveUp = new AbortController()
    const filled = search
      .replace('SOCKET', encodeURIComponent(server.data))
      .replace('PORT', String(server.port))
    const connection = openConnection(urlWith({ search: filled }))
    const before = (await connection.execute(PID)).rows
    const sleep = connection.execute(CompiledQuery.raw('SELECT pg_sleep(60)'), giveUp.signal)
    giveUp.abort(new Error('Nobody waits.'))
    await expect(sleep).rejects.toThrow('Nobody waits.')
    expect((await connection.execute(PID)).rows).toEqual(before)
  })
})
