import { type RawBuilder, sql } from 'kysely'
import type { Snowflake } from '../core/snowflake.ts'

/**
 * `held (kind)` for WITH RECURSIVE: the kinds of which a guild has entries, and null at the end. Each step looks up the
 * next kind in the daily sums, past all rows of the last one.
 */
export function heldKinds(guildId: Snowflake): RawBuilder<unknown> {
  const guild = BigInt(guildId)
  return sql`held (kind) AS (
    SELECT min(kind) FROM daily WHERE guild_id = ${guild}
    UNION ALL
    SELECT (SELECT min(kind) FROM daily WHERE guild_id = ${guild} AND kind > held.kind)
    FROM held
    WHERE kind IS NOT NULL
  )`
}
