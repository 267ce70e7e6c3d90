import { setTimeout as sleep } from 'node:timers/promises'
import { type DatabaseOptions, SqliteConnection } from './connection.ts'

/** How long `close` waits for a thread that it terminated, in milliseconds. */
const TERMINATE_TIMEOUT = 500

/** How many connections are open, and for how long. */
export interface ConnectionLimits {
  /** How many there are at most. */
  readonly most: number
  /** After how many milliseconds without use a connection is closed. A database in memory stays, since it would be lost. */
  readonly idleTimeout: number
}

interface Idle {
  readonly connection: SqliteConnection
  readonly timer: NodeJS.Timeout
}

/**
 * The open connections to one database. A connection is opened when it is first needed. One whose thread has ended is
 * replaced when the next operation needs it, so a thread that always ends at once costs each operation one attempt and
 * never restarts by itself.
 */
export class OpenConnections {
  readonly #options: DatabaseOptions
  readonly #limits: ConnectionLimits
  /** The last one was used last, and is used next. */
  readonly #idle: Idle[] = []
  /** How many operations use each connection that is in use. */
  readonly #load = new Map<SqliteConnection, number>()
  /** Every connection whose thread has not ended. */
  readonly #running = new Set<SqliteConnection>()
  #isClosed = false

  constructor(options: DatabaseOptions, limits: ConnectionLimits) {
    this.#options = options
    this.#limits = limits
  }

  /** Whether no thread is left. */
  get haveEnded(): boolean {
    return this.#running.size === 0
  }

  /** A connection for an operation: an idle one, a new one, or the least used one if there may be no more. */
  take(): SqliteConnection {
    const connection = this.#idleConnection() ?? this.#sharedConnection() ?? this.#open()
    this.#load.set(connection, (this.#load.get(connection) ?? 0) + 1)
    return connection
  }

  /** An operation no longer uses a connection. Once none does, it is kept until it was idle for too long. */
  giveBack(connection: SqliteConnection): void {
    const load = (this.#load.get(connection) ?? 1) - 1
    if (load > 0) {
      this.#load.set(connection, load)
      return
    }
    this.#load.delete(connection)
    if (this.#isClosed) return
    const timer = setTimeout(() => this.#endIdle(connection), this.#limits.idleTimeout).unref()
    this.#idle.push({ connection, timer })
  }

  /**
   * Closes every connection, each when it is released. What takes longer than the timeout is terminated.
   * @param released resolves when no operation uses a connection any more
   */
  async close(timeout: Promise<'timeout'>, released: (connection: SqliteConnection) => Promise<unknown>) {
    this.#isClosed = true
    for (const { timer } of this.#idle.splice(0)) clearTimeout(timer)
    await Promise.all([...this.#running].map((each) => end(each, timeout, released(each))))
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
    if (this.#load.size < this.#limits.most) return undefined
    const [least] = [...this.#load].filter(([{ isAlive }]) => isAlive).sort((a, b) => a[1] - b[1])
    return least?.[0]
  }

  #open(): SqliteConnection {
    const connection = new SqliteConnection(this.#options)
    this.#running.add(connection)
    void connection.ended.then(() => this.#running.delete(connection))
    return connection
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
  released: Promise<unknown>,
): Promise<void> {
  if ((await Promise.race([released, timeout])) !== 'timeout') connection.close()
  if ((await Promise.race([connection.ended, timeout])) !== 'timeout') return
  connection.terminate()
  await Promise.race([connection.ended, sleep(TERMINATE_TIMEOUT, undefined, { ref: false })])
}
