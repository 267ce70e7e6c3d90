import { setTimeout as sleep } from 'node:timers/promises'
import type { DatabaseConnection } from 'kysely'
import { type DatabaseOptions, SqliteConnection } from './connection.ts'
import { Lease } from './lease.ts'
import { type Turn, WaitingLine } from './waiting-line.ts'

/** How long queries may take to finish when the archive is closed, in milliseconds. */
const READ_GRACE = 200
const WRITE_GRACE = 600

/** How long `close` waits for a thread that it terminated, in milliseconds. */
const TERMINATE_TIMEOUT = 500

/** How many connections a pool opens, and for whom. */
export interface PoolSize {
  /** How many there are at most. */
  readonly most: number
  /** How many a guild has at most at a time; any number by default. */
  readonly perGuild?: number
  /** After how many milliseconds without use a connection is closed. A database in memory stays, since it would be lost. */
  readonly idleTimeout: number
}

interface Waiter {
  readonly turn: Turn
  readonly resolve: (lease: Lease) => void
  readonly reject: (error: unknown) => void
}

interface Idle {
  readonly connection: SqliteConnection
  readonly timer: NodeJS.Timeout
}

/**
 * Connections to one database, each used by one operation at a time; others wait in line. A connection is opened when it
 * is first needed. One whose thread has ended is replaced when the next operation needs it, so a thread that always ends
 * at once costs each operation one attempt and never restarts by itself.
 */
export class SqlitePool {
  readonly #options: DatabaseOptions
  readonly #size: PoolSize
  /** The last one was used last, and is used next. */
  readonly #idle: Idle[] = []
  readonly #leases = new Map<DatabaseConnection, Lease>()
  readonly #waiting = new WaitingLine<Waiter>()
  /** Every connection whose thread has not ended. */
  readonly #running = new Set<SqliteConnection>()
  #isClosed = false

  constructor(options: DatabaseOptions, size: PoolSize) {
    this.#options = options
    this.#size = size
  }

  /** Whether no thread is left. */
  get hasEnded(): boolean {
    return this.#running.size === 0
  }

  /** @throws the reason of the turn's signal, when that aborts before a connection is free */
  async acquire(turn: Turn): Promise<Lease> {
    if (this.#isClosed) throw closedError()
    const { signal } = turn
    signal?.throwIfAborted()
    const { promise, resolve, reject } = Promise.withResolvers<Lease>()
    const waiter = { turn, resolve, reject }
    const leave = () => {
      this.#waiting.remove(waiter)
      reject(signal?.reason)
    }
    this.#waiting.add(waiter)
    this.#serveNext()
    signal?.addEventListener('abort', leave)
    return promise.finally(() => signal?.removeEventListener('abort', leave))
  }

  release(connection: DatabaseConnection): void {
    const lease = this.#leases.get(connection)
    if (!lease) return
    this.#leases.delete(connection)
    lease.released.resolve()
    this.#keep(lease.connection)
    this.#serveNext()
  }

  /**
   * Closes every connection, each once it is released. What takes too long is interrupted.
   * @returns whether every thread has ended; one that has not ends when SQLite finishes its statement
   */
  async close(): Promise<boolean> {
    this.#isClosed = true
    for (const { reject } of this.#waiting.clear()) reject(closedError())
    for (const { timer } of this.#idle.splice(0)) clearTimeout(timer)
    const timeout = sleep<'timeout'>(this.#options.readOnly ? READ_GRACE : WRITE_GRACE, 'timeout', {
      ref: false,
    })
    const leases = new Map([...this.#leases.values()].map((lease) => [lease.connection, lease]))
    await Promise.all(
      [...this.#running].map((connection) =>
        end(connection, timeout, leases.get(connection)?.released.promise),
      ),
    )
    return this.hasEnded
  }

  /** Leases connections to those who wait, as long as there are any. */
  #serveNext(): void {
    while (this.#idle.length > 0 || this.#leases.size < this.#size.most) {
      const waiter = this.#waiting.next((turn) => this.#mayLease(turn))
      if (!waiter) return
      const lease = new Lease(this.#take(), waiter.turn)
      this.#leases.set(lease, lease)
      waiter.resolve(lease)
    }
  }

  #mayLease({ guildId }: Turn): boolean {
    const { perGuild = Number.POSITIVE_INFINITY } = this.#size
    if (guildId === undefined) return true
    return [...this.#leases.values()].filter(({ turn }) => turn.guildId === guildId).length < perGuild
  }

  /** An idle connection, or a new one. */
  #take(): SqliteConnection {
    const idle = this.#idle.pop()
    clearTimeout(idle?.timer)
    // A database in memory is lost with its thread: a new thread would answer from an empty one.
    if (idle && (idle.connection.isAlive || this.#options.path === ':memory:')) return idle.connection
    const connection = new SqliteConnection(this.#options)
    this.#running.add(connection)
    void connection.ended.then(() => this.#running.delete(connection))
    return connection
  }

  /** Keeps a connection for the next operation, until it was idle for too long. */
  #keep(connection: SqliteConnection): void {
    if (this.#isClosed) return
    const timer = setTimeout(() => this.#endIdle(connection), this.#size.idleTimeout).unref()
    this.#idle.push({ connection, timer })
  }

  #endIdle(connection: SqliteConnection): void {
    if (this.#options.path === ':memory:') return
    const index = this.#idle.findIndex((idle) => idle.connection === connection)
    this.#idle.splice(index, 1)
    connection.close()
  }
}

/** Ends a connection when it is released, or at the timeout. */
async function end(
  connection: SqliteConnection,
  timeout: Promise<'timeout'>,
  released: Promise<void> = Promise.resolve(),
): Promise<void> {
  if ((await Promise.race([released, timeout])) !== 'timeout') connection.close()
  if ((await Promise.race([connection.ended, timeout])) !== 'timeout') return
  connection.terminate()
  await Promise.race([connection.ended, sleep(TERMINATE_TIMEOUT, undefined, { ref: false })])
}

function closedError(): Error {
  return new Error('The archive is closed.')
}
