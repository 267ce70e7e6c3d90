import { type Kysely, sql } from 'kysely'
import { automaticActor } from '../../core/audit-log/action.ts'
import { Kind } from '../../core/audit-log/kind.ts'
import { type Party, sumOf, type Tally } from '../../core/query/tally.ts'
import type { Snowflake } from '../../core/snowflake.ts'
import { TARGET, TARGET_AS_TEXT, total, unindexed } from '../dialect-sql.ts'
import { NOBODY, type Schema } from '../schema.ts'
import { isNoBot, isReadInOrder, matching, ofKinds, type ResolvedFilter } from '../where.ts'
import { splitIntoDays } from './pieces.ts'

type Count = Tally<string | null>

/** How many entries of each kind match a filter, in no order. */
export async function countByKind(
  db: Kysely<Schema>,
  guildId: Snowflake,
  filter: ResolvedFilter,
): Promise<Tally<number>[]> {
  const counts = await countAll(db, guildId, filter, 'kind')
  return counts.map((count) => ({ ...count, key: Number(count.key) }))
}

/**
 * How many entries have no executor. Not counted are the later parts of a prune, for which Discord names somebody
 * (wrongly), and what AutoMod and Discord do by themselves.
 */
export async function countUnnamed(
  db: Kysely<Schema>,
  guildId: Snowflake,
  filter: ResolvedFilter,
): Promise<number> {
  const counts = await countByKind(db, guildId, { ...filter, executorId: null })
  return sumOf(counts.filter(({ key }) => key !== Kind.PrunePart && automaticActor(key) === undefined))
    .entries
}

/** How many entries of a guild the archive has. */
export async function countHeld(db: Kysely<Schema>, guildId: Snowflake): Promise<number> {
  const { entries } = await db
    .selectFrom('daily')
    .select(sql<number>`coalesce(sum(entries), 0)`.as('entries'))
    .where('guild_id', '=', BigInt(guildId))
    .executeTakeFirstOrThrow()
  return entries
}

/** Counts the entries that match a filter. Whole days are read from the daily sums if those suffice. */
export async function countAll(
  db: Kysely<Schema>,
  guildId: Snowflake,
  filter: ResolvedFilter,
  by: 'executor' | 'kind',
): Promise<Count[]> {
  const counts = splitIntoDays(filter).map((piece) =>
    'days' in piece
      ? fromDays(db, guildId, filter, piece.days, by).execute()
      : fromEntries(db, guildId, piece.filter, by).execute(),
  )
  const byKey = Map.groupBy((await Promise.all(counts)).flat(), (count) => count.key)
  return [...byKey].map(([key, parts]) => ({ key, ...sumOf(parts) }))
}

/**
 * Counts the entries that match a filter, by what has to be read from them.
 * @param scan reads the whole guild in the order of the key, instead of reading the window and sorting it
 */
export function fromEntries(
  db: Kysely<Schema>,
  guildId: Snowflake,
  filter: ResolvedFilter,
  by: Party | 'kind',
  scan = false,
) {
  const [key, group] =
    by === 'target'
      ? [TARGET_AS_TEXT, TARGET]
      : [sql<string | null>`CAST(${sql.ref(by)} AS TEXT)`, sql.ref(by)]
  return db
    .selectFrom('entry')
    .select([key.as('key'), sql<number>`count(*)`.as('entries'), total(sql`coalesce(count, 1)`).as('units')])
    .where(matching(guildId, filter, scan ? unindexed(sql`id`) : sql`id`))
    .groupBy(isReadInOrder(filter) && by !== 'target' ? unindexed(group) : group)
}

/**
 * The inner query groups in the order of the primary key, so that SQLite need not sort every row of every day. The outer
 * query groups what little is left.
 */
function fromDays(
  db: Kysely<Schema>,
  guildId: Snowflake,
  { executorId, kinds, withoutBots }: ResolvedFilter,
  [start, end]: readonly [number, number],
  by: 'executor' | 'kind',
) {
  const sums = db
    .selectFrom('daily')
    .select(['executor', 'kind', sql<number>`sum(entries)`.as('entries'), total(sql`units`).as('units')])
    .where('guild_id', '=', BigInt(guildId))
    .where('day', '>=', start)
    .where('day', '<', end)
    .$if(executorId !== undefined, (query) => query.where('executor', '=', BigInt(executorId ?? NOBODY)))
    .$if(kinds !== undefined, (query) => query.where(ofKinds(kinds ?? { noneOf: [] })))
    .$if(withoutBots === true, (query) => query.where(isNoBot(guildId)))
    .groupBy(['kind', 'executor'])
  const key = by === 'executor' ? sql`nullif(executor, ${sql.lit(NOBODY)})` : sql`kind`
  return db
    .selectFrom(sums.as('sums'))
    .select([
      sql<string | null>`CAST(${key} AS TEXT)`.as('key'),
      sql<number>`sum(entries)`.as('entries'),
      total(sql`units`).as('units'),
    ])
    .groupBy(by)
    .having(sql`sum(entries)`, '>', 0)
}
