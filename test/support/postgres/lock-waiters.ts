import type { Client } from 'pg'
import { expect } from 'vitest'

/**
 * Resolves once so many statements on a database wait for a lock.
 * @param db a connection without a transaction, in which the server would always show the same activity
 */
export async function waitersReach(count: number, db: Client): Promise<void> {
  const waiting = `
    SELECT count(*)::integer AS waiting FROM pg_stat_activity
    WHERE datname = current_database() AND wait_event_type = 'Lock'`
  await expect
    .poll(async () => (await db.query<{ waiting: number }>(waiting)).rows[0]?.waiting, {
      interval: 5,
      timeout: 20_000,
    })
    .toBe(count)
}
