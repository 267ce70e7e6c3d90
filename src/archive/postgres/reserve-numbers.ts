import { type Kysely, sql } from 'kysely'
import type { Schema } from '../schema.ts'
import { NUMBERS } from '../write/saved-query-store.ts'

/**
 * Reserves numbers for the queries of this process, so that a number can be used before its query is written. A sequence
 * gives each process its own block, and none twice. https://www.postgresql.org/docs/current/functions-sequence.html
 * @returns the last number before them
 */
export async function reserveNumbers(db: Kysely<Schema>): Promise<number> {
  const { rows } = await sql<{ block: number }>`SELECT nextval('saved_query_block') AS block`.execute(db)
  return (rows[0]?.block ?? 1) * NUMBERS
}
