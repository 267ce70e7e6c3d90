import type { Archive } from '../../core/archive.ts'
import type { Log } from '../../core/log.ts'
import type { Metrics } from '../../core/metrics/metrics.ts'
import type { Fence } from '../../core/sharding/leases.ts'
import type { ArchiveAddress } from '../address.ts'
import { openArchive as openSqlite } from '../sqlite/open.ts'

/**
 * Opens an archive, and creates or upgrades what it is stored in.
 * @param fence keeps the process from writing while it holds no block of shards, on PostgreSQL; by default it may always
 * @throws OperatorError when the archive cannot be used, or its server cannot be reached
 */
export async function openArchive(
  address: ArchiveAddress,
  log?: Log,
  fence?: Fence,
  metrics?: Metrics,
): Promise<Archive> {
  if (address.type === 'sqlite') return openSqlite(address.path, log, metrics)
  // Without PostgreSQL, Custos starts sooner and takes less memory if pg is not loaded.
  const { openArchive: openPostgres } = await import('../postgres/open.ts')
  return openPostgres(address, log, fence, metrics)
}
