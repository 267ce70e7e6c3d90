import type { CompiledQuery, QueryResult } from 'kysely'

/** A connection to a database, on which one statement runs at a time. */
export interface Connection {
  /** Whether another operation may use it. If not, a new one takes its place. */
  readonly isAlive: boolean
  /** Resolves when nothing of it is left: no thread, no socket. */
  readonly ended: Promise<void>
  /**
   * Runs a statement.
   * @param signal aborts when nobody waits for the result any more: the statement then ends as soon as the database lets it
   * @throws the signal's reason when that has aborted and the statement did not end before
   */
  execute<Row>(query: CompiledQuery, signal?: AbortSignal): Promise<QueryResult<Row>>
  /** Ends the connection after the statements that were sent before. */
  close(): void
  /** Ends the connection, whatever it is doing. The database rolls back what is not committed. */
  terminate(): void
}
