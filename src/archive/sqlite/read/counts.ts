import { type Kysely, sql } from 'kysely'
import { doneByItself, Kind } from '../../../core/audit-log/action.ts'
import { type Party, sumOf, type Tally } from '../../../core/query/tally.ts'
import { compareIds, firstIdAt, type Snowflake, timeOf } from '../../../core/snowflake.ts'
import { NOBODY, type Schema } from '../schema.ts'
import { matching, type ResolvedFilter, ofKinds } from '../where.ts'

const DAY = 86_400_000

type Count = Tally<string | null>

/** How many entries a filter means of each kind, in no order. */
export async function countByKind(
  db: Kysely<Schema>,
  guildId: Snowflake,
  filter: ResolvedFilter,
): Promise<Tally<number>[]> {
  const counts = await countAll(db, guildId, filter, 'kind')
  return counts.map((count) => ({ ...count, key: Number(count.key) }))
}

/**
 * How many entries Discord names nobody for. The later parts of a prune are not counted, because Discord names somebody
 * for them (wrongly), nor is what AutoMod and Discord do by themselves, where no name is missing.
 */
export async function countUnnamed(
  db: Kysely<Schema>,
  guildId: Snowflake,
  filter: ResolvedFilter,
): Promise<number> {
  const counts = await countByKind(db, guildId, { ...filter, executorId: null })
  return sumOf(counts.filter(({ key }) => key !== Kind.PrunePart && doneByItself(key) === undefined)).entries
}

/** How many entries are held of a guild. */
export async function countHeld(db: Kysely<Schema>, guildId: Snowflake): Promise<number> {
  const { entries } = await db
    .selectFrom('daily')
    .select(sql<number>`ifnull(sum(entries), 0)`.as('entries'))
    .where('guild', '=', BigInt(guildId))
    .executeTakeFirstOrThrow()
  return entries
}

/** Counts the entries a filter means, whole days from the daily sums where those can tell. */
export async function countAll(
  db: Kysely<Schema>,
  guildId: Snowflake,
  filter: ResolvedFilter,
  by: 'executor' | 'kind',
): Promise<Count[]> {
  const counts = piecesOf(filter).map((piece) =>
    'days' in piece
      ? fromDays(db, guildId, filter, piece.days, by).execute()
      : fromEntries(db, guildId, piece.filter, by).execute(),
  )
  const byKey = Map.groupBy((await Promise.all(counts)).flat(), (count) => count.key)
  return [...byKey].map(([key, parts]) => ({ key, ...sumOf(parts) }))
}

/** A part of a window: whole days, from the first that belongs to the first that does not, or less than one. */
export type Piece = { readonly days: readonly [number, number] } | { readonly filter: ResolvedFilter }

/** The pieces of a filter's window. Only where nothing else narrows it can the daily sums tell whole days. */
export function piecesOf(filter: ResolvedFilter): Piece[] {
  const { from, to, targetId, channelId, reason, attributions: attributions } = filter
  const start = from === undefined ? 0 : firstWholeDay(from)
  const end = to === undefined ? Number.MAX_SAFE_INTEGER : Math.floor(timeOf(to) / DAY)
  const daysCanTell = [targetId, channelId, reason, attributions].every(
    (narrowing) => narrowing === undefined,
  )
  if (!daysCanTell || start >= end) return [{ filter }]
  return [
    ...(from === undefined ? [] : [{ filter: { ...filter, to: firstIdAt(start * DAY) } }]),
    { days: [start, end] },
    ...(to === undefined ? [] : [{ filter: { ...filter, from: firstIdAt(end * DAY) } }]),
  ]
}

function firstWholeDay(from: Snowflake): number {
  const day = Math.floor(timeOf(from) / DAY)
  return compareIds(from, firstIdAt(day * DAY)) <= 0 ? day : day + 1
}

/**
 * Units are added up by `total`, not by `sum`, which fails where the sum of absurd counts is past what SQLite or
 * JavaScript can hold as an integer. https://sqlite.org/lang_aggfunc.html#sumunc
 * @param scan whether to read the whole guild in the order of the key, rather than the window and sort it
 */
export function fromEntries(
  db: Kysely<Schema>,
  guildId: Snowflake,
  filter: ResolvedFilter,
  by: Party | 'kind',
  scan = false,
) {
  return db
    .selectFrom('entry')
    .select([
      sql<string | null>`CAST(${sql.ref(by)} AS TEXT)`.as('key'),
      sql<number>`count(*)`.as('entries'),
      sql<number>`total(ifnull(count, 1))`.as('units'),
    ])
    .where(matching(guildId, filter, scan ? sql`+id` : sql`id`))
    .groupBy(sql.ref(by))
}

/**
 * The inner sums come in the order of the key, so that SQLite need not sort every row of every day for them, and
 * what is left to put together by either key is little.
 */
function fromDays(
  db: Kysely<Schema>,
  guildId: Snowflake,
  { executorId, kinds }: ResolvedFilter,
  [start, end]: readonly [number, number],
  by: 'executor' | 'kind',
) {
  const sums = db
    .selectFrom('daily')
    .select([
      'executor',
      'kind',
      sql<number>`sum(entries)`.as('entries'),
      sql<number>`total(units)`.as('units'),
    ])
    .where('guild', '=', BigInt(guildId))
    .where('day', '>=', start)
    .where('day', '<', end)
    .$if(executorId !== undefined, (query) => query.where('executor', '=', BigInt(executorId ?? NOBODY)))
    .$if(kinds !== undefined, (query) => query.where(ofKinds(kinds ?? { noneOf: [] })))
    .groupBy(['executor', 'kind'])
  const key = by === 'executor' ? sql`nullif(executor, ${NOBODY})` : sql`kind`
  return db
    .selectFrom(sums.as('sums'))
    .select([
      sql<string | null>`CAST(${key} AS TEXT)`.as('key'),
      sql<number>`sum(entries)`.as('entries'),
      sql<number>`total(units)`.as('units'),
    ])
    .groupBy(by)
    .having(sql`sum(entries)`, '>', 0)
}
