import { type Kysely, sql } from 'kysely'
import type { SavedQuery } from '../../../core/query/saved-query.ts'
import type { Schema } from '../schema.ts'
import { markAsked } from './settings.ts'

/** A query and the number it is found by. */
type NumberedQuery = readonly [number: number, query: SavedQuery]

/** How many numbers each start reserves: enough never to run out, and the sum stays a safe integer. */
const NUMBERS = 2 ** 32

/**
 * Reserves numbers for the queries of this process, so that a number can be used before its query is written. No number
 * is used twice, even if a crash kept its query from being written; otherwise an old button would run another query.
 * https://sqlite.org/autoinc.html
 * @returns the last number before them
 */
export async function reserveNumbers(db: Kysely<Schema>): Promise<number> {
  return db.transaction().execute(async (transaction) => {
    const { rows } = await sql<{ last: number }>`
      SELECT seq AS last FROM sqlite_sequence WHERE name = 'saved_query'`.execute(transaction)
    const before = (Math.floor((rows[0]?.last ?? 0) / NUMBERS) + 1) * NUMBERS
    await sql`DELETE FROM sqlite_sequence WHERE name = 'saved_query'`.execute(transaction)
    await sql`INSERT INTO sqlite_sequence (name, seq) VALUES ('saved_query', ${before})`.execute(transaction)
    return before
  })
}

/** Writes all queries or none. A query that is there already stays as it is. */
export async function insertQueries(db: Kysely<Schema>, queries: readonly NumberedQuery[]): Promise<void> {
  const rows = queries.map(([number, query]) => [number, query.guildId, query.askedAt, query])
  await db.transaction().execute(async (transaction) => {
    await sql`
      INSERT OR IGNORE INTO saved_query (number, guild, asked_at, query)
      SELECT value ->> 0, CAST(value ->> 1 AS INTEGER), value ->> 2, value -> 3
      FROM json_each(${JSON.stringify(rows)})`.execute(transaction)
    await markAsked(transaction, [...new Set(queries.map(([, { guildId }]) => guildId))])
  })
}

/** @returns whether the query was there */
export async function deleteQuery(db: Kysely<Schema>, number: number): Promise<boolean> {
  const { numDeletedRows } = await db
    .deleteFrom('saved_query')
    .where('number', '=', number)
    .executeTakeFirstOrThrow()
  return numDeletedRows > 0n
}
