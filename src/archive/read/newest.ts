import { type Kysely, sql } from 'kysely'
import type { Entry } from '../../core/audit-log/entry.ts'
import type { Snowflake } from '../../core/snowflake.ts'
import { table } from '../dialect-sql.ts'
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
  const wanted = targetIds.flatMap((target) => kinds.map((kind) => [target, kind]))
  const rows = await db
    .selectFrom('entry')
    .select(ENTRY_COLUMNS)
    .where('guild_id', '=', BigInt(guildId))
    .where(
      sql<boolean>`entry.id IN (
        SELECT (
          SELECT max(id) FROM entry
          WHERE guild_id = ${BigInt(guildId)} AND target = wanted.target AND kind = wanted.kind
            AND id < ${BigInt(before)}
        )
        FROM ${table({ target: 'bigint', kind: 'bigint' }, wanted)} AS wanted
      )`,
    )
    .execute()
  return withAttributions(db, guildId, rows)
}
