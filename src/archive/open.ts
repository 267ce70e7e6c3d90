import type { Archive } from '../core/archive.ts'
import type { Log } from '../core/log.ts'
import type { ArchiveAddress } from './address.ts'
import { openArchive as openPostgres } from './postgres/open.ts'
import { openArchive as openSqlite } from './sqlite/open.ts'

/**
 * Opens an archive, and creates or upgrades what it is stored in.
 * @throws OperatorError when the archive cannot be used, ArchiveUnavailable when its server cannot be reached
 */
export function openArchive(address: ArchiveAddress, log?: Log): Promise<Archive> {
  return address.type === 'postgres' ? openPostgres(address, log) : openSqlite(address.path, log)
}
