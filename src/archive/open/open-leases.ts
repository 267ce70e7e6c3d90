import type { Leases, LeaseTimes } from '../../core/sharding/leases.ts'
import type { ArchiveAddress } from '../address.ts'

/**
 * Opens the leases of the processes that share an archive. Nothing is connected before it is needed.
 * @returns undefined for a SQLite archive, which only one process uses
 */
export function leasesOf(
  address: ArchiveAddress,
  times: LeaseTimes,
): ((holder: string) => Promise<Leases>) | undefined {
  if (address.type === 'sqlite') return undefined
  return async (holder) => {
    const { PostgresLeases } = await import('../postgres/leases/postgres-leases.ts')
    return new PostgresLeases(address, holder, times)
  }
}
