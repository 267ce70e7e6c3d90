import {
  CompiledQuery,
  type DatabaseConnection,
  type Dialect,
  type Driver,
  type Kysely,
  SqliteAdapter,
  SqliteIntrospector,
  SqliteQueryCompiler,
} from 'kysely'
import type { DatabaseOptions } from './connection.ts'
import { SqlitePool } from './pool.ts'

const NOTHING_TO_ROLL_BACK = 'cannot rollback - no transaction is active'

/** Kysely's SQLite dialect on node:sqlite, with its connections on worker threads. */
export class SqliteDialect implements Dialect {
  readonly #driver: PoolDriver

  /** @param size how many threads at most: one for a database that is written to or in memory */
  constructor(options: DatabaseOptions, size: number) {
    this.#driver = new PoolDriver(options, size)
  }

  /** Whether no thread is left. A thread that SQLite keeps busy can outlast `destroy`. */
  get hasEnded(): boolean {
    return this.#driver.hasEnded
  }

  createDriver(): Driver {
    return this.#driver
  }

  createQueryCompiler(): SqliteQueryCompiler {
    return new SqliteQueryCompiler()
  }

  createAdapter(): SqliteAdapter {
    return new Adapter()
  }

  createIntrospector(db: Kysely<unknown>): SqliteIntrospector {
    return new SqliteIntrospector(db)
  }
}

/**
 * Kysely's own adapter assumes a single connection, so it would let one query at a time into the pool, and it does not
 * run migrations in a transaction, although SQLite can roll back schema changes.
 */
class Adapter extends SqliteAdapter {
  override get supportsMultipleConnections(): boolean {
    return true
  }

  override get supportsTransactionalDdl(): boolean {
    return true
  }
}

/** The pool as Kysely drives it. Kysely calls `init` at the first query. */
class PoolDriver implements Driver {
  readonly #options: DatabaseOptions
  readonly #size: number
  #pool: SqlitePool | undefined
  #hasEnded = true

  constructor(options: DatabaseOptions, size: number) {
    this.#options = options
    this.#size = size
  }

  get hasEnded(): boolean {
    return this.#hasEnded
  }

  async init(): Promise<void> {
    this.#hasEnded = false
    this.#pool = new SqlitePool(this.#options, this.#size)
  }

  acquireConnection(): Promise<DatabaseConnection> {
    return this.#pool?.acquire() ?? Promise.reject(new Error('The archive is not open.'))
  }

  async releaseConnection(connection: DatabaseConnection): Promise<void> {
    this.#pool?.release(connection)
  }

  async beginTransaction(connection: DatabaseConnection): Promise<void> {
    await connection.executeQuery(CompiledQuery.raw('begin immediate'))
  }

  async commitTransaction(connection: DatabaseConnection): Promise<void> {
    await connection.executeQuery(CompiledQuery.raw('commit'))
  }

  /** On a full disk SQLite has rolled back by itself; its complaint about that would hide the real error. */
  async rollbackTransaction(connection: DatabaseConnection): Promise<void> {
    await connection.executeQuery(CompiledQuery.raw('rollback')).catch((error: unknown) => {
      if (!(error instanceof Error) || error.message !== NOTHING_TO_ROLL_BACK) throw error
    })
  }

  async destroy(): Promise<void> {
    this.#hasEnded = (await this.#pool?.close()) ?? true
  }
}
