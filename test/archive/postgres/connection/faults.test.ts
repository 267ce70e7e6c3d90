import { setImmediate as immediate } from 'node:timers/promises'
import { CompiledQuery, sql } from 'kysely'
import { afterAll, beforeAll, expect, onTestFinished, test } from 'vitest'
import { parsePostgresUrl } from '../../../../src/archive/postgres/address/parse-url.ts'
import { connect } from '../../../../src/archive/postgres/connection/connections.ts'
import { SILENT } from '../../../../src/core/log.ts'
import { openConnection, SHORT } from '../../../support/postgres/connections.ts'
import { PostgresServer } from '../../../support/postgres/server.ts'
import { SilentProxy } from '../../../support/postgres/silent-proxy.ts'

let server: PostgresServer
beforeAll(async () => {
  server = await PostgresServer.start()
})
afterAll(() => server.remove())

function open() {
  const connections = connect(parsePostgresUrl(server.url(), 'DATABASE_URL'), SILENT)
  onTestFinished(async () => {
    await connections.close()
  })
  return connections
}

const UNREACHABLE = { name: 'ArchiveUnavailable', reason: 'unreachable' }

test('a connection that is cut in the middle of a transaction rolls it back, and the next one has another', async () => {
  const { writer, reader } = open()
  await sql`CREATE TABLE cut (id bigint)`.execute(writer())
  const transaction = writer()
    .transaction()
    .execute(async (transaction) => {
      await sql`INSERT INTO cut VALUES (1)`.execute(transaction)
      await sql`SELECT pg_terminate_backend(pg_backend_pid())`.execute(transaction)
    })
  await expect(transaction).rejects.toMatchObject({ ...UNREACHABLE, code: '57P01' })
  await writer()
    .transaction()
    .execute((transaction) => sql`INSERT INTO cut VALUES (2)`.execute(transaction))
  expect((await sql`SELECT id FROM cut`.execute(reader())).rows).toEqual([{ id: 2 }])
})

test('an idle connection that is cut is replaced without an error', async () => {
  const { reader, writer } = open()
  const pids = sql<{ pid: number }>`SELECT pg_backend_pid() AS pid`
  const [before] = (await pids.execute(reader())).rows
  await sql`SELECT pg_terminate_backend(${before?.pid}::int, 5000)`.execute(writer())
  // The end of the connection is read after the answer that the server has ended it.
  await immediate()
  const [after] = (await pids.execute(reader())).rows
  expect(after?.pid).not.toBe(before?.pid)
})

test('a killed server fails what runs and what follows, until it is started again with all that was committed', async () => {
  const { writer, reader } = open()
  await sql`CREATE TABLE killed (id bigint)`.execute(writer())
  await sql`INSERT INTO killed VALUES (1)`.execute(writer())
  const written = Promise.withResolvers<void>()
  const transaction = writer('1')
    .transaction()
    .execute(async (transaction) => {
      await sql`INSERT INTO killed VALUES (2)`.execute(transaction)
      written.resolve()
      await sql`SELECT pg_sleep(60)`.execute(transaction)
    })
  const rejected = expect(transaction).rejects.toMatchObject(UNREACHABLE)
  await written.promise
  await server.stop('SIGKILL')
  await rejected
  const refused = { ...UNREACHABLE, code: 'ECONNREFUSED' }
  await expect(sql`SELECT 1`.execute(reader())).rejects.toMatchObject(refused)
  await server.start()
  expect((await sql`SELECT id FROM killed`.execute(reader())).rows).toEqual([{ id: 1 }])
})

test('when the network falls silent, a statement fails after its time, one that is given up after a second, and a new connection after its own time', async () => {
  const proxy = await SilentProxy.start(server.port)
  onTestFinished(() => proxy.stop())
  const url = Object.assign(new URL(server.url()), {
    port: String(proxy.port),
    search: '?connect_timeout=1',
  }).href
  const open = (limits = SHORT) => openConnection(url, limits)
  const one = CompiledQuery.raw('SELECT 1 AS one')
  const [first, second] = [open(), open({ ...SHORT, statement: 0 })]
  await Promise.all([first.execute(one), second.execute(one)])
  proxy.isSilent = true
  const giveUp = new AbortController()
  const given = Promise.allSettled([second.execute(one, giveUp.signal)])
  await expect(first.execute(one)).rejects.toMatchObject({
    ...UNREACHABLE,
    message: 'PostgreSQL cannot be reached: The server did not answer within 0.1 seconds.',
  })
  expect(first.isAlive).toBe(false)
  await first.ended
  const reason = new Error('Nobody waits.')
  giveUp.abort(reason)
  const third = open()
  await expect(third.execute(one)).rejects.toMatchObject({
    ...UNREACHABLE,
    message: `PostgreSQL cannot be reached: 127.0.0.1:${proxy.port} did not answer within 1 seconds.`,
  })
  await third.ended
  expect(await given).toEqual([{ status: 'rejected', reason }])
  await second.ended
})
