import { type Kysely, sql } from 'kysely'
import { least } from '../dialect-sql.ts'
import type { Schema } from '../schema.ts'

/** The last trusted time, in milliseconds since the Unix epoch; undefined before the first. */
export async function readTrustedTime(db: Kysely<Schema>): Promise<number | undefined> {
  return (await db.selectFrom('trusted_time').select('at').executeTakeFirst())?.at
}

/**
 * Stores the trusted time, in milliseconds since the Unix epoch. Only time that has passed counts towards a purge, so
 * departures that were dated behind Discord's time move forward with a leap of the trusted time, up to Discord's time.
 * @param leap how much further the trusted time moved than time has passed, in milliseconds
 */
export async function recordTrustedTime(db: Kysely<Schema>, at: number, leap: number): Promise<void> {
  await db.transaction().execute(async (transaction) => {
    await sql`
      INSERT INTO trusted_time (one, at) VALUES (1, ${Math.floor(at)})
      ON CONFLICT (one) DO UPDATE SET at = excluded.at`.execute(transaction)
    if (leap <= 0) return
    await sql`
      UPDATE departure SET trusted_at = ${least(sql`trusted_at + ${Math.floor(leap)}`, sql`at`)}
      WHERE trusted_at < at`.execute(transaction)
  })
}
