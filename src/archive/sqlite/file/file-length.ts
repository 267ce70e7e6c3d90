import { closeSync, openSync, readSync, statSync } from 'node:fs'

/** What the first bytes of every SQLite file are. https://sqlite.org/fileformat2.html#the_database_header */
const BEGINNING = 'SQLite format 3\0'
const HEADER = 100

/** What a database's file says in its header, and how long it is. */
export interface FileLength {
  /** How many whole pages the file has. */
  readonly pages: number
  /** How many its header says it has. */
  readonly declared: number
  /** Whether what is written to it goes into a log first. Of a copy that nobody opened yet it does not. */
  readonly hasLog: boolean
}

/**
 * How long a database's file is, and how long it says it is; undefined when it is no database.
 * @throws Error when it cannot be read
 */
export function lengthOf(path: string): FileLength | undefined {
  const header = Buffer.alloc(HEADER)
  const file = openSync(path, 'r')
  const read = readSync(file, header)
  closeSync(file)
  if (read < HEADER || header.toString('latin1', 0, BEGINNING.length) !== BEGINNING) return undefined
  // The largest size of a page does not fit into its two bytes, and is written as 1.
  const size = header.readUInt16BE(16)
  const pageSize = size === 1 ? 65_536 : size
  if (pageSize < 512) return undefined
  const pages = Math.floor(statSync(path).size / pageSize)
  return { pages, declared: header.readUInt32BE(28), hasLog: header.readUInt8(18) === 2 }
}

/** A file's size in bytes; 0 when there is none. */
export function sizeOf(path: string): number {
  return statSync(path, { throwIfNoEntry: false })?.size ?? 0
}

/** The file beside a database, if any, that holds what was written to it but not moved into it, or not taken back. */
export function leftBeside(path: string): string | undefined {
  return [`${path}-wal`, `${path}-journal`].find((file) => sizeOf(file) > 0)
}
