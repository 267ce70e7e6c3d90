import { Worker } from 'node:worker_threads'
import type { CompiledQuery, DatabaseConnection, QueryResult } from 'kysely'
import type { Job, Opening } from './worker.ts'

/** What comes back for a job. The rows are of the type that the query which asked for them says. */
type Done = { readonly id: number } & (
  | { readonly rows: never[]; readonly changes: number | bigint }
  | { readonly failure: string }
)

interface Waiting {
  readonly resolve: (result: QueryResult<never>) => void
  readonly reject: (error: Error) => void
}

const GONE =
  'The archive was kept in memory alone, and is gone with its thread: Custos has to be started again.'

/** A connection to SQLite on a worker thread. When the thread has ended, it answers nothing any more. */
export class SqliteConnection implements DatabaseConnection {
  /** Resolves when the thread has ended. */
  readonly ended: Promise<unknown>
  readonly #worker: Worker
  readonly #opening: Opening
  readonly #waiting = new Map<number, Waiting>()
  #lastId = 0
  #isClosing = false
  #failure: Error | undefined

  constructor(opening: Opening) {
    this.#opening = opening
    this.#worker = new Worker(new URL('./worker.ts', import.meta.url), {
      workerData: opening,
      execArgv: [],
      env: {},
    })
    this.#worker.on('message', (done: Done) => this.#settle(done))
    // A thread that throws, or has no memory left, ends. That it has ended comes after this.
    this.#worker.on('error', (error) => this.#fail(error instanceof Error ? error : new Error(String(error))))
    this.#worker.on('exit', () =>
      this.#fail(
        new Error(this.#isClosing ? 'The archive is closed.' : 'A thread of the archive has ended.'),
      ),
    )
    const ended = Promise.withResolvers<void>()
    this.#worker.once('exit', ended.resolve)
    this.ended = ended.promise
  }

  /** Whether its thread is there, as far as is known. */
  get isAlive(): boolean {
    return this.#failure === undefined
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

  /** Has the thread close the file and end, once it has run what was sent before. */
  close(): void {
    this.#isClosing = true
    this.#worker.postMessage('close')
  }

  /**
   * Ends the thread, whatever it is doing. A search through texts ends at once; what SQLite does without JavaScript,
   * such as a VACUUM, is finished first. What was not committed is taken back.
   */
  terminate(): void {
    this.#isClosing = true
    this.#fail()
    void this.#worker.terminate()
  }

  #settle(done: Done): void {
    const waiting = this.#waiting.get(done.id)
    this.#waiting.delete(done.id)
    if ('failure' in done) waiting?.reject(new Error(done.failure))
    else waiting?.resolve({ rows: done.rows, numAffectedRows: BigInt(done.changes) })
  }

  #fail(cause: unknown = new Error('A thread of the archive has ended.')): void {
    this.#failure ??= this.#reason(cause)
    for (const { reject } of this.#waiting.values()) reject(this.#failure)
    this.#waiting.clear()
  }

  #reason(cause: unknown): Error {
    if (this.#isClosing) return new Error('The archive is closed.')
    if (this.#opening.path === ':memory:') return new Error(GONE, { cause })
    return cause instanceof Error ? cause : new Error(String(cause))
  }
}

function bindable(value: unknown): Job['parameters'][number] {
  if (value === null || typeof value === 'number' || typeof value === 'bigint' || typeof value === 'string')
    return value
  throw new TypeError(`SQLite cannot hold a ${typeof value}.`)
}
