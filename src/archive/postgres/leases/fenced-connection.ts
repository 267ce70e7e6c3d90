import { CompiledQuery, type QueryResult } from 'kysely'
import { ArchiveUnavailable } from '../../../core/errors.ts'
import type { Fence } from '../../../core/sharding/leases.ts'
import type { Connection } from '../../connection/connection.ts'

const BEGIN = 'begin'
const ENDS: readonly string[] = ['commit', 'rollback']

/**
 * A connection that writes only while its process holds a block of shards. Each transaction locks the lease, so that no
 * other process takes it before the transaction has ended; without a lease there is no transaction. A renewal changes no
 * key and does not wait for this lock, taking over does.
 * https://www.postgresql.org/docs/current/explicit-locking.html#LOCKING-ROWS
 */
export class FencedConnection implements Connection {
  readonly #connection: Connection
  readonly #fence: Fence
  readonly #begin: CompiledQuery
  #isInTransaction = false

  constructor(connection: Connection, fence: Fence) {
    this.#connection = connection
    this.#fence = fence
    // In one message, so that it takes no more time than without.
    this.#begin = CompiledQuery.raw(
      `begin; SELECT 1 FROM shard_lease WHERE holder = '${fence.holder}' FOR KEY SHARE`,
    )
  }

  get isAlive(): boolean {
    return this.#connection.isAlive
  }

  get ended(): Promise<void> {
    return this.#connection.ended
  }

  async execute<Row>(query: CompiledQuery, signal?: AbortSignal): Promise<QueryResult<Row>> {
    if (query.sql === BEGIN) {
      await this.#enter(signal)
      return { rows: [] }
    }
    if (this.#isInTransaction) {
      if (ENDS.includes(query.sql)) this.#isInTransaction = false
      return this.#connection.execute(query, signal)
    }
    await this.#enter(signal)
    try {
      const result = await this.#connection.execute<Row>(query, signal)
      await this.#connection.execute(CompiledQuery.raw('commit'))
      return result
    } catch (error) {
      await this.#rollBack()
      throw error
    } finally {
      this.#isInTransaction = false
    }
  }

  close(): void {
    this.#connection.close()
  }

  terminate(): void {
    this.#connection.terminate()
  }

  /** @throws ArchiveUnavailable when the process holds no block */
  async #enter(signal: AbortSignal | undefined): Promise<void> {
    try {
      const { rows } = await this.#connection.execute(this.#begin, signal)
      if (rows.length > 0) {
        this.#isInTransaction = true
        return
      }
    } catch (error) {
      await this.#rollBack()
      throw error
    }
    this.#fence.onLost()
    await this.#rollBack()
    throw new ArchiveUnavailable('Another process has taken over the shards of this one.', 'unreachable')
  }

  /** What went wrong before is the error that counts. */
  async #rollBack(): Promise<void> {
    await this.#connection.execute(CompiledQuery.raw('rollback')).catch(() => this.#connection.terminate())
  }
}
