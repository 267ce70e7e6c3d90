import { type Kysely, sql } from 'kysely'
import type { Archive } from '../../core/archive.ts'
import { OperatorError } from '../../core/errors.ts'
import { type Log, SILENT } from '../../core/log.ts'
import { type Metrics, NO_METRICS } from '../../core/metrics/metrics.ts'
import { createArchive } from '../archive.ts'
import type { Schema } from '../schema.ts'
import { SavedQueryStore } from '../write/saved-query-store.ts'
import { connect } from './connection/connections.ts'
import { emptyLog, vacuum } from './erase/vacuum.ts'
import { ensureArchive } from './file/ensure-archive.ts'
import { sizeOf } from './file/file-length.ts'
import { holdLog } from './file/hold-log.ts'
import { lockArchive } from './file/lock.ts'
import { cannotOpen } from './file/open-errors.ts'
import { realPathOf } from './file/real-path.ts'
import { migrate } from './migrate.ts'
import { migrations } from './migrations/index.ts'
import { reserveNumbers } from './reserve-numbers.ts'

/** The last migration of this version. */
const SCHEMA = Object.keys(migrations).at(-1)

/**
 * Opens the archive, creates or upgrades its file, and locks it until `close`.
 * @param path of the SQLite file; `:memory:` for an archive that is lost when it is closed
 * @throws OperatorError when another process has the file open, or it is not an archive this version can read
 */
export async function openArchive(
  path: string,
  log: Log = SILENT,
  metrics: Metrics = NO_METRICS,
): Promise<Archive> {
  const isInMemory = path === ':memory:'
  const file = isInMemory ? path : locate(path)
  const unlock = isInMemory ? () => {} : lockArchive(file)
  const connections = connect(file, log)
  const writer = connections.writer()
  let release = () => {}
  const close = async () => {
    // If the writer is still busy, the file stays locked until the process ends.
    if (!(await connections.close())) return
    release()
    unlock()
  }
  try {
    if (!isInMemory) await ensureArchive(file)
    await migrate(writer, log)
    if (!isInMemory) release = holdLog(file)
    const queries = new SavedQueryStore({ connections, log, lastNumber: await reserveNumbers(writer) })
    // A process that was killed may have left erased content in the write-ahead log.
    await emptyLog(writer)
    log.info(
      { archive: file, database: `SQLite ${process.versions.sqlite}`, schema: SCHEMA },
      'The archive is open.',
    )
    return createArchive({
      connections,
      queries,
      vacuum: (scope) => vacuum(connections.writer(), scope),
      writesGuildsTogether: true,
      size: async () => (isInMemory ? sizeInMemory(writer) : sizeOf(file) + sizeOf(`${file}-wal`)),
      metrics,
      log,
      close,
    })
  } catch (error) {
    await close()
    throw error instanceof OperatorError ? error : cannotOpen(file, error)
  }
}

function locate(path: string): string {
  try {
    return realPathOf(path)
  } catch (error) {
    throw cannotOpen(path, error)
  }
}

/** How many bytes a database in memory takes. */
export async function sizeInMemory(db: Kysely<Schema>): Promise<number> {
  const { rows } = await sql<{ bytes: number }>`
    SELECT page_count * page_size AS bytes FROM pragma_page_count, pragma_page_size`.execute(db)
  return rows[0]?.bytes ?? 0
}
