import { CompiledQuery, type Dialect, SqliteAdapter, SqliteIntrospector } from 'kysely'
import type { Loan, Turn } from '../../connection/loan.ts'
import type { ConnectionPool } from '../../connection/pool.ts'
import { endTransaction, PoolDriver } from '../../connection/pool-driver.ts'
import { ArchiveQueryCompiler } from '../query-compiler.ts'

const NOTHING_TO_ROLL_BACK = 'cannot rollback - no transaction is active'

/** Kysely's SQLite dialect on a pool of connections, whose turn is that of one operation. */
export function sqliteDialect(pool: ConnectionPool, turn: Turn): Dialect {
  return {
    createDriver: () => new SqliteDriver(pool, turn),
    createQueryCompiler: () => new ArchiveQueryCompiler(),
    createAdapter: () => new Adapter(),
    createIntrospector: (db) => new SqliteIntrospector(db),
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

class SqliteDriver extends PoolDriver {
  override async beginTransaction(loan: Loan): Promise<void> {
    await loan.executeQuery(CompiledQuery.raw('begin immediate'))
  }

  /** On a full disk SQLite has rolled back by itself; its complaint about that would hide the real error. */
  override async rollbackTransaction(loan: Loan): Promise<void> {
    await endTransaction(loan, 'rollback').catch((error: unknown) => {
      if (!(error instanceof Error) || error.message !== NOTHING_TO_ROLL_BACK) throw error
    })
  }
}
