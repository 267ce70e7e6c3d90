import { createHash } from 'node:crypto'
import type { Socket } from 'node:net'
import type { CompiledQuery, QueryResult } from 'kysely'
import { type Client, DatabaseError } from 'pg'
import { SECOND } from '../../../core/time/units.ts'
import type { PostgresAddress } from '../address/postgres-address.ts'
import { requestCancel } from './cancel.ts'
import { connectionFault, endsConnection, statementFault } from './faults.ts'
import { toParameter } from './values.ts'

/** How long things may take, in milliseconds; 0 for any time. */
export interface SessionLimits {
  readonly statement: number
  /** Until a statement has a lock. */
  readonly lock: number
  /** Between the statements of a transaction. */
  readonly idleInTransaction: number
  /** How much longer than a statement may take until the server counts as gone. */
  readonly silence: number
}

/** How long a canceled statement may go on, and an idle session take to end, in milliseconds. */
const END_TIMEOUT = SECOND

/** How many statements a session prepares at most. Each takes about 50 kB of the server's memory. */
const MAX_PREPARED = 300

/** Statements that are prepared. Others, such as `begin`, are sent as they are. */
const PREPARED = /^\s*(?:select|insert|update|delete|with|merge)\b/i

/**
 * Just-in-time compilation takes longer than most of the statements that it is meant to make faster. Transactions lock a
 * guild and then read what others have committed until then, which is right in this isolation level alone.
 */
const SETUP = `SELECT set_config('statement_timeout', $1, false), set_config('lock_timeout', $2, false),
  set_config('idle_in_transaction_session_timeout', $3, false),
  set_config('default_transaction_isolation', 'read committed', false),
  CASE WHEN current_setting('jit', true) IS NOT NULL THEN set_config('jit', 'off', false) END,
  pg_is_in_recovery() AS "isStandby", current_setting('default_transaction_read_only') = 'on' AS "isReadOnly"`

/** A connection to a server, from its first byte on. Its socket is closed if anything is wrong with it. */
export class Session {
  /** Resolves when the socket is closed. */
  readonly ended: Promise<void>
  readonly #client: Client
  readonly #socket: Socket
  readonly #limits: SessionLimits
  /** The names of the prepared statements, by their SQL. */
  readonly #names = new Map<string, string>()
  #isOutdated = false
  /** What statements fail with since the session ended. */
  #failure: Error | undefined

  /** @param socket what the client connects with */
  constructor(client: Client, socket: Socket, limits: SessionLimits) {
    this.#client = client
    this.#socket = socket
    this.#limits = limits
    const closed = Promise.withResolvers<void>()
    this.ended = closed.promise
    socket.once('close', () => {
      this.#lose(new Error('The server closed the connection.'))
      closed.resolve()
    })
    client.on('error', (error) => this.#lose(error))
  }

  /** Whether another operation may use it. */
  get isAlive(): boolean {
    return this.#failure === undefined && !this.#isOutdated && this.#names.size < MAX_PREPARED
  }

  /** @throws when there is no server that may be used */
  async connect(target: PostgresAddress['target']): Promise<void> {
    await this.#client.connect()
    const { statement, lock, idleInTransaction } = this.#limits
    const { rows } = await this.#client.query(SETUP, [statement, lock, idleInTransaction])
    const [{ isStandby, isReadOnly }] = rows
    if (target !== 'any' && isStandby) throw new Error('The server is a standby.')
    if (target === 'read-write' && isReadOnly) throw new Error('The server is read-only.')
  }

  /**
   * Runs a statement; one at a time.
   * @throws ArchiveUnavailable, PostgresError, or the signal's reason
   */
  async run<Row>(
    { sql, parameters }: CompiledQuery,
    signal: AbortSignal | undefined,
  ): Promise<QueryResult<Row>> {
    signal?.throwIfAborted()
    const timers = new Set<NodeJS.Timeout>()
    const { statement, silence } = this.#limits
    const answer = statement + silence
    if (statement > 0) timers.add(setTimeout(() => this.#lose(silent(answer)), answer))
    let canceled: Promise<void> | undefined
    const cancel = () => {
      timers.add(setTimeout(() => this.#lose(silent(END_TIMEOUT)), END_TIMEOUT))
      canceled = requestCancel(this.#client, this.#socket).catch((error: unknown) => this.#lose(error))
    }
    signal?.addEventListener('abort', cancel)
    try {
      const results = await this.#client.query(this.#prepared(sql, parameters.map(toParameter)))
      return resultOf(sql, results)
    } catch (error) {
      signal?.throwIfAborted()
      throw this.#faultOf(error)
    } finally {
      signal?.removeEventListener('abort', cancel)
      // One that comes late would cancel the next statement.
      await canceled
      for (const timer of timers) clearTimeout(timer)
    }
  }

  /** Ends the session, on which no statement runs. */
  close(): void {
    this.#failure ??= closed()
    void this.#client.end()
    const timer = setTimeout(() => this.#socket.destroy(), END_TIMEOUT)
    void this.ended.then(() => clearTimeout(timer))
  }

  /** Ends the session, whatever it is doing. */
  terminate(): void {
    this.#failure ??= closed()
    this.#socket.destroy()
  }

  /** Ends the session because something is wrong with it. */
  #lose(cause: unknown): void {
    this.#failure ??= connectionFault(cause)
    this.#socket.destroy()
  }

  #prepared(text: string, values: unknown[]) {
    if (!PREPARED.test(text)) return { text, values }
    const name = this.#names.get(text) ?? createHash('sha256').update(text).digest('base64url').slice(0, 16)
    this.#names.set(text, name)
    return { name, text, values }
  }

  #faultOf(error: unknown): unknown {
    if (!(error instanceof DatabaseError)) return this.#failure ?? error
    if (endsConnection(error)) this.#isOutdated = true
    return statementFault(error)
  }
}

/** Several statements in one text have a result each, of which the last counts. */
function resultOf<Row>(sql: string, results: Result<Row> | Result<Row>[]): QueryResult<Row> {
  const result = Array.isArray(results) ? results.at(-1) : results
  const { command, rowCount, rows } = result ?? { command: '', rowCount: 0, rows: [] }
  // PostgreSQL answers so, without an error, when a statement of the transaction has failed.
  if (sql === 'commit' && command === 'ROLLBACK')
    throw new Error('The transaction was rolled back: it had failed.')
  return { rows, numAffectedRows: BigInt(command === 'SELECT' ? 0 : (rowCount ?? 0)) }
}

interface Result<Row> {
  readonly command: string
  readonly rowCount: number | null
  readonly rows: Row[]
}

function silent(timeout: number): Error {
  return new Error(`The server did not answer within ${timeout / SECOND} seconds.`)
}

function closed(): Error {
  return new Error('The archive is closed.')
}
