import { expect, test } from 'vitest'
import { parsePostgresUrl } from '../../../src/archive/postgres/address/parse-url.ts'
import { connect } from '../../../src/archive/postgres/connection/connections.ts'
import { reserveForMove, showInUse } from '../../../src/archive/postgres/in-use.ts'
import { openArchive } from '../../../src/archive/postgres/open.ts'
import { SILENT } from '../../../src/core/log.ts'
import { connectClient } from '../../support/postgres/client.ts'
import { waitersReach } from '../../support/postgres/lock-waiters.ts'
import { postgresDatabase } from '../../support/postgres/postgres-database.ts'
import { RecordedLog } from '../../support/recorded-log.ts'

test('an archive is open in several processes or moved, never both', async () => {
  const address = parsePostgresUrl(await postgresDatabase(), 'the database')
  const connections = connect(address, SILENT)
  await connections
    .maintainer()
    .connection()
    .execute(async (session) => {
      const archives = [await openArchive(address), await openArchive(address)]
      await expect(reserveForMove(session, 'the database')).rejects.toThrow('is in use by a Custos')
      for (const archive of archives) await archive.close()
      await reserveForMove(session, 'the database')
      await expect(openArchive(address)).rejects.toThrow(
        /^An archive is being moved from the database custos_test_/,
      )
    })
  await connections.close()
  const archive = await openArchive(address)
  await archive.close()
})

test('a move that began while the session was lost is reported, and the archive shows that it is in use after that', async () => {
  const url = await postgresDatabase()
  const log = new RecordedLog()
  const inUse = await showInUse(parsePostgresUrl(url, 'the database'), log, 10)
  const [db, mover] = [await connectClient(url), await connectClient(url)]
  const holders = `
    FROM pg_locks WHERE locktype = 'advisory' AND mode = 'ShareLock'
      AND database = (SELECT oid FROM pg_database WHERE datname = current_database())`
  const key = "1129665615, hashtext('public')"
  const moving = mover.query(`SELECT pg_advisory_lock(${key})`)
  await waitersReach(1, db)
  await db.query(`SELECT pg_terminate_backend(pid) ${holders}`)
  await moving
  await expect
    .poll(() => log.lines.map(({ level, message }) => `${level}: ${message}`))
    .toContainEqual(expect.stringMatching(/^error: The archive is being moved while Custos uses it/))
  await mover.query(`SELECT pg_advisory_unlock(${key})`)
  await expect.poll(async () => (await db.query(`SELECT pid ${holders}`)).rows).toHaveLength(1)
  await inUse.release()
})
