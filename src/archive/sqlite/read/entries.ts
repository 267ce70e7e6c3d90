import { type Expression, type Kysely, sql } from 'kysely'
import type { Slice } from '../../../core/archive.ts'
import type { Entry } from '../../../core/audit-log/entry.ts'
import { idAfter, maxId, minId, type Snowflake } from '../../../core/snowflake.ts'
import { ENTRY_COLUMNS, idAsText } from '../rows.ts'
import type { Schema } from '../schema.ts'
import { isReadInOrder, matching, ofKinds, type ResolvedFilter } from '../where.ts'
import { withAttributions } from './attribution.ts'
import { nthId } from './position.ts'

export async function listEntries(
  db: Kysely<Schema>,
  guildId: Snowflake,
  filter: ResolvedFilter,
  slice: Slice,
): Promise<Entry[]> {
  const bounded = await boundedBy(db, guildId, filter, slice)
  if (bounded === undefined) return []
  const ids = hasIndex(filter) ? mergedIds(db, guildId, bounded, slice) : idsOf(db, guildId, bounded, slice)
  const rows = await rowsOf(db, guildId, ids)
    .orderBy('entry.id', slice.order === 'newest' ? 'desc' : 'asc')
    .execute()
  return withAttributions(db, guildId, rows)
}

export async function oneEntry(
  db: Kysely<Schema>,
  guildId: Snowflake,
  id: Snowflake,
): Promise<Entry | undefined> {
  const row = await rowsOf(db, guildId, sql`(${BigInt(id)})`).executeTakeFirst()
  const [entry] = await withAttributions(db, guildId, row ? [row] : [])
  return entry
}

/** The id of a guild's oldest or newest entry. */
export async function endOf(
  db: Kysely<Schema>,
  guildId: Snowflake,
  end: Slice['order'],
): Promise<Snowflake | undefined> {
  const row = await db
    .selectFrom('entry')
    .select(idAsText<string>('id').as('end'))
    .where('guild', '=', BigInt(guildId))
    .orderBy('entry.id', end === 'newest' ? 'desc' : 'asc')
    .limit(1)
    .executeTakeFirst()
  return row?.end
}

/** The filter of the entries from the slice's first on; undefined if the list ends before it. */
async function boundedBy(
  db: Kysely<Schema>,
  guildId: Snowflake,
  filter: ResolvedFilter,
  slice: Slice,
): Promise<ResolvedFilter | undefined> {
  const bounded = { ...filter, ...beyond(filter, slice) }
  const { order, skip = 0 } = slice
  if (skip === 0) return bounded
  const past = await nthId(db, guildId, bounded, order, skip - 1)
  return past === undefined ? undefined : { ...bounded, ...beyond(bounded, { order, past }) }
}

/** The part of the filter's window that the slice has not passed yet. */
function beyond(
  { from, to }: ResolvedFilter,
  { order, past }: Pick<Slice, 'order' | 'past'>,
): Pick<ResolvedFilter, 'from' | 'to'> {
  if (past === undefined) return {}
  if (order === 'newest') return { to: to === undefined ? past : minId(to, past) }
  const next = idAfter(past)
  return { from: from === undefined ? next : maxId(from, next) }
}

/** Whether an index can find the entries. Otherwise they are read in order until there are enough. */
function hasIndex(filter: ResolvedFilter): boolean {
  const { kinds, executorId, targetId, channelId, attributions } = filter
  if (isReadInOrder(filter)) return false
  return [kinds, executorId, targetId, channelId, attributions].some((narrowing) => narrowing !== undefined)
}

function idsOf(db: Kysely<Schema>, guildId: Snowflake, filter: ResolvedFilter, { order, limit }: Slice) {
  return db
    .selectFrom('entry')
    .select('id')
    .where(matching(guildId, filter))
    .orderBy('id', order === 'newest' ? 'desc' : 'asc')
    .limit(limit)
}

/**
 * The ids of a slice, merged from the entries of each kind the guild has. Every index holds the entries of one kind in
 * order, but for several kinds SQLite would read and sort all of them, and for kinds that never happened it would read
 * the whole guild. The queue of a recursive query is ordered, so each step takes the first id and adds the next of the
 * same kind: a page costs as many look-ups as it has entries and kinds.
 * https://sqlite.org/lang_with.html#controlling_depth_first_versus_breadth_first_search_of_a_tree_using_order_by
 */
function mergedIds(
  db: Kysely<Schema>,
  guildId: Snowflake,
  { kinds, ...filter }: ResolvedFilter,
  { order, limit }: Slice,
): Expression<unknown> {
  const guild = BigInt(guildId)
  const newest = order === 'newest'
  // The next id is past one that is within the window, so the bound on that side is no longer needed.
  const { [newest ? 'to' : 'from']: _, ...rest } = filter
  const first = idsOf(db, guildId, filter, { order, limit: 1 }).whereRef('kind', '=', sql.ref('seen.kind'))
  const next = idsOf(db, guildId, rest, { order, limit: 1 })
    .whereRef('kind', '=', sql.ref('wanted.kind'))
    .whereRef('id', newest ? '<' : '>', sql.ref('wanted.id'))
  return sql`(
    WITH RECURSIVE
      seen (kind) AS (
        SELECT min(kind) FROM entry WHERE guild = ${guild}
        UNION ALL
        SELECT (SELECT min(kind) FROM entry WHERE guild = ${guild} AND kind > seen.kind)
        FROM seen
        WHERE kind IS NOT NULL
      ),
      wanted (kind, id) AS (
        SELECT kind, ${first} FROM seen WHERE kind IS NOT NULL AND ${kinds ? ofKinds(kinds) : sql`true`}
        UNION ALL
        SELECT kind, ${next} FROM wanted WHERE id IS NOT NULL
        ORDER BY 2 ${newest ? sql`DESC` : sql`ASC`} NULLS LAST
        LIMIT ${limit}
      )
    SELECT id FROM wanted
  )`
}

function rowsOf(db: Kysely<Schema>, guildId: Snowflake, ids: Expression<unknown>) {
  return db
    .selectFrom('entry')
    .select(ENTRY_COLUMNS)
    .where('guild', '=', BigInt(guildId))
    .where(sql<boolean>`entry.id IN ${ids}`)
}
