import { type Kysely, sql } from 'kysely'
import { greatest, least } from '../dialect-sql.ts'
import type { Schema } from '../schema.ts'

/** The last trusted time, in milliseconds since the Unix epoch; undefined before the first. */
export async function readTrustedTime(db: Kysely<Schema>): Promise<number | undefined> {
  return (await db.selectFrom('trusted_time').select('at').executeTakeFirst())?.at
}

/**
 * Stores the trusted time, in milliseconds since the Unix epoch, unless another process has stored a later one. Only time
 * that has passed counts towards a purge, so departures that were dated behind Discord's time move forward with a leap of
 * the trusted time, up to Discord's time. Each process sees the same leap, and adds what no other has added.
 * @param leap how much further the trusted time moved than time has passed, in milliseconds
 */
export async function recordTrustedTime(db: Kysely<Schema>, at: number, leap: number): Promise<void> {
  const time = Math.floor(at)
  await db.transaction().execute(async (transaction) => {
    // It changes nothing but locks the row, so that no other process stores another time meanwhile.
    const { rows } = await sql<{ stored: number }>`
      INSERT INTO trusted_time (one, at) VALUES (1, ${time})
      ON CONFLICT (one) DO UPDATE SET at = trusted_time.at
      RETURNING at AS stored`.execute(transaction)
    const stored = rows[0]?.stored ?? time
    await sql`UPDATE trusted_time SET at = ${greatest(sql`at`, sql`${time}`)}`.execute(transaction)
    const added = Math.min(Math.floor(leap), time - stored)
    if (added <= 0) return
    await sql`
      UPDATE departure SET trusted_at = ${least(sql`trusted_at + ${added}`, sql`at`)}
      WHERE trusted_at < at`.execute(transaction)
  })
}
