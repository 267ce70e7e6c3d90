import { setTimeout as sleep } from 'node:timers/promises'
import type { DatabaseConnection } from 'kysely'
import type { DatabaseOptions } from './connection.ts'
import { SqliteConnection } from './connection.ts'

/** How long what is under way may take to finish when the archive is closed, in milliseconds. */
const LAST_READING = 200
const LAST_WRITING = 600

/** How long a thread that is terminated has to end, in milliseconds. */
const ENDING = 500

interface Loan {
  readonly connection: SqliteConnection
  /** Resolves when it was given back. */
  readonly back: PromiseWithResolvers<void>
}

interface Caller {
  readonly resolve: (connection: SqliteConnection) => void
  readonly reject: (error: Error) => void
}

/**
 * Connections that are lent to one caller at a time; the others wait in line. A connection whose thread has ended is
 * replaced when the next caller wants it, so that a thread which ends at once costs each caller one attempt and no more.
 */
export class SqlitePool {
  readonly #opening: DatabaseOptions
  readonly #idle: SqliteConnection[]
  readonly #lent = new Map<DatabaseConnection, Loan>()
  readonly #line: Caller[] = []
  #isClosed = false

  constructor(opening: DatabaseOptions, size: number) {
    this.#opening = opening
    this.#idle = Array.from({ length: size }, () => new SqliteConnection(opening))
  }

  borrow(): Promise<SqliteConnection> {
    if (this.#isClosed) return Promise.reject(closed())
    const connection = this.#idle.pop()
    if (connection) return Promise.resolve(this.#lend(connection))
    return new Promise((resolve, reject) => this.#line.push({ resolve, reject }))
  }

  giveBack(borrowed: DatabaseConnection): void {
    const loan = this.#lent.get(borrowed)
    if (!loan) return
    this.#lent.delete(borrowed)
    loan.back.resolve()
    const next = this.#line.shift()
    if (next) next.resolve(this.#lend(loan.connection))
    else this.#idle.push(loan.connection)
  }

  /**
   * Closes all connections, each once it was given back. What is not done in time is broken off.
   * @returns whether every thread has ended; one that has not does so when SQLite is done with a statement
   */
  async close(): Promise<boolean> {
    this.#isClosed = true
    for (const { reject } of this.#line.splice(0)) reject(closed())
    const late = sleep<'late'>(this.#opening.readOnly ? LAST_READING : LAST_WRITING, 'late', { ref: false })
    const endings = [
      ...this.#idle.map((connection) => end(connection, late)),
      ...[...this.#lent.values()].map(({ connection, back }) => end(connection, late, back.promise)),
    ]
    return (await Promise.all(endings)).every((hasEnded) => hasEnded)
  }

  #lend(connection: SqliteConnection): SqliteConnection {
    const living = connection.isAlive || this.#isInMemory ? connection : new SqliteConnection(this.#opening)
    this.#lent.set(living, { connection: living, back: Promise.withResolvers() })
    return living
  }

  /** What was in memory is gone with its thread. A new thread would begin with nothing, as if that were all there is. */
  get #isInMemory(): boolean {
    return this.#opening.path === ':memory:'
  }
}

/** Ends a connection, when it is given back or it is late. @returns whether its thread has ended */
async function end(
  connection: SqliteConnection,
  late: Promise<'late'>,
  back: Promise<void> = Promise.resolve(),
): Promise<boolean> {
  if ((await Promise.race([back, late])) !== 'late') connection.close()
  if ((await Promise.race([connection.ended, late])) !== 'late') return true
  connection.terminate()
  const tooLate = sleep(ENDING, 'late', { ref: false })
  return (await Promise.race([connection.ended, tooLate])) !== 'late'
}

function closed(): Error {
  return new Error('The archive is closed.')
}
