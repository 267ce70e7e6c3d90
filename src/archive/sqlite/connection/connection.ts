import type { CompiledQuery, DatabaseConnection, QueryResult } from 'kysely'
import { WorkerClient } from '../../../worker/worker-client.ts'

/** Which database a thread opens, and how. */
export interface DatabaseOptions {
  readonly path: string
  readonly readOnly: boolean
}

/** A statement for a thread to run. */
export interface Statement {
  readonly sql: string
  readonly parameters: readonly (null | number | bigint | string)[]
}

/** What a statement returned. The query declares the type of its rows. */
export interface StatementResult<Row = unknown> {
  readonly rows: Row[]
  readonly changes: number | bigint
}

const MEMORY_LOST = 'The archive was in memory only and its thread has ended, so it is lost. Restart Custos.'

/** A connection to SQLite on a worker thread. Once the thread has ended, every query fails. */
export class SqliteConnection implements DatabaseConnection {
  readonly #client: WorkerClient<Statement, StatementResult<never>>
  #isClosing = false

  constructor(options: DatabaseOptions) {
    const describeEnd = (cause?: Error) => {
      if (this.#isClosing) return new Error('The archive is closed.')
      if (options.path === ':memory:') return new Error(MEMORY_LOST, { cause })
      return cause ?? new Error('A thread of the archive has ended.')
    }
    const file = new URL('./worker.js', import.meta.url)
    this.#client = new WorkerClient(file, { workerData: options, env: {} }, describeEnd)
  }

  get isAlive(): boolean {
    return this.#client.isAlive
  }

  /** Resolves when the thread has ended. */
  get ended(): Promise<void> {
    return this.#client.ended
  }

  async executeQuery<R>({ sql, parameters }: CompiledQuery): Promise<QueryResult<R>> {
    const { rows, changes } = await this.#client.run({ sql, parameters: parameters.map(toBindable) })
    return { rows, numAffectedRows: BigInt(changes) }
  }

  streamQuery(): never {
    throw new Error('The archive is read in pages, not as a stream.')
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
  throw new TypeError(`SQLite cannot store a ${typeof value}.`)
}
