import type { Log } from '../../../core/log.ts'
import { MINUTE } from '../../../core/time/units.ts'
import { type Connections, connectionsFrom, type Pools } from '../../connection/connections.ts'
import { ConnectionPool, type PoolSize } from '../../connection/pool.ts'
import { SqliteConnection } from './connection.ts'
import { sqliteDialect } from './dialect.ts'

/** A thread needs about 6 MB, and 20 ms to start. */
const ONE: PoolSize = { most: 1, idleTimeout: MINUTE, grace: 600 }
const READERS: PoolSize = { most: 2, shared: 8, idleTimeout: MINUTE, grace: 200 }

/**
 * What reads a large part of a guild has threads of its own, so that a short list never waits for it. A guild has one of
 * them at a time, and a thread ends when nobody searches.
 */
const SEARCHERS: PoolSize = { most: 2, perGuild: 1, idleTimeout: MINUTE, grace: 200 }

/** Connects to a SQLite file, or to a database in memory, which its writer alone can read. */
export function connect(path: string, log: Log): Connections {
  return connectionsFrom(poolsOf(path), sqliteDialect, log)
}

function poolsOf(path: string): Pools {
  if (path === ':memory:') {
    const only = memoryPool()
    return { writer: only, reader: only, searcher: only, maintainer: only }
  }
  const pool = (readOnly: boolean, size: PoolSize) =>
    new ConnectionPool(() => new SqliteConnection({ path, readOnly }), size)
  // SQLite has one writer at a time anyway.
  const writer = pool(false, ONE)
  return { writer, reader: pool(true, READERS), searcher: pool(true, SEARCHERS), maintainer: writer }
}

/** A database in memory is lost with its thread. Its pool never opens another, which would answer from an empty one. */
export function memoryPool(): ConnectionPool {
  let only: SqliteConnection | undefined
  return new ConnectionPool(
    () => {
      only ??= new SqliteConnection({ path: ':memory:', readOnly: false })
      return only
    },
    { ...ONE, idleTimeout: Number.POSITIVE_INFINITY },
  )
}
