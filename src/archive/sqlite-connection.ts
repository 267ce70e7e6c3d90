import { once } from 'node:events'
import { Worker } from 'node:worker_threads'
import type { CompiledQuery, DatabaseConnection, QueryResult } from 'kysely'
import type { Job, Opening } from './sqlite-worker.ts'

/** What comes back for a job. The rows are of the type that the query which asked for them says. */
type Done = { readonly id: number } & (
  | { readonly rows: never[]; readonly changes: number | bigint }
  | { readonly failure: string }
)

interface Waiting {
  readonly resolve: (result: QueryResult<never>) => void
  readonly reject: (error: Error) => void
}

/** A connection to SQLite on a worker thread. */
export class SqliteConnection implements DatabaseConnection {
  readonly #worker: Worker
  readonly #waiting = new Map<number, Waiting>()
  #lastId = 0
  #failure: Error | undefined

  constructor(opening: Opening) {
    this.#worker = new Worker(new URL('./sqlite-worker.ts', import.meta.url), {
      workerData: opening,
      execArgv: [],
      env: {},
    })
    this.#worker.on('message', (done: Done) => this.#settle(done))
    this.#worker.on('error', (error) => this.#fail(error instanceof Error ? error : new Error(String(error))))
    this.#worker.on('exit', () => this.#fail(new Error('The archive is closed.')))
  }

  executeQuery<R>({ sql, parameters }: CompiledQuery): Promise<QueryResult<R>> {
    if (this.#failure) return Promise.reject(this.#failure)
    const { promise, resolve, reject } = Promise.withResolvers<QueryResult<R>>()
    const job: Job = { id: ++this.#lastId, sql, parameters: parameters.map(bindable) }
    this.#waiting.set(job.id, { resolve, reject })
    this.#worker.postMessage(job)
    return promise
  }

  streamQuery(): never {
    throw new Error('The archive is read by pages, not by streams.')
  }

  /** Runs what was sent before, closes the file and ends the thread. */
  async close(): Promise<void> {
    if (this.#failure) return
    const ended = once(this.#worker, 'exit')
    this.#worker.postMessage('close')
    await ended
  }

  #settle(done: Done): void {
    const waiting = this.#waiting.get(done.id)
    this.#waiting.delete(done.id)
    if ('failure' in done) waiting?.reject(new Error(done.failure))
    else waiting?.resolve({ rows: done.rows, numAffectedRows: BigInt(done.changes) })
  }

  #fail(error: Error): void {
    this.#failure ??= error
    for (const { reject } of this.#waiting.values()) reject(this.#failure)
    this.#waiting.clear()
  }
}

function bindable(value: unknown): Job['parameters'][number] {
  if (value === null || typeof value === 'number' || typeof value === 'bigint' || typeof value === 'string')
    return value
  throw new TypeError(`SQLite cannot hold a ${typeof value}.`)
}
