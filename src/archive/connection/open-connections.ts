import { setTimeout as sleep } from 'node:timers/promises'
import type { Connection } from './connection.ts'

/** How long `close` waits for a connection that it terminated, in milliseconds. */
const TERMINATE_TIMEOUT = 500

/** How many connections are open, and for how long. */
export interface ConnectionLimits {
  /** How many there are at most. */
  readonly most: number
  /** After how many milliseconds without use a connection is closed; `Infinity` for never. */
  readonly idleTimeout: number
}

interface Idle {
  readonly connection: Connection
  readonly timer: NodeJS.Timeout | undefined
}

/**
 * The open connections to one database. A connection is opened when it is first needed. One that has ended is replaced when
 * the next operation needs it, so a connection that always ends at once costs each operation one attempt, and none is
 * opened without an operation.
 */
export class OpenConnections {
  readonly #create: () => Connection
  readonly #limits: ConnectionLimits
  /** The last one was used last, and is used next. */
  readonly #idle: Idle[] = []
  /** How many operations use each connection that is in use. */
  readonly #load = new Map<Connection, number>()
  /** Every connection that has not ended. */
  readonly #running = new Set<Connection>()
  #isClosed = false

  constructor(create: () => Connection, limits: ConnectionLimits) {
    this.#create = create
    this.#limits = limits
  }

  /** Whether nothing is left of any connection. */
  get haveEnded(): boolean {
    return this.#running.size === 0
  }

  /** A connection for an operation: an idle one, a new one, or the least used one if there may be no more. */
  take(): Connection {
    const connection = this.#idleConnection() ?? this.#sharedConnection() ?? this.#open()
    this.#load.set(connection, (this.#load.get(connection) ?? 0) + 1)
    return connection
  }

  /** An operation no longer uses a connection. Once none does, it is kept until it was idle for too long. */
  giveBack(connection: Connection): void {
    const load = (this.#load.get(connection) ?? 1) - 1
    if (load > 0) {
      this.#load.set(connection, load)
      return
    }
    this.#load.delete(connection)
    if (this.#isClosed) return
    if (connection.isAlive) this.#idle.push({ connection, timer: this.#idleTimer(connection) })
    else connection.close()
  }

  /**
   * Closes every connection, each when it is released. What takes longer than the timeout is terminated.
   * @param released resolves when no operation uses a connection any more
   */
  async close(timeout: Promise<'timeout'>, released: (connection: Connection) => Promise<unknown>) {
    this.#isClosed = true
    for (const { timer } of this.#idle.splice(0)) clearTimeout(timer)
    await Promise.all([...this.#running].map((each) => end(each, timeout, released(each))))
  }

  #idleConnection(): Connection | undefined {
    for (let idle = this.#idle.pop(); idle; idle = this.#idle.pop()) {
      clearTimeout(idle.timer)
      if (idle.connection.isAlive) return idle.connection
      idle.connection.close()
    }
    return undefined
  }

  #sharedConnection(): Connection | undefined {
    if (this.#load.size < this.#limits.most) return undefined
    const [least] = [...this.#load].filter(([{ isAlive }]) => isAlive).sort((a, b) => a[1] - b[1])
    return least?.[0]
  }

  #open(): Connection {
    const connection = this.#create()
    this.#running.add(connection)
    void connection.ended.then(() => this.#running.delete(connection))
    return connection
  }

  #idleTimer(connection: Connection): NodeJS.Timeout | undefined {
    const { idleTimeout } = this.#limits
    if (idleTimeout === Number.POSITIVE_INFINITY) return undefined
    return setTimeout(() => this.#endIdle(connection), idleTimeout).unref()
  }

  #endIdle(connection: Connection): void {
    const index = this.#idle.findIndex((idle) => idle.connection === connection)
    this.#idle.splice(index, 1)
    connection.close()
  }
}

/** Ends a connection when it is released, or at the timeout. */
async function end(
  connection: Connection,
  timeout: Promise<'timeout'>,
  released: Promise<unknown>,
): Promise<void> {
  if ((await Promise.race([released, timeout])) !== 'timeout') connection.close()
  if ((await Promise.race([connection.ended, timeout])) !== 'timeout') return
  connection.terminate()
  await Promise.race([connection.ended, sleep(TERMINATE_TIMEOUT, undefined, { ref: false })])
}
