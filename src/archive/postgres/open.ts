import type { Archive } from '../../core/archive.ts'
import { ArchiveUnavailable } from '../../core/errors.ts'
import { type Log, SILENT } from '../../core/log.ts'
import { createArchive } from '../archive.ts'
import { SavedQueryStore } from '../write/saved-query-store.ts'
import type { PostgresAddress } from './address/postgres-address.ts'
import { connect } from './connection/connections.ts'
import { cannotOpen } from './connection/open-errors.ts'
import { vacuum } from './erase/vacuum.ts'
import { type InUse, showInUse } from './in-use.ts'
import { migrate } from './migrate.ts'
import { reserveNumbers } from './reserve-numbers.ts'

/**
 * Opens the archive in a database, and creates or upgrades its tables.
 * @throws OperatorError when the database cannot be used or reached
 */
export async function openArchive(address: PostgresAddress, log: Log = SILENT): Promise<Archive> {
  const connections = connect(address, log)
  let inUse: InUse | undefined
  const close = async () => {
    await connections.close()
    await inUse?.release()
  }
  try {
    inUse = await showInUse(address, log)
    await migrate(connections.maintainer())
    const queries = new SavedQueryStore({
      connections,
      log,
      lastNumber: await reserveNumbers(connections.writer()),
    })
    return createArchive({
      connections,
      queries,
      vacuum: (scope) => vacuum(connections.maintainer(), scope),
      writesGuildsTogether: false,
      close,
    })
  } catch (error) {
    await close()
    throw mayPass(error) ? error : cannotOpen(address, error)
  }
}

/** Codes of what only the operator can change: the password, the user, the database, its rights, and a standby's address. */
const FOR_THE_OPERATOR = ['28P01', '28000', '3D000', '42501', '25006']

/** Whether the archive may be opened later, without a change by the operator. */
function mayPass(error: unknown): boolean {
  return error instanceof ArchiveUnavailable && !FOR_THE_OPERATOR.includes(error.code ?? '')
}
