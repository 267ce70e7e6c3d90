import { CompiledQuery, type Dialect, PostgresAdapter, PostgresIntrospector } from 'kysely'
import type { Lease, Turn } from '../../connection/lease.ts'
import type { ConnectionPool } from '../../connection/pool.ts'
import { endTransaction, PoolDriver } from '../../connection/pool-driver.ts'
import { ArchiveQueryCompiler } from '../query-compiler.ts'

/** Kysely's PostgreSQL dialect on a pool of connections, whose turn is that of one operation. */
export function postgresDialect(pool: ConnectionPool, turn: Turn): Dialect {
  return {
    createDriver: () => new PostgresDriver(pool, turn),
    createQueryCompiler: () => new ArchiveQueryCompiler(),
    createAdapter: () => new PostgresAdapter(),
    createIntrospector: (db) => new PostgresIntrospector(db),
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
