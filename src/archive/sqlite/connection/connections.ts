import { setImmediate as nextTick } from 'node:timers/promises'
import { Kysely, type LogEvent } from 'kysely'
import type { Log } from '../../../core/log.ts'
import { MINUTE } from '../../../core/time/units.ts'
import type { Connect, Connections } from '../../connection/connections.ts'
import type { Schema } from '../../schema.ts'
import { SqliteDialect } from './dialect.ts'
import { type PoolSize, SqlitePool } from './pool.ts'

/** A thread needs about 6 MB, and 20 ms to start. */
const ONE: PoolSize = { most: 1, idleTimeout: MINUTE }
const READERS: PoolSize = { most: 2, shared: 8, idleTimeout: MINUTE }

/**
 * What reads a large part of a guild has threads of its own, so that a short list never waits for it. A guild has one of
 * them at a time, and a thread ends when nobody searches.
 */
const SEARCHERS: PoolSize = { most: 2, perGuild: 1, idleTimeout: MINUTE }

/** Connects to a SQLite file, or to a database in memory, which its writer alone can read. */
export function connect(path: string, log: Log): Connections {
  const writing = new SqlitePool({ path, readOnly: false }, ONE)
  const pool = (size: PoolSize) =>
    path === ':memory:' ? writing : new SqlitePool({ path, readOnly: true }, size)
  const [reading, searching] = [pool(READERS), pool(SEARCHERS)]
  const options = queryLogging(log)
  let number = 0
  const on =
    (pool: SqlitePool): Connect =>
    (guildId, signal) =>
      new Kysely<Schema>({
        dialect: new SqliteDialect(pool, { guildId, signal, number: ++number }),
        ...options,
      })
  return {
    writer: on(writing),
    reader: on(reading),
    searcher: on(searching),
    async close() {
      // What was requested before has its connection then.
      await nextTick()
      if (reading !== writing) await Promise.all([reading.close(), searching.close()])
      return writing.close()
    },
    get hasEnded() {
      return [writing, reading, searching].every((pool) => pool.hasEnded)
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
