import type { Archive } from '../../core/archive.ts'
import { OperatorError } from '../../core/errors.ts'
import { type Log, SILENT } from '../../core/log.ts'
import { createArchive } from '../archive.ts'
import { SavedQueryStore } from '../write/saved-query-store.ts'
import { connect } from './connection/connections.ts'
import { emptyLog, vacuum } from './erase/vacuum.ts'
import { ensureArchive } from './file/ensure-archive.ts'
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
export async function openArchive(path: string, log: Log = SILENT): Promise<Archive> {
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
