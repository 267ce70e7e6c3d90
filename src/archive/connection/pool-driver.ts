import { CompiledQuery, type Driver } from 'kysely'
import type { Loan, Turn } from './loan.ts'
import type { ConnectionPool } from './pool.ts'

/** The pool as Kysely drives it for one operation. The pool outlives it. */
export abstract class PoolDriver implements Driver {
  readonly #pool: ConnectionPool
  readonly #turn: Turn

  constructor(pool: ConnectionPool, turn: Turn) {
    this.#pool = pool
    this.#turn = turn
  }

  async init(): Promise<void> {}

  acquireConnection(): Promise<Loan> {
    return this.#pool.acquire(this.#turn)
  }

  async releaseConnection(loan: Loan): Promise<void> {
    this.#pool.release(loan)
  }

  abstract beginTransaction(loan: Loan): Promise<void>

  async commitTransaction(loan: Loan): Promise<void> {
    await endTransaction(loan, 'commit')
  }

  abstract rollbackTransaction(loan: Loan): Promise<void>

  async destroy(): Promise<void> {}
}

/**
 * Commits or rolls back, even if nobody waits for the operation any more: a transaction left open would become part of the
 * next operation on the connection.
 */
export async function endTransaction({ connection }: Loan, sql: 'commit' | 'rollback'): Promise<void> {
  await connection.execute(CompiledQuery.raw(sql))
}
