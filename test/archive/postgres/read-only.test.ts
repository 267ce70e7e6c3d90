import { expect, onTestFinished, test } from 'vitest'
import { parsePostgresUrl } from '../../../src/archive/postgres/address/parse-url.ts'
import { openArchive } from '../../../src/archive/postgres/open.ts'
import { connectClient } from '../../support/postgres/client.ts'
import { postgresDatabase } from '../../support/postgres/postgres-database.ts'

test('an archive whose database is read-only cannot be written, and is found out', async () => {
  const url = await postgresDatabase(onTestFinished)
  const address = parsePostgresUrl(url, 'the database')
  const archive = await openArchive(address)
  onTestFinished(() => archive.close())
  await archive.checkWritable()
  const admin = await connectClient(url)
  const { rows } = await admin.query('SELECT current_database() AS name')
  const name = admin.escapeIdentifier(String(rows[0].name))
  await admin.query(`ALTER DATABASE ${name} SET default_transaction_read_only = on`)
  await admin.query(
    'SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE datname = current_database() AND pid <> pg_backend_pid()',
  )
  // The first attempt may find that its connection is gone.
  await archive.checkWritable().catch(() => {})
  await expect(archive.checkWritable()).rejects.toMatchObject({ name: 'ArchiveUnavailable', code: '25006' })
})
