import type { Archive } from '../../core/archive.ts'
import type { Fence } from '../../core/leases.ts'
import { type Log, SILENT } from '../../core/log.ts'
import { createArchive } from '../archive.ts'
import { SavedQueryStore } from '../write/saved-query-store.ts'
import type { PostgresAddress } from './address/postgres-address.ts'
import { connect } from './connection/connections.ts'
import { cannotOpen, mayPass } from './connection/open-errors.ts'
import { vacuum } from './erase/vacuum.ts'
import { type InUse, showInUse } from './in-use.ts'
import { migrate } from './migrate.ts'
import { reserveNumbers } from './reserve-numbers.ts'

/**
 * Opens the archive in a database, and creates or upgrades its tables.
 * @param fence keeps the process from writing while it holds no block of shards; by default it may always
 * @throws OperatorError when the database cannot be used or reached
 */
export async function openArchive(
  address: PostgresAddress,
  log: Log = SILENT,
  fence?: Fence,
): Promise<Archive> {
  const connections = connect(address, log, fence)
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
      // A process without a block does this, too.
      lastNumber: await reserveNumbers(connections.maintainer()),
    })
    return createArchive({
      connections,
      queries,
      vacuum: (scope) => vacuum(connections, scope),
      writesGuildsTogether: false,
      close,
    })
  } catch (error) {
    await close()
    throw mayPass(error) ? error : cannotOpen(address, error)
  }
}
