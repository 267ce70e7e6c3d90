import type { Leases, LeaseTimes } from '../core/leases.ts'
import type { ArchiveAddress } from './address.ts'

/** The leases of the processes that share an archive. Nothing is connected before it is needed. */
export async function openLeases(
  address: ArchiveAddress,
  holder: string,
  times: LeaseTimes,
): Promise<Leases> {
  // The configuration has been checked for it.
  if (address.type === 'sqlite') throw new Error('Several processes cannot share a SQLite archive.')
  const { PostgresLeases } = await import('./postgres/leases/postgres-leases.ts')
  return new PostgresLeases(address, holder, times)
}
