import { type Kysely, sql } from 'kysely'
import type { Entry } from '../../../core/audit-log/entry.ts'
import type { Snowflake } from '../../../core/snowflake.ts'
import { idList } from '../json-parameters.ts'
import { ENTRY_COLUMNS } from '../rows.ts'
import type { Schema } from '../schema.ts'
import { withAttributions } from './attribution.ts'

/** The newest entry of each kind on each target before an id: one look-up in the index for each. */
export async function newestOn(
  db: Kysely<Schema>,
  guildId: Snowflake,
  targetIds: readonly Snowflake[],
  kinds: readonly number[],
  before: Snowflake,
): Promise<Entry[]> {
  if (targetIds.length === 0) return []
  const rows = await db
    .selectFrom('entry')
    .select(ENTRY_COLUMNS)
    .where('guild', '=', BigInt(guildId))
    .where(
      sql<boolean>`entry.id IN (
        SELECT (
          SELECT max(id) FROM entry
          WHERE guild = ${BigInt(guildId)} AND target = wanted.target AND kind = wanted.kind
            AND id < ${BigInt(before)}
        )
        FROM (
          SELECT target.value AS target, kind.value AS kind
          FROM ${idList(targetIds)} AS target, json_each(${JSON.stringify(kinds)}) AS kind
        ) AS wanted
      )`,
    )
    .execute()
  return withAttributions(db, guildId, rows)
}
