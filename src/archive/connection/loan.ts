import type { CompiledQuery, DatabaseConnection, QueryResult } from 'kysely'
import type { Snowflake } from '../../core/snowflake.ts'
import type { Connection } from './connection.ts'

/** An operation that needs connections: whose it is, and when it began. */
export interface Turn {
  /** Undefined for an operation of no single guild. */
  readonly guildId: Snowflake | undefined
  /** Operations are numbered in the order they begin. */
  readonly number: number
  /** Aborts when nobody waits for the operation any more. */
  readonly signal: AbortSignal | undefined
}

/** A connection while one operation uses it. */
export class Loan implements DatabaseConnection {
  readonly connection: Connection
  readonly turn: Turn
  /** Resolves when the connection is released. */
  readonly released = Promise.withResolvers<void>()

  constructor(connection: Connection, turn: Turn) {
    this.connection = connection
    this.turn = turn
  }

  /** @throws the reason of the turn's signal, when that aborts */
  executeQuery<R>(query: CompiledQuery): Promise<QueryResult<R>> {
    return this.connection.execute(query, this.turn.signal)
  }

  streamQuery(): never {
    throw new Error('The archive is read in pages, not as a stream.')
  }
}
