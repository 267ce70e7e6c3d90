import { CompiledQuery, type Driver } from 'kysely'
import type { Lease, Turn } from './lease.ts'
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

  acquireConnection(): Promise<Lease> {
    return this.#pool.acquire(this.#turn)
  }

  async releaseConnection(lease: Lease): Promise<void> {
    this.#pool.release(lease)
  }

  abstract beginTransaction(lease: Lease): Promise<void>

  async commitTransaction(lease: Lease): Promise<void> {
    await endTransaction(lease, 'commit')
  }

  abstract rollbackTransaction(lease: Lease): Promise<void>

  async destroy(): Promise<void> {}
}

/**
 * Commits or rolls back, even if nobody waits for the operation any more: a transaction left open would become part of the
 * next operation on the connection.
 */
export async function endTransaction({ connection }: Lease, sql: 'commit' | 'rollback'): Promise<void> {
  await connection.execute(CompiledQuery.raw(sql))
}
