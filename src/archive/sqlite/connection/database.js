import { DatabaseSync } from 'node:sqlite'

/**
 * JavaScript, because a thread starts in a third of the time when it has no types to strip.
 *
 * @import { StatementSync } from 'node:sqlite'
 * @import { DatabaseOptions } from './connection.ts'
 */

/** How long a statement waits for another program that has locked the file, in milliseconds, before it fails. */
const BUSY_TIMEOUT = 1000

/**
 * After how many pages the write-ahead log is moved into the file, which waits for the disk twice: 64 MB. With SQLite's
 * default of 1000 pages that happened with every batch of a few hundred entries, since an entry changes a page of each index.
 */
const LOG_PAGES = 16_000

/** How many prepared statements a database holds at most. */
const MAX_PREPARED = 500

/**
 * Opens a database as every connection of an archive has it.
 * @param {DatabaseOptions} options
 * @param {() => boolean} [isInterrupted] called for each reason of a search, which ends when it returns true
 * @returns {{ database: DatabaseSync, prepare: (sql: string) => StatementSync }} `prepare` reuses earlier statements
 */
export function openDatabase({ path, readOnly }, isInterrupted = () => false) {
  const database = new DatabaseSync(path, { readOnly, timeout: BUSY_TIMEOUT })
  // Deleted content is overwritten with zeros, so that what is erased cannot be found in the file.
  const forWriting = `PRAGMA synchronous = normal; PRAGMA secure_delete = on; PRAGMA wal_autocheckpoint = ${LOG_PAGES}`
  database.exec(readOnly ? 'PRAGMA query_only = on' : forWriting)
  database.exec('PRAGMA cache_size = -8192; PRAGMA temp_store = memory')
  database.function('contains', { deterministic: true }, (text, part) => {
    if (isInterrupted()) throw new Error('The search was interrupted.')
    return typeof text === 'string' && typeof part === 'string' && text.toLowerCase().includes(part) ? 1 : 0
  })

  /** @type {Map<string, StatementSync>} */
  const prepared = new Map()
  return {
    database,
    prepare(sql) {
      const statement = prepared.get(sql) ?? database.prepare(sql)
      if (prepared.size >= MAX_PREPARED) prepared.clear()
      prepared.set(sql, statement)
      return statement
    },
  }
}
