import { type Kysely, sql } from 'kysely'
import type { Schema } from '../schema.ts'
import { NUMBERS } from '../write/saved-query-store.ts'

/**
 * Reserves numbers for the queries of this process, so that a number can be used before its query is written. No number
 * is used twice, even if a crash kept its query from being written; otherwise an old button would run another query.
 * https://sqlite.org/autoinc.html
 * @returns the last number before them
 */
export async function reserveNumbers(db: Kysely<Schema>): Promise<number> {
  return db.transaction().execute(async (transaction) => {
    const before = (Math.floor((await lastNumber(transaction)) / NUMBERS) + 1) * NUMBERS
    await setLastNumber(transaction, before)
    return before
  })
}

/** The last number of a saved query that may have been used. */
export async function lastNumber(db: Kysely<Schema>): Promise<number> {
  const { rows } = await sql<{ last: number }>`
    SELECT seq AS last FROM sqlite_sequence WHERE name = 'saved_query'`.execute(db)
  return rows[0]?.last ?? 0
}

/** Makes a number count as used, and all before it. */
export async function setLastNumber(db: Kysely<Schema>, number: number): Promise<void> {
  await sql`DELETE FROM sqlite_sequence WHERE name = 'saved_query'`.execute(db)
  await sql`INSERT INTO sqlite_sequence (name, seq) VALUES ('saved_query', ${number})`.execute(db)
}
