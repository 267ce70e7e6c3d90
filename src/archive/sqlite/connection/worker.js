import { DatabaseSync } from 'node:sqlite'
import { parentPort, workerData } from 'node:worker_threads'
import { serveJobs } from '../../../worker/serve-jobs.js'

/**
 * SQLite on a thread of its own, so that a search through a million reasons or a slow disk never delays the gateway.
 * JavaScript, because a thread starts in a third of the time when it has no types to strip.
 *
 * @import { StatementSync } from 'node:sqlite'
 * @import { MessagePort } from 'node:worker_threads'
 * @import { DatabaseOptions, Statement, StatementResult } from './connection.ts'
 */

/** How long a statement waits for another program that has locked the file, in milliseconds, before it fails. */
const BUSY_TIMEOUT = 1000

/** How many prepared statements a thread holds at most. */
const MAX_PREPARED = 500

/**
 * @param {MessagePort} port
 * @param {DatabaseOptions} options
 */
function serve(port, { path, readOnly }) {
  const database = new DatabaseSync(path, { readOnly, timeout: BUSY_TIMEOUT })
  // Deleted content is overwritten with zeros, so that what is erased cannot be found in the file.
  const forWriting = 'PRAGMA synchronous = normal; PRAGMA secure_delete = on'
  database.exec(readOnly ? 'PRAGMA query_only = on' : forWriting)
  database.exec('PRAGMA cache_size = -65536; PRAGMA temp_store = memory')
  database.function('contains', { deterministic: true }, (text, part) =>
    typeof text === 'string' && typeof part === 'string' && text.toLowerCase().includes(part) ? 1 : 0,
  )

  /** @type {Map<string, StatementSync>} */
  const prepared = new Map()
  /** @param {string} sql */
  const prepare = (sql) => {
    const statement = prepared.get(sql) ?? database.prepare(sql)
    if (prepared.size >= MAX_PREPARED) prepared.clear()
    prepared.set(sql, statement)
    return statement
  }

  serveJobs(
    port,
    /** @returns {StatementResult} */
    (/** @type {Statement} */ { sql, parameters }) => {
      const statement = prepare(sql)
      if (statement.columns().length > 0) return { rows: statement.all(...parameters), changes: 0 }
      return { rows: [], changes: statement.run(...parameters).changes }
    },
    { onClose: () => database.close() },
  )
}

if (parentPort) serve(parentPort, workerData)
