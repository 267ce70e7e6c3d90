import { setTimeout as sleep } from 'node:timers/promises'
import type { DatabaseConnection } from 'kysely'
import { FairQueue } from '../../core/fair-queue.ts'
import type { Snowflake } from '../../core/snowflake.ts'
import type { Connection } from './connection.ts'
import { Loan, type Turn } from './loan.ts'
import { type ConnectionLimits, OpenConnections } from './open-connections.ts'

/** How many connections a pool opens, and for whom. */
export interface PoolSize extends ConnectionLimits {
  /** How many a guild has at most at a time; any number by default. */
  readonly perGuild?: number
  /** How many operations may use one at the same time; one by default, since more would share a transaction. */
  readonly shared?: number
  /** How long statements may take to finish when the archive is closed, in milliseconds. */
  readonly grace: number
}

interface Waiter {
  readonly turn: Turn
  readonly resolve: (loan: Loan) => void
  readonly reject: (error: unknown) => void
}

/**
 * Lends the connections to one database to operations; those that find none wait. The guilds take turns, so that one with
 * many operations delays no other by more than one statement. Within a guild, the operation that began first goes first,
 * so that it ends first.
 */
export class ConnectionPool {
  readonly #size: PoolSize
  readonly #connections: OpenConnections
  readonly #loans = new Map<DatabaseConnection, Loan>()
  /** By guild. An operation of no single guild has a turn of its own. */
  readonly #waiting = new FairQueue<Snowflake | Waiter, Waiter>((a, b) => a.turn.number - b.turn.number)
  #isClosed = false

  /** @param create gives a connection each time one is opened */
  constructor(create: () => Connection, size: PoolSize) {
    this.#size = size
    this.#connections = new OpenConnections(create, size)
  }

  /** Whether nothing is left of any connection. */
  get hasEnded(): boolean {
    return this.#connections.haveEnded
  }

  /** @throws the reason of the turn's signal, when that aborts before a connection is free */
  async acquire(turn: Turn): Promise<Loan> {
    if (this.#isClosed) throw closedError()
    const { guildId, signal } = turn
    signal?.throwIfAborted()
    const { promise, resolve, reject } = Promise.withResolvers<Loan>()
    const waiter = { turn, resolve, reject }
    const leave = () => {
      this.#waiting.remove(guildId ?? waiter, waiter)
      reject(signal?.reason)
    }
    this.#waiting.add(guildId ?? waiter, waiter)
    this.#serveNext()
    signal?.addEventListener('abort', leave)
    return promise.finally(() => signal?.removeEventListener('abort', leave))
  }

  release(connection: DatabaseConnection): void {
    const loan = this.#loans.get(connection)
    if (!loan) return
    this.#loans.delete(connection)
    loan.released.resolve()
    this.#connections.giveBack(loan.connection)
    this.#serveNext()
  }

  /**
   * Closes every connection, each once it is released. What takes too long is interrupted.
   * @returns whether every connection has ended; one that has not ends when the database finishes its statement
   */
  async close(): Promise<boolean> {
    this.#isClosed = true
    for (const { reject } of this.#waiting.clear()) reject(closedError())
    const { grace } = this.#size
    const loans = Map.groupBy(this.#loans.values(), ({ connection }) => connection)
    await this.#connections.close(sleep<'timeout'>(grace, 'timeout', { ref: false }), (connection) =>
      Promise.all((loans.get(connection) ?? []).map(({ released }) => released.promise)),
    )
    return this.hasEnded
  }

  /** Lends connections to those who wait, as long as there are any. */
  #serveNext(): void {
    const { most, shared = 1 } = this.#size
    while (this.#loans.size < most * shared) {
      const waiter = this.#waiting.take(({ turn }) => this.#mayLend(turn))
      if (!waiter) return
      const loan = new Loan(this.#connections.take(), waiter.turn)
      this.#loans.set(loan, loan)
      waiter.resolve(loan)
    }
  }

  #mayLend({ guildId }: Turn): boolean {
    const { perGuild = Number.POSITIVE_INFINITY } = this.#size
    if (guildId === undefined) return true
    return [...this.#loans.values()].filter(({ turn }) => turn.guildId === guildId).length < perGuild
  }
}

function closedError(): Error {
  return new Error('The archive is closed.')
}
