import { DatabaseSync, type StatementSync } from 'node:sqlite'
import { parentPort, workerData } from 'node:worker_threads'

/** One statement to run. What comes back bears the same `id`. */
export interface Job {
  readonly id: number
  readonly sql: string
  readonly parameters: readonly (null | number | bigint | string)[]
}

/** What a worker is told when it starts. */
export interface Opening {
  readonly path: string
  readonly readOnly: boolean
}

/** How long it waits for another program that has locked the file, in milliseconds, before the job fails. */
const LOCKED = 1000

/**
 * SQLite on a thread of its own: a search through a million reasons or a slow disk never keeps the gateway
 * waiting. The thread holds one connection and runs what it is sent, in order.
 */
function serve(port: NonNullable<typeof parentPort>, { path, readOnly }: Opening): void {
  const database = new DatabaseSync(path, { readOnly, timeout: LOCKED })
  // What is erased is overwritten, so that nobody finds it in the file.
  const writing = 'PRAGMA synchronous = normal; PRAGMA secure_delete = on'
  database.exec(readOnly ? 'PRAGMA query_only = on' : writing)
  database.exec('PRAGMA cache_size = -65536; PRAGMA temp_store = memory')
  database.function('contains', { deterministic: true }, (text, part) =>
    typeof text === 'string' && typeof part === 'string' && text.toLowerCase().includes(part) ? 1 : 0,
  )

  const prepared = new Map<string, StatementSync>()
  const prepare = (sql: string): StatementSync => {
    const statement = prepared.get(sql) ?? database.prepare(sql)
    if (prepared.size >= 500) prepared.clear()
    prepared.set(sql, statement)
    return statement
  }
  const run = ({ id, sql, parameters }: Job) => {
    try {
      const statement = prepare(sql)
      if (statement.columns().length > 0) return { id, rows: statement.all(...parameters), changes: 0 }
      return { id, rows: [], changes: statement.run(...parameters).changes }
    } catch (error) {
      return { id, failure: error instanceof Error ? error.message : String(error) }
    }
  }

  port.on('message', (message: Job | 'close') => {
    if (message !== 'close') {
      port.postMessage(run(message))
      return
    }
    database.close()
    port.close()
  })
}

if (parentPort) serve(parentPort, workerData)
