import type { Kysely } from 'kysely'
import { createArchive } from '../../../src/archive/archive.ts'
import type { Connect, Connections } from '../../../src/archive/connection/connections.ts'
import type { Schema } from '../../../src/archive/schema.ts'
import { openInProcess } from '../../../src/archive/sqlite/connection/in-process.ts'
import { vacuum } from '../../../src/archive/sqlite/erase/vacuum.ts'
import { sizeInMemory } from '../../../src/archive/sqlite/open.ts'
import { reserveNumbers } from '../../../src/archive/sqlite/reserve-numbers.ts'
import { SavedQueryStore } from '../../../src/archive/write/saved-query-store.ts'
import type { Archive } from '../../../src/core/archive.ts'
import { type Log, SILENT } from '../../../src/core/log.ts'
import { type Metrics, NO_METRICS } from '../../../src/core/metrics/metrics.ts'
import { createCurrentSchema } from './current-schema.ts'

/**
 * An archive in memory, with SQLite on the thread of the test: it opens in a tenth of the time and answers without waking
 * another thread. `test/archive/sqlite/open.test.ts` and the end-to-end tests of processes have theirs on threads.
 */
export async function memoryArchive(log: Log = SILENT, metrics: Metrics = NO_METRICS): Promise<Archive> {
  const { open, end } = await memoryDatabase()
  return open(log, metrics, end)
}

/** A database in memory, in which an archive can be opened again after it was closed. */
export interface MemoryDatabase {
  open(log?: Log, metrics?: Metrics, onClose?: () => Promise<void>): Promise<Archive>
  end(): Promise<void>
}

export async function memoryDatabase(): Promise<MemoryDatabase> {
  const db = openInProcess<Schema>(':memory:')
  await createCurrentSchema(db)
  return {
    async open(log = SILENT, metrics = NO_METRICS, onClose = async () => {}) {
      const lastNumber = await reserveNumbers(db)
      const connections = new OneConnection(db, onClose)
      const queries = new SavedQueryStore({ connections, log, lastNumber })
      const close = async () => void (await connections.close())
      return createArchive({
        connections,
        queries,
        vacuum: (scope) => vacuum(db, scope),
        writesGuildsTogether: true,
        size: () => sizeInMemory(db),
        metrics,
        log,
        close,
      })
    },
    end: () => db.destroy(),
  }
}

class OneConnection implements Connections {
  readonly writer: Connect
  readonly reader: Connect
  readonly searcher: Connect
  readonly maintainer: Connect
  readonly #onClose: () => Promise<void>
  hasEnded = false

  constructor(db: Kysely<Schema>, onClose: () => Promise<void>) {
    this.#onClose = onClose
    this.writer = this.reader = this.searcher = this.maintainer = () => db
  }

  async close(): Promise<true> {
    await this.#onClose()
    this.hasEnded = true
    return true
  }
}
