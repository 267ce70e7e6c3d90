import { DatabaseSync } from 'node:sqlite'

/**
 * Makes every read of a reason endless, until it is given up: each step calls `contains`, which can end it. What an index or the daily sums answer is read as before.
 * @param path of an archive with entries
 */
export function makeSearchesEndless(path: string): void {
  const other = new DatabaseSync(path)
  other.exec(`
    ALTER TABLE entry RENAME TO stored;
    CREATE VIEW entry AS
      SELECT guild_id, id, kind, executor, target, channel, count, attribution, payload_rest, (
        WITH RECURSIVE number (nth) AS (
          SELECT 1 UNION ALL SELECT nth + 1 FROM number WHERE NOT contains(stored.id || nth, 'never')
        )
        SELECT max(nth) FROM number
      ) AS reason
      FROM stored;`)
  other.close()
}
