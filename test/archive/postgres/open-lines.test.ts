import { expect, onTestFinished, test } from 'vitest'
import { parsePostgresUrl } from '../../../src/archive/postgres/address/parse-url.ts'
import { migrations } from '../../../src/archive/postgres/migrations/index.ts'
import { openArchive } from '../../../src/archive/postgres/open.ts'
import { connectClient } from '../../support/postgres/client.ts'
import { postgresDatabase } from '../../support/postgres/postgres-database.ts'
import { RecordedLog } from '../../support/recorded-log.ts'

/** What is logged when an archive is open. */
async function opened(url: string): Promise<object | undefined> {
  const address = parsePostgresUrl(url, 'the database')
  const log = new RecordedLog()
  const archive = await openArchive(address, log)
  onTestFinished(() => archive.close())
  expect(log.lines.map(({ message }) => message)).toEqual(['The archive is open.'])
  expect(JSON.stringify(log.lines)).not.toContain(address.password || 'no password')
  return log.lines[0]?.facts
}

test('the log says which database is open, with its schema and whether texts have indexes', async () => {
  const url = await postgresDatabase()
  const { hostname, port, pathname } = new URL(url)
  const facts = {
    archive: `${pathname.slice(1)} at ${hostname}:${port}`,
    database: expect.stringMatching(/^PostgreSQL \d+/),
    schema: Object.keys(migrations).at(-1),
  }
  expect(await opened(url)).toEqual({ ...facts, textIndexes: true })
  const db = await connectClient(url)
  await db.query('DROP INDEX entry_by_reason')
  expect(await opened(url)).toEqual({ ...facts, textIndexes: false })
})
