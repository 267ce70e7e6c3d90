import { closeSync, openSync, readSync, statSync } from 'node:fs'

/** The first bytes of every SQLite file. https://sqlite.org/fileformat2.html#the_database_header */
const MAGIC = 'SQLite format 3\0'
const HEADER = 100

/** The length of a database's file, and what its header says about it. */
export interface FileLength {
  /** How many complete pages the file has. */
  readonly pages: number
  /** How many its header says it has. */
  readonly declared: number
  /** Whether it uses a write-ahead log. A copy that was never opened does not. */
  readonly usesWal: boolean
}

/**
 * Reads the length of a database's file; undefined if it is no database.
 * @throws Error when it cannot be read
 */
export function lengthOf(path: string): FileLength | undefined {
  const header = Buffer.alloc(HEADER)
  const file = openSync(path, 'r')
  const read = readSync(file, header)
  closeSync(file)
  if (read < HEADER || header.toString('latin1', 0, MAGIC.length) !== MAGIC) return undefined
  // The largest page size does not fit into two bytes and is written as 1.
  const size = header.readUInt16BE(16)
  const pageSize = size === 1 ? 65_536 : size
  if (pageSize < 512) return undefined
  const pages = Math.floor(statSync(path).size / pageSize)
  return { pages, declared: header.readUInt32BE(28), usesWal: header.readUInt8(18) === 2 }
}

/** A file's size in bytes; 0 if there is none. */
export function sizeOf(path: string): number {
  return statSync(path, { throwIfNoEntry: false })?.size ?? 0
}

/** The non-empty write-ahead log or rollback journal beside a database, if any. */
export function leftBeside(path: string): string | undefined {
  return [`${path}-wal`, `${path}-journal`].find((file) => sizeOf(file) > 0)
}
