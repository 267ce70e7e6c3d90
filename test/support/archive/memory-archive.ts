import { createArchive } from '../../../src/archive/sqlite/archive.ts'
import type { Connections } from '../../../src/archive/sqlite/connection/connections.ts'
import { openInProcess } from '../../../src/archive/sqlite/connection/in-process.ts'
import { migrate } from '../../../src/archive/sqlite/migrate.ts'
import type { Schema } from '../../../src/archive/sqlite/schema.ts'
import { reserveNumbers } from '../../../src/archive/sqlite/write/saved-queries.ts'
import { SavedQueryStore } from '../../../src/archive/sqlite/write/saved-query-store.ts'
import type { Archive } from '../../../src/core/archive.ts'
import { SILENT } from '../../../src/core/log.ts'

/**
 * An archive in memory, with SQLite on the thread of the test: it opens in a tenth of the time and answers without waking
 * another thread. `test/archive/sqlite/open.test.ts` and the end-to-end tests have theirs on threads.
 */
export async function memoryArchive(): Promise<Archive> {
  const db = openInProcess<Schema>(':memory:')
  await migrate(db)
  const lastNumber = await reserveNumbers(db)
  const queries = new SavedQueryStore({ writer: db, reader: db, log: SILENT, lastNumber })
  const connections = new OneConnection(db)
  return createArchive({ connections, queries, close: async () => void (await connections.close()) })
}

class OneConnection implements Connections {
  readonly writer
  readonly reader
  hasEnded = false

  constructor(db: Connections['writer']) {
    this.writer = db
    this.reader = db
  }

  async close(): Promise<true> {
    await this.writer.destroy()
    this.hasEnded = true
    return true
  }
}
