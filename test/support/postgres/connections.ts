import { CompiledQuery } from 'kysely'
import { onTestFinished } from 'vitest'
import { parsePostgresUrl } from '../../../src/archive/postgres/address/parse-url.ts'
import { PostgresConnection } from '../../../src/archive/postgres/connection/connection.ts'
import type { SessionLimits } from '../../../src/archive/postgres/connection/session.ts'

/** So short that a test can wait for them, in milliseconds. */
export const SHORT: SessionLimits = { statement: 50, lock: 50, idleInTransaction: 50, silence: 50 }

const PATIENT: SessionLimits = { ...SHORT, statement: 0, idleInTransaction: 0 }

export const PID = CompiledQuery.raw('SELECT pg_backend_pid() AS pid')

/** A connection that is ended after the test. Its statements may take any time by default. */
export function openConnection(url: string, limits = PATIENT): PostgresConnection {
  const connection = new PostgresConnection(parsePostgresUrl(url, 'DATABASE_URL'), limits)
  onTestFinished(async () => {
    connection.terminate()
    await connection.ended
  })
  return connection
}

/** Runs a statement on a connection of its own, and returns its rows. */
export async function run(url: string, statement: string): Promise<unknown[]> {
  const connection = new PostgresConnection(parsePostgresUrl(url, 'DATABASE_URL'), PATIENT)
  try {
    return (await connection.execute(CompiledQuery.raw(statement))).rows
  } finally {
    connection.close()
    await connection.ended
  }
}
