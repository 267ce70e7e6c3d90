import {
  CompiledQuery,
  type Dialect,
  type Driver,
  type Kysely,
  PostgresAdapter,
  PostgresIntrospector,
  type PostgresQueryCompiler,
} from 'kysely'
import type { Lease, Turn } from '../../connection/lease.ts'
import type { ConnectionPool } from '../../connection/pool.ts'
import { endTransaction, PoolDriver } from '../../connection/pool-driver.ts'
import { ArchiveQueryCompiler } from '../query-compiler.ts'

/** Kysely's PostgreSQL dialect on a pool of connections, whose turn is that of one operation. */
export class PostgresDialect implements Dialect {
  readonly #pool: ConnectionPool
  readonly #turn: Turn

  constructor(pool: ConnectionPool, turn: Turn) {
    this.#pool = pool
    this.#turn = turn
  }

  createDriver(): Driver {
    return new PostgresDriver(this.#pool, this.#turn)
  }

  createQueryCompiler(): PostgresQueryCompiler {
    return new ArchiveQueryCompiler()
  }

  createAdapter(): PostgresAdapter {
    return new PostgresAdapter()
  }

  createIntrospector(db: Kysely<unknown>): PostgresIntrospector {
    return new PostgresIntrospector(db)
  }
}

class PostgresDriver extends PoolDriver {
  override async beginTransaction(lease: Lease): Promise<void> {
    await lease.executeQuery(CompiledQuery.raw('begin'))
  }

  /** A connection that cannot roll back is ended, which rolls back. What went wrong before is the error that counts. */
  override async rollbackTransaction(lease: Lease): Promise<void> {
    await endTransaction(lease, 'rollback').catch(() => lease.connection.terminate())
  }
}
