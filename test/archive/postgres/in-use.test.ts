import { expect, test } from 'vitest'
import { parsePostgresUrl } from '../../../src/archive/postgres/address/parse-url.ts'
import { connect } from '../../../src/archive/postgres/connection/connections.ts'
import { reserveForMove } from '../../../src/archive/postgres/in-use.ts'
import { openArchive } from '../../../src/archive/postgres/open.ts'
import { SILENT } from '../../../src/core/log.ts'
import { postgresDatabase } from '../../support/postgres/postgres-database.ts'

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
