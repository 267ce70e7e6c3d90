import { type Kysely, sql } from 'kysely'
import { OperatorError } from '../../core/errors.ts'
import type { Schema } from '../schema.ts'

/**
 * The number of the lock that says who uses an archive: shared by every Custos, held alone by a move. It ends with its
 * session. https://www.postgresql.org/docs/current/explicit-locking.html#ADVISORY-LOCKS
 */
const LOCK = 1_129_665_615

/** Keeps every Custos from the archive for as long as the session lasts. */
export async function reserveForMove(session: Kysely<Schema>, name: string): Promise<void> {
  const { rows } = await sql<{ locked: boolean }>`
    SELECT pg_try_advisory_lock(${sql.lit(LOCK)}, hashtext(current_schema())) AS locked`.execute(session)
  if (rows[0]?.locked) return
  throw new OperatorError(`The archive in ${name} is in use by a Custos. Stop that one first.`)
}
