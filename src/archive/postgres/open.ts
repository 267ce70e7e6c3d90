import { type Kysely, sql } from 'kysely'
import type { Archive } from '../../core/archive.ts'
import { type Log, SILENT } from '../../core/log.ts'
import { type Metrics, NO_METRICS } from '../../core/metrics/metrics.ts'
import type { Fence } from '../../core/sharding/leases.ts'
import { createArchive } from '../archive.ts'
import type { Schema } from '../schema.ts'
import { SavedQueryStore } from '../write/saved-query-store.ts'
import type { PostgresAddress } from './address/postgres-address.ts'
import { connect } from './connection/connections.ts'
import { cannotOpen, mayPass } from './connection/open-errors.ts'
import { describe } from './describe.ts'
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
  metrics: Metrics = NO_METRICS,
): Promise<Archive> {
  const connections = connect(address, log, fence)
  let inUse: InUse | undefined
  const close = async () => {
    await connections.close()
    await inUse?.release()
  }
  try {
    inUse = await showInUse(address, log)
    await migrate(connections.maintainer(), log)
    const queries = new SavedQueryStore({
      connections,
      log,
      // A process without a block does this, too.
      lastNumber: await reserveNumbers(connections.maintainer()),
    })
    log.info({ archive: String(address), ...(await describe(connections.reader())) }, 'The archive is open.')
    return createArchive({
      connections,
      queries,
      vacuum: (scope) => vacuum(connections, scope),
      writesGuildsTogether: false,
      size: () => sizeOf(connections.reader()),
      metrics,
      log,
      close,
    })
  } catch (error) {
    await close()
    throw mayPass(error) ? error : cannotOpen(address, error)
  }
}

/** The size of the database. With Citus, it is that of the coordinator alone. */
async function sizeOf(db: Kysely<Schema>): Promise<number> {
  const { rows } = await sql<{ bytes: number }>`
    SELECT pg_database_size(current_database()) AS bytes`.execute(db)
  return Number(rows[0]?.bytes ?? 0)
}
