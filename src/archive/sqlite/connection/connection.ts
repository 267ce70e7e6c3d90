import type { CompiledQuery, QueryResult } from 'kysely'
import { WorkerClient } from '../../../worker/worker-client.ts'
import type { Connection } from '../../connection/connection.ts'

/** Which database a thread opens, and how. */
export interface DatabaseOptions {
  readonly path: string
  readonly readOnly: boolean
}

/** What a thread gets at its start. */
export interface ThreadOptions extends DatabaseOptions {
  /** Not 0 while the running statement is to be interrupted. The thread shares its memory with the main one. */
  readonly interrupt: Int32Array<SharedArrayBuffer>
}

/** A statement for a thread to run. */
export interface Statement {
  readonly sql: string
  readonly parameters: readonly (null | number | bigint | string | Uint8Array)[]
}

/** What a statement returned. The query declares the type of its rows. */
export interface StatementResult<Row = unknown> {
  readonly rows: Row[]
  readonly changes: number | bigint
}

const MEMORY_LOST = 'The archive was in memory only and its thread has ended, so it is lost. Restart Custos.'

/** A connection to SQLite on a worker thread. Once the thread has ended, every query fails. */
export class SqliteConnection implements Connection {
  readonly #interrupt = new Int32Array(new SharedArrayBuffer(Int32Array.BYTES_PER_ELEMENT))
  readonly #client: WorkerClient<Statement, StatementResult<never>>
  #isClosing = false

  constructor(options: DatabaseOptions) {
    const describeEnd = (cause?: Error) => {
      if (this.#isClosing) return new Error('The archive is closed.')
      if (options.path === ':memory:') return new Error(MEMORY_LOST, { cause })
      return cause ?? new Error('A thread of the archive has ended.')
    }
    const file = new URL('./worker.js', import.meta.url)
    const workerData: ThreadOptions = { ...options, interrupt: this.#interrupt }
    this.#client = new WorkerClient(file, { workerData, env: {} }, describeEnd)
  }

  get isAlive(): boolean {
    return this.#client.isAlive
  }

  /** Resolves when the thread has ended. */
  get ended(): Promise<void> {
    return this.#client.ended
  }

  /**
   * Runs a statement; one at a time. If the signal aborts, a search through reasons ends at the next one. Anything else is
   * finished first, because SQLite runs no JavaScript in it that could end it.
   * @throws the signal's reason when that has aborted and the statement did not end before
   */
  async execute<R>({ sql, parameters }: CompiledQuery, signal?: AbortSignal): Promise<QueryResult<R>> {
    signal?.throwIfAborted()
    Atomics.store(this.#interrupt, 0, 0)
    const interrupt = () => Atomics.store(this.#interrupt, 0, 1)
    signal?.addEventListener('abort', interrupt)
    try {
      const { rows, changes } = await this.#client.run({ sql, parameters: parameters.map(toBindable) })
      return { rows, numAffectedRows: BigInt(changes) }
    } catch (error) {
      signal?.throwIfAborted()
      throw error
    } finally {
      signal?.removeEventListener('abort', interrupt)
    }
  }

  /** Has the thread close the file and end, after the queries that were sent before. */
  close(): void {
    this.#isClosing = true
    this.#client.close()
  }

  /**
   * Ends the thread, whatever it is doing, and rolls back what is not committed. A text search ends at once; what SQLite
   * does without JavaScript, such as a VACUUM, is finished first.
   */
  terminate(): void {
    this.#isClosing = true
    this.#client.terminate()
  }
}

/** @throws TypeError when SQLite has no type for the value */
export function toBindable(value: unknown): Statement['parameters'][number] {
  if (value === null || typeof value === 'number' || typeof value === 'bigint' || typeof value === 'string')
    return value
  if (value instanceof Uint8Array) return value
  throw new TypeError(`SQLite cannot store a ${typeof value}.`)
}
