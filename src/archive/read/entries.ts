import { type Expression, type Kysely, type SqlBool, sql } from 'kysely'
import type { Entry } from '../../core/audit-log/entry.ts'
import type { Slice } from '../../core/query/slice.ts'
import { idAfter, maxId, minId, type Snowflake } from '../../core/snowflake.ts'
import { byDialect, idList } from '../dialect-sql.ts'
import { ENTRY_COLUMNS, idAsText } from '../rows.ts'
import type { Schema } from '../schema.ts'
import { type Entries, isReadInOrder, matching, ofKinds, type ResolvedFilter } from '../where.ts'
import { withAttributions } from './attribution.ts'
import { nthId } from './position.ts'

export async function listEntries(
  db: Kysely<Schema>,
  guildId: Snowflake,
  filter: ResolvedFilter,
  slice: Slice,
): Promise<Entry[]> {
  const isInSlice = await inSlice(db, guildId, filter, slice)
  if (!isInSlice) return []
  const rows = await db
    .selectFrom('entry')
    .select(ENTRY_COLUMNS)
    .where(isInSlice)
    .orderBy('entry.id', slice.order === 'newest' ? 'desc' : 'asc')
    .limit(slice.limit)
    .execute()
  return withAttributions(db, guildId, rows)
}

/** The entries with some ids, in no order. */
export async function entriesWith(
  db: Kysely<Schema>,
  guildId: Snowflake,
  ids: readonly Snowflake[],
): Promise<Entry[]> {
  return withAttributions(db, guildId, await rowsOf(db, guildId, idList(ids)).execute())
}

/** The condition for the entries of a slice, and perhaps for some that follow it; undefined if the list ends before it. */
export async function inSlice(
  db: Kysely<Schema>,
  guildId: Snowflake,
  filter: ResolvedFilter,
  slice: Slice,
): Promise<((entry: Entries) => Expression<SqlBool>) | undefined> {
  const bounded = await boundedBy(db, guildId, filter, slice)
  if (bounded === undefined) return undefined
  if (!hasIndex(filter)) return matching(guildId, bounded)
  return (entry) =>
    entry.and([
      entry('guild_id', '=', BigInt(guildId)),
      sql<SqlBool>`entry.id IN ${indexedIds(db, guildId, bounded, slice)}`,
    ])
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
    .where('guild_id', '=', BigInt(guildId))
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

/** The ids of a slice, and more for several attributions, because the index has the entries of each in order. */
function indexedIds(
  db: Kysely<Schema>,
  guildId: Snowflake,
  filter: ResolvedFilter,
  slice: Slice,
): Expression<unknown> {
  const { attributions = [] } = filter
  if (attributions.length <= 1) return mergedIds(db, guildId, filter, slice)
  const all = attributions.map((attribution) => {
    const ids = mergedIds(db, guildId, { ...filter, attributions: [attribution] }, slice)
    return sql`SELECT id FROM ${ids} AS attributed`
  })
  return sql`(${sql.join(all, sql` UNION ALL `)})`
}

/** The ids of a slice, merged from the entries of each kind the guild has. */
function mergedIds(
  db: Kysely<Schema>,
  guildId: Snowflake,
  { kinds, ...filter }: ResolvedFilter,
  { order, limit }: Slice,
): Expression<unknown> {
  const newest = order === 'newest'
  // An id past one that is within the window is within the bound on that side.
  const { [newest ? 'to' : 'from']: _, ...rest } = filter
  return byDialect((dialect) =>
    dialect.merged({
      guildId,
      order,
      limit,
      kinds: sql`${kinds ? ofKinds(kinds) : sql`true`}`,
      ids: (kind, most, past) => {
        const ofKind = idsOf(db, guildId, past ? rest : filter, { order, limit: most }).where(
          sql<boolean>`kind = ${kind}`,
        )
        const isPast = sql<boolean>`id ${newest ? sql`<` : sql`>`} ${past}`
        return sql`(${past ? ofKind.where(isPast) : ofKind})`
      },
    }),
  )
}

function rowsOf(db: Kysely<Schema>, guildId: Snowflake, ids: Expression<unknown>) {
  return db
    .selectFrom('entry')
    .select(ENTRY_COLUMNS)
    .where('guild_id', '=', BigInt(guildId))
    .where(sql<boolean>`entry.id IN ${ids}`)
}
