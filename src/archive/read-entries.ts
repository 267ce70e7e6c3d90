import { type Kysely, sql } from 'kysely'
import type { Slice } from '../core/archive.ts'
import type { Entry } from '../core/entry.ts'
import type { Filter, Kinds } from '../core/filter.ts'
import { idAfter, maxId, minId, type Snowflake } from '../core/snowflake.ts'
import { type EntryRow, fromRow, idAsText } from './rows.ts'
import type { Schema } from './schema.ts'
import { matching } from './where.ts'

export async function listEntries(
  db: Kysely<Schema>,
  guildId: Snowflake,
  filter: Filter,
  slice: Slice,
): Promise<Entry[]> {
  const bounded = { ...filter, ...beyond(filter, slice) }
  const rows = await inOrder(db, guildId, await oneKindAtATime(db, guildId, bounded), slice)
  return rows.map((row) => fromRow(guildId, row))
}

export async function oneEntry(
  db: Kysely<Schema>,
  guildId: Snowflake,
  id: Snowflake,
): Promise<Entry | undefined> {
  const filter = { from: id, to: idAfter(id) }
  const [entry] = await listEntries(db, guildId, filter, { order: 'newest', limit: 1 })
  return entry
}

export async function newestEntryId(db: Kysely<Schema>, guildId: Snowflake): Promise<Snowflake | undefined> {
  const row = await db
    .selectFrom('entry')
    .select(idAsText<string>('id').as('newest'))
    .where('guild', '=', BigInt(guildId))
    .orderBy('entry.id', 'desc')
    .limit(1)
    .executeTakeFirst()
  return row?.newest
}

/** The kinds of which a guild has at least one entry, found by leaping from one to the next in their index. */
export async function kindsSeen(db: Kysely<Schema>, guildId: Snowflake): Promise<number[]> {
  const guild = BigInt(guildId)
  const { rows } = await sql<{ kind: number }>`
    WITH RECURSIVE seen (kind) AS (
      SELECT min(kind) FROM entry WHERE guild = ${guild}
      UNION ALL
      SELECT (SELECT min(kind) FROM entry WHERE guild = ${guild} AND kind > seen.kind) FROM seen WHERE kind IS NOT NULL
    )
    SELECT kind FROM seen WHERE kind IS NOT NULL`.execute(db)
  return rows.map((row) => row.kind)
}

/** The filter's window, without what lies before the slice. */
function beyond({ from, to }: Filter, { order, past }: Slice): Pick<Filter, 'from' | 'to'> {
  if (past === undefined) return {}
  if (order === 'newest') return { to: to === undefined ? past : minId(to, past) }
  const next = idAfter(past)
  return { from: from === undefined ? next : maxId(from, next) }
}

/**
 * A filter by several kinds as one filter for each. SQLite reads one kind in order from its index, but of several
 * it would read the whole guild until enough are found, and for kinds that never happened to the very end.
 * Where a target or a channel narrows more, that index is read instead.
 */
async function oneKindAtATime(db: Kysely<Schema>, guildId: Snowflake, filter: Filter): Promise<Filter[]> {
  if (!filter.kinds || filter.targetId !== undefined || filter.channelId !== undefined) return [filter]
  const kinds = await present(db, guildId, filter.kinds)
  return kinds.map((kind) => ({ ...filter, kinds: { anyOf: [kind] } }))
}

async function present(db: Kysely<Schema>, guildId: Snowflake, kinds: Kinds): Promise<number[]> {
  const seen = await kindsSeen(db, guildId)
  return seen.filter((kind) => ('anyOf' in kinds ? kinds.anyOf.includes(kind) : !kinds.noneOf.includes(kind)))
}

async function inOrder(
  db: Kysely<Schema>,
  guildId: Snowflake,
  filters: readonly Filter[],
  { order, limit }: Slice,
): Promise<EntryRow[]> {
  const direction = order === 'newest' ? 'desc' : 'asc'
  const [first, ...others] = filters.map((filter) =>
    db
      .selectFrom(
        db
          .selectFrom('entry')
          .selectAll()
          .where(matching(guildId, filter))
          .orderBy('id', direction)
          .limit(limit)
          .as('entry'),
      )
      .selectAll(),
  )
  if (!first) return []
  const together = others.reduce((query, other) => query.unionAll(other), first)
  return db
    .selectFrom(together.as('entry'))
    .select([
      idAsText<string>('id').as('id'),
      'kind',
      idAsText<string | null>('executor').as('executor'),
      idAsText<string | null>('target').as('target'),
      idAsText<string | null>('channel').as('channel'),
      'count',
      'reason',
      'remainder',
    ])
    .orderBy('entry.id', direction)
    .limit(limit)
    .execute()
}
