import {
  CompiledQuery,
  type DatabaseConnection,
  type Dialect,
  type Driver,
  type Kysely,
  SqliteAdapter,
  SqliteIntrospector,
  type SqliteQueryCompiler,
} from 'kysely'
import { ArchiveQueryCompiler } from '../query-compiler.ts'
import type { Turn } from './lease.ts'
import type { SqlitePool } from './pool.ts'

const NOTHING_TO_ROLL_BACK = 'cannot rollback - no transaction is active'

/** Kysely's SQLite dialect on a pool of connections, whose turn is that of one operation. */
export class SqliteDialect implements Dialect {
  readonly #pool: SqlitePool
  readonly #turn: Turn

  constructor(pool: SqlitePool, turn: Turn) {
    this.#pool = pool
    this.#turn = turn
  }

  createDriver(): Driver {
    return new PoolDriver(this.#pool, this.#turn)
  }

  createQueryCompiler(): SqliteQueryCompiler {
    return new ArchiveQueryCompiler()
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

/** The pool as Kysely drives it for one operation. The pool outlives it. */
class PoolDriver implements Driver {
  readonly #pool: SqlitePool
  readonly #turn: Turn

  constructor(pool: SqlitePool, turn: Turn) {
    this.#pool = pool
    this.#turn = turn
  }

  async init(): Promise<void> {}

  acquireConnection(): Promise<DatabaseConnection> {
    return this.#pool.acquire(this.#turn)
  }

  async releaseConnection(connection: DatabaseConnection): Promise<void> {
    this.#pool.release(connection)
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

  async destroy(): Promise<void> {}
}
