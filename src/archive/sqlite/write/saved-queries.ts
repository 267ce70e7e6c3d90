import { type Kysely, sql } from 'kysely'
import { type SavedQuery, savedQuerySchema } from '../../../core/query/saved-query.ts'
import type { Snowflake } from '../../../core/snowflake.ts'
import type { Schema } from '../schema.ts'

/** A question and the number it is found by. */
export type Numbered = readonly [number: number, question: SavedQuery]

/** How many numbers each start has for itself: so many that none runs out, and the sum stays a safe integer. */
const NUMBERS = 2 ** 32

/**
 * Sets numbers aside for questions that are asked from now on, so that they can be handed out before they are written.
 * No number is ever given twice, not even one that a crash kept from being written: a button of before would then ask
 * something else. https://sqlite.org/autoinc.html
 * @returns the last number before them
 */
export async function reserveNumbers(db: Kysely<Schema>): Promise<number> {
  return db.transaction().execute(async (transaction) => {
    const { rows } = await sql<{ last: number }>`
      SELECT seq AS last FROM sqlite_sequence WHERE name = 'question'`.execute(transaction)
    const before = (Math.floor((rows[0]?.last ?? 0) / NUMBERS) + 1) * NUMBERS
    await sql`DELETE FROM sqlite_sequence WHERE name = 'question'`.execute(transaction)
    await sql`INSERT INTO sqlite_sequence (name, seq) VALUES ('question', ${before})`.execute(transaction)
    return before
  })
}

/** Writes questions, all of them or none. One that was written before, though that failed to be told, stays. */
export async function insertQueries(db: Kysely<Schema>, queries: readonly Numbered[]): Promise<void> {
  const rows = queries.map(([number, query]) => [number, query.guildId, query.askedAt, query])
  await sql`
    INSERT OR IGNORE INTO question (number, guild, asked_at, question)
    SELECT value ->> 0, CAST(value ->> 1 AS INTEGER), value ->> 2, value -> 3
    FROM json_each(${JSON.stringify(rows)})`.execute(db)
}

/** Takes a question away, so that it is used once. @returns whether it was there */
export async function deleteQuery(db: Kysely<Schema>, number: number): Promise<boolean> {
  const { numDeletedRows } = await db
    .deleteFrom('question')
    .where('number', '=', number)
    .executeTakeFirstOrThrow()
  return numDeletedRows > 0n
}

export async function readQuery(db: Kysely<Schema>, number: number): Promise<SavedQuery | undefined> {
  const row = await db
    .selectFrom('question')
    .select('question')
    .where('number', '=', number)
    .executeTakeFirst()
  return row && parsed(row)
}

export async function lastQueryOf(
  db: Kysely<Schema>,
  guildId: Snowflake,
  askerId: Snowflake,
): Promise<SavedQuery | undefined> {
  const row = await db
    .selectFrom('question')
    .select('question')
    .where('guild', '=', BigInt(guildId))
    .where(sql<boolean>`question ->> 'askerId' = ${askerId}`)
    .orderBy('asked_at', 'desc')
    .orderBy('number', 'desc')
    .limit(1)
    .executeTakeFirst()
  return row && parsed(row)
}

export async function hasQueries(db: Kysely<Schema>, guildId: Snowflake): Promise<boolean> {
  const row = await db
    .selectFrom('question')
    .select('number')
    .where('guild', '=', BigInt(guildId))
    .limit(1)
    .executeTakeFirst()
  return row !== undefined
}

function parsed({ question: query }: { question: string }): SavedQuery {
  return savedQuerySchema.parse(JSON.parse(query))
}
