import { type Kysely, sql } from 'kysely'

/**
 * Corrects entries that were stored as timeouts although the date they set had passed: kind -1 becomes -2, the removal
 * of a timeout. The triggers move the daily sums along. SQLite reads a bare number as a date and Custos does not, so
 * values that do not look like a date are left alone. The guilds that have timeouts come from the daily sums, so that
 * the entries are looked up by their index.
 */
export async function up(db: Kysely<unknown>): Promise<void> {
  await sql`
    UPDATE entry SET kind = -2
    WHERE kind = -1 AND guild IN (SELECT guild FROM daily WHERE kind = -1) AND EXISTS (
      SELECT 1 FROM json_each(entry.remainder, '$[0].changes') AS change
      WHERE CASE WHEN change.type = 'object' THEN
        change.value ->> 'key' = 'communication_disabled_until'
        AND change.value ->> 'new_value' GLOB '[0-9][0-9][0-9][0-9]-[0-9][0-9]-[0-9][0-9]*'
        AND unixepoch(change.value ->> 'new_value', 'subsec') * 1000 <= (entry.id >> 22) + 1420070400000
      END
    )`.execute(db)
}
