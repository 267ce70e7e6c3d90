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

  /** @param connections how many threads; a file that is written to, or that lives in memory, has one */
  constructor(opening: DatabaseOptions, connections: number) {
    this.#driver = new PoolDriver(opening, connections)
  }

  /** Whether none of its threads is left. One that SQLite keeps busy can outlast `destroy`. */
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
 * Kysely takes SQLite to have one connection, and would let one question at a time into the pool; and it leaves
 * out the transaction that SQLite can undo a half-made schema with.
 */
class Adapter extends SqliteAdapter {
  override get supportsMultipleConnections(): boolean {
    return true
  }

  override get supportsTransactionalDdl(): boolean {
    return true
  }
}

/** What Kysely asks of a pool, whose threads begin with the first question. */
class PoolDriver implements Driver {
  readonly #opening: DatabaseOptions
  readonly #connections: number
  #pool: SqlitePool | undefined
  #hasEnded = true

  constructor(opening: DatabaseOptions, connections: number) {
    this.#opening = opening
    this.#connections = connections
  }

  get hasEnded(): boolean {
    return this.#hasEnded
  }

  async init(): Promise<void> {
    this.#hasEnded = false
    this.#pool = new SqlitePool(this.#opening, this.#connections)
  }

  acquireConnection(): Promise<DatabaseConnection> {
    return this.#pool?.borrow() ?? Promise.reject(new Error('The archive is not open.'))
  }

  async releaseConnection(connection: DatabaseConnection): Promise<void> {
    this.#pool?.giveBack(connection)
  }

  async beginTransaction(connection: DatabaseConnection): Promise<void> {
    await connection.executeQuery(CompiledQuery.raw('begin immediate'))
  }

  async commitTransaction(connection: DatabaseConnection): Promise<void> {
    await connection.executeQuery(CompiledQuery.raw('commit'))
  }

  /** On a full disk SQLite has taken everything back itself, and says so instead of why. */
  async rollbackTransaction(connection: DatabaseConnection): Promise<void> {
    await connection.executeQuery(CompiledQuery.raw('rollback')).catch((error: unknown) => {
      if (!(error instanceof Error) || error.message !== NOTHING_TO_ROLL_BACK) throw error
    })
  }

  async destroy(): Promise<void> {
    this.#hasEnded = (await this.#pool?.close()) ?? true
  }
}
