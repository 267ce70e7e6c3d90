import { type Kysely, sql } from 'kysely'

/**
 * Corrects entries that were kept as timeouts, though the date they set was over already: the kind -1 becomes -2, the
 * removal of a timeout. The trigger of the daily sums moves them there too. SQLite reads a bare number as a date and
 * Custos does not, so what does not look like a date is left as it is. The sums tell which guilds have timeouts, so
 * that these are looked up by the index.
 */
export async function correctPastTimeouts(db: Kysely<unknown>): Promise<void> {
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
