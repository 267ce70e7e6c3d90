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
  /** How many stay open while nobody needs them. */
  readonly least: number
  /** How many a guild has at most at a time; any number by default. */
  readonly perGuild?: number
  /** How many operations may use one at the same time; one by default, since more would share a transaction. */
  readonly shared?: number
  /** After how many milliseconds without use a connection beyond `least` is closed. */
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
 * Connections to one database, each used by one operation at a time, or a few; others wait in line. A connection is opened when it
 * is first needed. One whose thread has ended is replaced when the next operation needs it, so a thread that always ends
 * at once costs each operation one attempt and never restarts by itself.
 */
export class SqlitePool {
  readonly #options: DatabaseOptions
  readonly #size: PoolSize
  /** The last one was used last, and is used next. */
  readonly #idle: Idle[] = []
  readonly #leases = new Map<DatabaseConnection, Lease>()
  /** How many operations use each connection that is in use. */
  readonly #load = new Map<SqliteConnection, number>()
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
    const load = (this.#load.get(lease.connection) ?? 1) - 1
    if (load > 0) this.#load.set(lease.connection, load)
    else {
      this.#load.delete(lease.connection)
      this.#keep(lease.connection)
    }
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
    const leases = Map.groupBy(this.#leases.values(), ({ connection }) => connection)
    await Promise.all(
      [...this.#running].map((connection) => {
        const released = (leases.get(connection) ?? []).map((lease) => lease.released.promise)
        return end(connection, timeout, Promise.all(released))
      }),
    )
    return this.hasEnded
  }

  /** Leases connections to those who wait, as long as there are any. */
  #serveNext(): void {
    const { most, shared = 1 } = this.#size
    while (this.#leases.size < most * shared) {
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

  /** An idle connection, a new one, or the least used one that can be shared. */
  #take(): SqliteConnection {
    const connection = this.#idleConnection() ?? this.#sharedConnection() ?? this.#open()
    this.#load.set(connection, (this.#load.get(connection) ?? 0) + 1)
    return connection
  }

  #idleConnection(): SqliteConnection | undefined {
    const idle = this.#idle.pop()
    clearTimeout(idle?.timer)
    // A database in memory is lost with its thread: a new thread would answer from an empty one.
    return idle && (idle.connection.isAlive || this.#options.path === ':memory:')
      ? idle.connection
      : undefined
  }

  #sharedConnection(): SqliteConnection | undefined {
    if (this.#load.size < this.#size.most) return undefined
    const [least] = [...this.#load].filter(([{ isAlive }]) => isAlive).sort((a, b) => a[1] - b[1])
    return least?.[0]
  }

  #open(): SqliteConnection {
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
    if (this.#idle.length + this.#load.size <= this.#size.least) return
    const index = this.#idle.findIndex((idle) => idle.connection === connection)
    this.#idle.splice(index, 1)
    connection.close()
  }
}

/** Ends a connection when it is released, or at the timeout. */
async function end(
  connection: SqliteConnection,
  timeout: Promise<'timeout'>,
  released: Promise<unknown>,
): Promise<void> {
  if ((await Promise.race([released, timeout])) !== 'timeout') connection.close()
  if ((await Promise.race([connection.ended, timeout])) !== 'timeout') return
  connection.terminate()
  await Promise.race([connection.ended, sleep(TERMINATE_TIMEOUT, undefined, { ref: false })])
}

function closedError(): Error {
  return new Error('The archive is closed.')
}
