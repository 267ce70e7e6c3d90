import { Kysely, type LogEvent } from 'kysely'
import type { Log } from '../../../core/log.ts'
import type { Schema } from '../schema.ts'
import { SqliteDialect } from './dialect.ts'

/** Two readers run beside the writer, so that a long search does not delay a short list. */
const READERS = 2

/** The connections to an archive's database. */
export interface Connections {
  readonly writer: Kysely<Schema>
  readonly reader: Kysely<Schema>
  /** @returns whether the writer has ended. One that SQLite keeps busy can go on after it */
  close(): Promise<boolean>
  /** Whether no thread is left. */
  readonly hasEnded: boolean
}

/** Connects to a SQLite file, or to a database in memory, which its writer alone can read. */
export function connect(path: string, log: Log): Connections {
  const writing = new SqliteDialect({ path, readOnly: false }, 1)
  const reading = path === ':memory:' ? writing : new SqliteDialect({ path, readOnly: true }, READERS)
  const options = queryLogging(log)
  const writer = new Kysely<Schema>({ dialect: writing, ...options })
  const reader = reading === writing ? writer : new Kysely<Schema>({ dialect: reading, ...options })
  return {
    writer,
    reader,
    async close() {
      if (reader !== writer) await reader.destroy()
      await writer.destroy()
      return writing.hasEnded
    },
    get hasEnded() {
      return reading.hasEnded && writing.hasEnded
    },
  }
}

/** Logs each query and its duration at `trace`, without its parameters, which hold names and reasons. */
function queryLogging(log: Log): { log?: (event: LogEvent) => void } {
  if (!log.isLevelEnabled('trace')) return {}
  return {
    log: ({ query, queryDurationMillis }) =>
      log.trace({ sql: query.sql, ms: Number(queryDurationMillis.toFixed(2)) }, 'Query.'),
  }
}
