import { setTimeout as sleep } from 'node:timers/promises'
import { CompiledQuery, type Kysely, sql } from 'kysely'
import { OperatorError } from '../../core/errors.ts'
import type { Log } from '../../core/log.ts'
import { SECOND } from '../../core/time/units.ts'
import { UNFINISHED_MOVE, unfinishedMove } from '../move/mark.ts'
import type { Schema } from '../schema.ts'
import type { PostgresAddress } from './address/postgres-address.ts'
import { PostgresConnection } from './connection/connection.ts'

/**
 * The number of the lock that says who uses an archive: every Custos shares it, a move has it alone. It ends with its
 * session. https://www.postgresql.org/docs/current/explicit-locking.html#ADVISORY-LOCKS
 */
const LOCK = '1129665615, coalesce(hashtext(current_schema()), 0)'

const SHARE = `SELECT pg_try_advisory_lock_shared(${LOCK}) AS "isLocked", to_regclass('${UNFINISHED_MOVE}') IS NOT NULL AS "isUnfinished"`

/** What `SHARE` returns. */
interface Shared {
  readonly isLocked: boolean
  readonly isUnfinished: boolean
}

const RETRY_DELAY = 5 * SECOND

const MOVED_MEANWHILE =
  'The archive is being moved while Custos uses it: what Custos writes now may not be moved. Stop Custos until the move is ' +
  'finished.'

const LIMITS = { statement: 10 * SECOND, lock: 10 * SECOND, idleInTransaction: 0, silence: 5 * SECOND }

/** A session that shows that a Custos uses an archive. */
export interface InUse {
  /** Ends the session. */
  release(): Promise<void>
}

/**
 * Shows that a Custos uses an archive, so that no move begins meanwhile, for as long as this process runs. If the session is
 * lost, another takes its place.
 * @param retryDelay how long after its session was lost the lock is taken again, in milliseconds
 * @throws OperatorError while a move is running, or when one is unfinished
 */
export async function showInUse(
  address: PostgresAddress,
  log: Log,
  retryDelay: number = RETRY_DELAY,
): Promise<InUse> {
  const stopping = new AbortController()
  const { signal } = stopping
  let session = new PostgresConnection(address, LIMITS)
  const renew = async () => {
    while (!signal.aborted) {
      await session.ended
      await sleep(retryDelay, undefined, { ref: false, signal }).catch(() => {})
      if (signal.aborted) return
      session = new PostgresConnection(address, LIMITS)
      // Once it fails, the session has ended.
      await share(session, address).catch((error: unknown) => {
        // Whatever else needs the server reports that it cannot be reached.
        if (error instanceof OperatorError) log.error({ reason: error.message }, MOVED_MEANWHILE)
      })
    }
  }
  await share(session, address)
  void renew()
  return {
    release: async () => {
      stopping.abort()
      session.close()
      await session.ended
    },
  }
}

async function share(session: PostgresConnection, address: PostgresAddress): Promise<void> {
  try {
    const { rows } = await session.execute<Shared>(CompiledQuery.raw(SHARE))
    const name = `the database ${address}`
    if (rows[0]?.isUnfinished) throw unfinishedMove(name)
    if (!rows[0]?.isLocked)
      throw new OperatorError(`An archive is being moved from ${name}. Wait until that is finished.`)
  } catch (error) {
    session.close()
    throw error
  }
}

/** Keeps every Custos from the archive for as long as the session lasts. */
export async function reserveForMove(session: Kysely<Schema>, name: string): Promise<void> {
  const { rows } = await sql<{ isLocked: boolean }>`
    SELECT pg_try_advisory_lock(${sql.raw(LOCK)}) AS "isLocked"`.execute(session)
  if (rows[0]?.isLocked) return
  throw new OperatorError(`The archive in ${name} is in use by a Custos. Stop that one first.`)
}
