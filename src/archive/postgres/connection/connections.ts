import type { Log } from '../../../core/log.ts'
import type { Fence } from '../../../core/sharding/leases.ts'
import { MINUTE, SECOND } from '../../../core/time/units.ts'
import type { Connection } from '../../connection/connection.ts'
import { type Connections, connectionsFrom } from '../../connection/connections.ts'
import { ConnectionPool, type PoolSize } from '../../connection/pool.ts'
import type { PostgresAddress } from '../address/postgres-address.ts'
import { FencedConnection } from '../leases/fenced-connection.ts'
import { PostgresConnection } from './connection.ts'
import { postgresDialect } from './dialect.ts'
import type { SessionLimits } from './session.ts'

/** With these, Custos has at most eight connections to the server, besides the one that shows that it uses the archive. */
const READERS: PoolSize = { most: 3, idleTimeout: MINUTE, grace: 200 }

/** A guild has one of them at a time, so that its long searches keep no other guild waiting. */
const SEARCHERS: PoolSize = { most: 2, perGuild: 1, idleTimeout: MINUTE, grace: 200 }

/** Two, so that a long write of one guild keeps no other waiting. Those of one guild would wait for the same rows. */
const WRITERS: PoolSize = { most: 2, perGuild: 1, idleTimeout: MINUTE, grace: 600 }
const MAINTAINERS: PoolSize = { most: 1, idleTimeout: SECOND, grace: 200 }

/** What waits for a lock waits for another process that writes the same guild, in transactions of milliseconds. */
const LOCK = 10 * SECOND
const IDLE_IN_TRANSACTION = 30 * SECOND

/** A list takes milliseconds; what takes seconds waits for a busy disk, and nobody waits for the answer much longer. */
const READING: SessionLimits = {
  statement: 10 * SECOND,
  lock: LOCK,
  idleInTransaction: IDLE_IN_TRANSACTION,
  silence: 5 * SECOND,
}

/** A search through millions of reasons that are not in memory. */
const SEARCHING: SessionLimits = { ...READING, statement: 60 * SECOND }

/** Rows are written in batches of milliseconds. The wait for a lock is part of it. */
const WRITING: SessionLimits = { ...READING, statement: 30 * SECOND }

/** The transaction of a process that is paused keeps its block from being taken over, until the server ends it. */
const FENCED: SessionLimits = { ...WRITING, idleInTransaction: 10 * SECOND }

/** A migration of millions of rows takes as long as it takes, and another process may wait for it. */
const MAINTAINING: SessionLimits = { ...READING, statement: 0, lock: 0, idleInTransaction: 0 }

/**
 * Connects to PostgreSQL. A connection is opened when it is first used, so this succeeds without a server, too.
 * @param fence whose holder alone may write
 */
export function connect(address: PostgresAddress, log: Log, fence?: Fence): Connections {
  const pool = (limits: SessionLimits, size: PoolSize) =>
    new ConnectionPool(() => new PostgresConnection(address, limits), size)
  const writable = (): Connection =>
    fence
      ? new FencedConnection(new PostgresConnection(address, FENCED), fence)
      : new PostgresConnection(address, WRITING)
  return connectionsFrom(
    {
      writer: new ConnectionPool(writable, WRITERS),
      reader: pool(READING, READERS),
      searcher: pool(SEARCHING, SEARCHERS),
      maintainer: pool(MAINTAINING, MAINTAINERS),
    },
    postgresDialect,
    log,
  )
}
