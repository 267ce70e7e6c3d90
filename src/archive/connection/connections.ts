import { setImmediate as nextTick } from 'node:timers/promises'
import { type Dialect, Kysely, type LogEvent } from 'kysely'
import type { Log } from '../../core/log.ts'
import type { Snowflake } from '../../core/snowflake.ts'
import type { Schema } from '../schema.ts'
import type { Turn } from './loan.ts'
import type { ConnectionPool } from './pool.ts'

/**
 * The database for one operation of a guild, or of no single guild. Its statements take turns with those of other guilds.
 * @param signal aborts when nobody waits for the operation any more: what waits or runs then rejects with its reason
 * @param log where its statements are logged; by default in that of the archive
 */
export type Connect = (guildId?: Snowflake, signal?: AbortSignal, log?: Log) => Kysely<Schema>

/** The connections to an archive's database. */
export interface Connections {
  readonly writer: Connect
  /** For statements that take milliseconds. */
  readonly reader: Connect
  /** For statements that read a large part of a guild. */
  readonly searcher: Connect
  /** For what may take minutes, such as a migration or a vacuum. */
  readonly maintainer: Connect
  /** @returns whether every connection has ended. A writer that SQLite keeps busy can go on after it */
  close(): Promise<boolean>
  /** Whether nothing is left of any connection. */
  readonly hasEnded: boolean
}

/** The pools of an archive, by what they are for. A database in memory has one for everything. */
export type Pools = Readonly<Record<Exclude<keyof Connections, 'close' | 'hasEnded'>, ConnectionPool>>

/** The dialect for one operation. */
type CreateDialect = (pool: ConnectionPool, turn: Turn) => Dialect

/** Connections from pools. Their operations are numbered in the order they begin. */
export function connectionsFrom(pools: Pools, createDialect: CreateDialect, log: Log): Connections {
  const usual = queryLogging(log)
  let number = 0
  const on =
    (pool: ConnectionPool): Connect =>
    (guildId, signal, own) => {
      const dialect = createDialect(pool, { guildId, signal, number: ++number })
      return new Kysely<Schema>({ dialect, ...(own ? queryLogging(own) : usual) })
    }
  return {
    writer: on(pools.writer),
    reader: on(pools.reader),
    searcher: on(pools.searcher),
    maintainer: on(pools.maintainer),
    async close() {
      // What was requested before has its connection then.
      await nextTick()
      const others = new Set(Object.values(pools))
      others.delete(pools.writer)
      await Promise.all([...others].map((pool) => pool.close()))
      return pools.writer.close()
    },
    get hasEnded() {
      return Object.values(pools).every((pool) => pool.hasEnded)
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
