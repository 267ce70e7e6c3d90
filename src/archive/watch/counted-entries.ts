import type { Kysely } from 'kysely'
import type { Slice } from '../../core/query/slice.ts'
import type { Snowflake } from '../../core/snowflake.ts'
import type { CountedEntry } from '../../core/watch/arrival.ts'
import { TARGET_AS_TEXT } from '../dialect-sql.ts'
import { behalfOf } from '../read/attribution.ts'
import { inSlice } from '../read/entries.ts'
import { idAsText } from '../rows.ts'
import type { Schema } from '../schema.ts'
import type { ResolvedFilter } from '../where.ts'

/** What an alert counts of the matching entries of a slice, in its order. */
export async function countedEntries(
  db: Kysely<Schema>,
  guildId: Snowflake,
  filter: ResolvedFilter,
  slice: Slice,
): Promise<CountedEntry[]> {
  const isInSlice = await inSlice(db, guildId, filter, slice)
  if (!isInSlice) return []
  const rows = await db
    .selectFrom('entry')
    .select([
      idAsText<string>('id').as('id'),
      'kind',
      idAsText<string | null>('executor').as('executor'),
      TARGET_AS_TEXT.as('target'),
      'count',
      'attribution',
    ])
    .where(isInSlice)
    .orderBy('entry.id', slice.order === 'newest' ? 'desc' : 'asc')
    .limit(slice.limit)
    .execute()
  const onBehalfOf = await behalfOf(db, guildId, rows)
  return rows.map((row) => ({
    id: row.id,
    kind: row.kind,
    executorId: row.executor,
    onBehalfOfId: onBehalfOf(row) ?? null,
    targetId: row.target,
    units: row.count ?? 1,
  }))
}
