import type { CompiledQuery, QueryResult } from 'kysely'
import type { Connection } from '../../connection/connection.ts'
import type { PostgresAddress } from '../address/postgres-address.ts'
import { openSession } from './open-session.ts'
import type { Session, SessionLimits } from './session.ts'

/** A connection to PostgreSQL, which is opened by its first statement. Once it is lost, every statement fails. */
export class PostgresConnection implements Connection {
  readonly #open: () => Promise<Session>
  readonly #ended = Promise.withResolvers<void>()
  readonly #stop = new AbortController()
  #opening: Promise<Session> | undefined
  #session: Session | undefined
  #isAlive = true

  constructor(address: PostgresAddress, limits: SessionLimits) {
    this.#open = () => openSession(address, limits, this.#stop.signal)
  }

  get isAlive(): boolean {
    return this.#isAlive && (this.#session?.isAlive ?? true)
  }

  get ended(): Promise<void> {
    return this.#ended.promise
  }

  async execute<Row>(query: CompiledQuery, signal?: AbortSignal): Promise<QueryResult<Row>> {
    signal?.throwIfAborted()
    this.#opening ??= this.#start()
    const session = await orAborted(this.#opening, signal)
    return session.run(query, signal)
  }

  close(): void {
    this.#isAlive = false
    if (this.#session) this.#session.close()
    else this.terminate()
  }

  terminate(): void {
    this.#isAlive = false
    this.#stop.abort(new Error('The archive is closed.'))
    if (this.#session) this.#session.terminate()
    else if (!this.#opening) this.#ended.resolve()
  }

  async #start(): Promise<Session> {
    try {
      const session = await this.#open()
      this.#session = session
      if (this.#stop.signal.aborted) session.terminate()
      void session.ended.then(this.#ended.resolve)
      return session
    } catch (error) {
      this.#isAlive = false
      this.#ended.resolve()
      throw error
    }
  }
}

/** A promise that others wait for too, or the reason of a signal that aborts before. */
async function orAborted<Value>(promise: Promise<Value>, signal: AbortSignal | undefined): Promise<Value> {
  if (!signal) return promise
  const aborted = Promise.withResolvers<never>()
  const abort = () => aborted.reject(signal.reason)
  signal.addEventListener('abort', abort)
  try {
    return await Promise.race([promise, aborted.promise])
  } finally {
    signal.removeEventListener('abort', abort)
  }
}
