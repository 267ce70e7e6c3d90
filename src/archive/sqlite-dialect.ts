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
import { SqliteConnection } from './sqlite-connection.ts'
import type { Opening } from './sqlite-worker.ts'

const NOTHING_TO_ROLL_BACK = 'cannot rollback - no transaction is active'

/** Kysely's SQLite dialect on node:sqlite, with its connections on worker threads. */
export class SqliteDialect implements Dialect {
  readonly #opening: Opening
  readonly #connections: number

  /** @param connections how many threads; a file that is written to, or that lives in memory, has one */
  constructor(opening: Opening, connections: number) {
    this.#opening = opening
    this.#connections = connections
  }

  createDriver(): Driver {
    return new Pool(this.#opening, this.#connections)
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

/** Hands each connection to one caller at a time; the others wait in line. */
class Pool implements Driver {
  readonly #opening: Opening
  readonly #size: number
  #all: readonly SqliteConnection[] = []
  #idle: DatabaseConnection[] = []
  readonly #line: ((connection: DatabaseConnection) => void)[] = []

  constructor(opening: Opening, size: number) {
    this.#opening = opening
    this.#size = size
  }

  async init(): Promise<void> {
    this.#all = Array.from({ length: this.#size }, () => new SqliteConnection(this.#opening))
    this.#idle = [...this.#all]
  }

  acquireConnection(): Promise<DatabaseConnection> {
    const connection = this.#idle.pop()
    return connection ? Promise.resolve(connection) : new Promise((resolve) => this.#line.push(resolve))
  }

  async releaseConnection(connection: DatabaseConnection): Promise<void> {
    const next = this.#line.shift()
    if (next) next(connection)
    else this.#idle.push(connection)
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
    await Promise.all(this.#all.map((connection) => connection.close()))
  }
}
