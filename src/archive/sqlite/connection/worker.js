import { parentPort, workerData } from 'node:worker_threads'
import { serveJobs } from '../../../worker/serve-jobs.js'
import { openDatabase } from './database.js'

/**
 * SQLite on a thread of its own, so that a search through a million reasons or a slow disk never delays the gateway.
 *
 * @import { MessagePort } from 'node:worker_threads'
 * @import { Statement, StatementResult, ThreadOptions } from './connection.ts'
 */

/**
 * @param {MessagePort} port
 * @param {ThreadOptions} options
 */
function serve(port, options) {
  const { interrupt } = options
  const { database, prepare } = openDatabase(options, () => Atomics.load(interrupt, 0) !== 0)
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
