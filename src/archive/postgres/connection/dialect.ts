import { CompiledQuery, type Dialect, PostgresAdapter, PostgresIntrospector } from 'kysely'
import type { Loan, Turn } from '../../connection/loan.ts'
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
  override async beginTransaction(loan: Loan): Promise<void> {
    await loan.executeQuery(CompiledQuery.raw('begin'))
  }

  /** A connection that cannot roll back is ended, which rolls back. What went wrong before is the error that counts. */
  override async rollbackTransaction(loan: Loan): Promise<void> {
    await endTransaction(loan, 'rollback').catch(() => loan.connection.terminate())
  }
}
