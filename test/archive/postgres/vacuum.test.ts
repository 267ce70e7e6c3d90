import { expect, test } from 'vitest'
import { parsePostgresUrl } from '../../../src/archive/postgres/address/parse-url.ts'
import { openArchive } from '../../../src/archive/postgres/open.ts'
import { forget } from '../../support/archive/forget.ts'
import { entryOf } from '../../support/entries/entries.ts'
import { connectClient } from '../../support/postgres/client.ts'
import { postgresDatabase } from '../../support/postgres/postgres-database.ts'

/** Tables that have nothing of what members did or wrote. */
const WITHOUT_MEMBERS = [
  'coverage',
  'departure',
  'guild',
  'identify',
  'kysely_migration',
  'kysely_migration_lock',
  'shard_lease',
  'trusted_time',
]

/** What has to stay, so that what is erased does not come back. */
const ERASURES = ['erased_attribution', 'erasure']

test('after an erasure, the server has vacuumed every table with what members did or wrote', async () => {
  const url = await postgresDatabase()
  const archive = await openArchive(parsePostgresUrl(url, 'the database'))
  const entry = entryOf('5', { id: '10', action_type: 22, user_id: '7', reason: 'Secret' })
  await archive.record([{ guildId: '5', from: 'rest', entries: [entry] }])
  await forget(archive, '5', '20')
  expect(await archive.isErasing('5')).toBe(true)
  expect(await archive.vacuum('file')).toBe(true)
  expect(await archive.isErasing('5')).toBe(false)
  await archive.close()
  const db = await connectClient(url)
  const { rows } = await db.query<{ relname: string }>(
    'SELECT relname FROM pg_stat_user_tables WHERE last_vacuum IS NULL ORDER BY relname',
  )
  expect(rows.map(({ relname }) => relname)).toEqual([...WITHOUT_MEMBERS, ...ERASURES].sort())
})
