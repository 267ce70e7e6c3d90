import { setTimeout as sleep } from 'node:timers/promises'
import type { DatabaseConnection } from 'kysely'
import { type DatabaseOptions, SqliteConnection } from './connection.ts'

/** How long queries may take to finish when the archive is closed, in milliseconds. */
const READ_GRACE = 200
const WRITE_GRACE = 600

/** How long `close` waits for a thread that it terminated, in milliseconds. */
const TERMINATE_TIMEOUT = 500

interface Lease {
  readonly connection: SqliteConnection
  /** Resolves when the connection is released. */
  readonly released: PromiseWithResolvers<void>
}

interface Waiter {
  readonly resolve: (connection: SqliteConnection) => void
  readonly reject: (error: Error) => void
}

/**
 * Connections to one database, each used by one caller at a time; further callers wait in line. A connection is opened
 * when it is first needed. One whose thread has ended is replaced when the next caller needs it, so a thread that always
 * ends at once costs each caller one attempt and never restarts by itself.
 */
export class SqlitePool {
  readonly #options: DatabaseOptions
  readonly #size: number
  readonly #idle: SqliteConnection[] = []
  readonly #leases = new Map<DatabaseConnection, Lease>()
  readonly #waiting: Waiter[] = []
  #isClosed = false

  /** @param size how many connections there are at most */
  constructor(options: DatabaseOptions, size: number) {
    this.#options = options
    this.#size = size
  }

  acquire(): Promise<SqliteConnection> {
    if (this.#isClosed) return Promise.reject(closedError())
    const connection = this.#idle.pop() ?? this.#openIfAllowed()
    if (connection) return Promise.resolve(this.#lease(connection))
    return new Promise((resolve, reject) => this.#waiting.push({ resolve, reject }))
  }

  release(connection: DatabaseConnection): void {
    const lease = this.#leases.get(connection)
    if (!lease) return
    this.#leases.delete(connection)
    lease.released.resolve()
    const next = this.#waiting.shift()
    if (next) next.resolve(this.#lease(lease.connection))
    else this.#idle.push(lease.connection)
  }

  /**
   * Closes every connection, each once it is released. What takes too long is interrupted.
   * @returns whether every thread has ended; one that has not ends when SQLite finishes its statement
   */
  async close(): Promise<boolean> {
    this.#isClosed = true
    for (const { reject } of this.#waiting.splice(0)) reject(closedError())
    const grace = this.#options.readOnly ? READ_GRACE : WRITE_GRACE
    const timeout = sleep<'timeout'>(grace, 'timeout', { ref: false })
    const endings = [
      ...this.#idle.map((connection) => end(connection, timeout)),
      ...[...this.#leases.values()].map(({ connection, released }) =>
        end(connection, timeout, released.promise),
      ),
    ]
    return (await Promise.all(endings)).every((hasEnded) => hasEnded)
  }

  #openIfAllowed(): SqliteConnection | undefined {
    return this.#leases.size < this.#size ? new SqliteConnection(this.#options) : undefined
  }

  #lease(connection: SqliteConnection): SqliteConnection {
    const live = connection.isAlive || this.#isInMemory ? connection : new SqliteConnection(this.#options)
    this.#leases.set(live, { connection: live, released: Promise.withResolvers() })
    return live
  }

  /** A database in memory is lost with its thread: a new thread would answer from an empty one. */
  get #isInMemory(): boolean {
    return this.#options.path === ':memory:'
  }
}

/** Ends a connection when it is released, or at the timeout. @returns whether its thread has ended */
async function end(
  connection: SqliteConnection,
  timeout: Promise<'timeout'>,
  released: Promise<void> = Promise.resolve(),
): Promise<boolean> {
  if ((await Promise.race([released, timeout])) !== 'timeout') connection.close()
  if ((await Promise.race([connection.ended, timeout])) !== 'timeout') return true
  connection.terminate()
  const terminateTimeout = sleep(TERMINATE_TIMEOUT, 'timeout', { ref: false })
  return (await Promise.race([connection.ended, terminateTimeout])) !== 'timeout'
}

function closedError(): Error {
  return new Error('The archive is closed.')
}
