import type { CompiledQuery, DatabaseConnection, QueryResult } from 'kysely'
import type { SqliteConnection } from './connection.ts'
import type { Turn } from './waiting-line.ts'

/** A connection while one operation uses it. */
export class Lease implements DatabaseConnection {
  readonly connection: SqliteConnection
  readonly turn: Turn
  /** Resolves when the connection is released. */
  readonly released = Promise.withResolvers<void>()

  constructor(connection: SqliteConnection, turn: Turn) {
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
