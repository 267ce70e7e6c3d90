import { type Kysely, sql } from 'kysely'
import type { Kinds } from '../../core/query/filter.ts'
import type { Ranking, RankOptions } from '../../core/query/ranking.ts'
import type { Tally } from '../../core/query/tally.ts'
import type { Snowflake } from '../../core/snowflake.ts'
import { indexedBy, TARGET, TARGET_AS_TEXT, TARGET_IS_TEXT, total } from '../dialect-sql.ts'
import { splitIntoDays } from '../read/pieces.ts'
import type { Schema } from '../schema.ts'
import { ofKinds, type ResolvedFilter } from '../where.ts'
import { heldDays, idsOfDay } from './days.ts'
import { IdGroups } from './id-groups.ts'
import { type KindColumn, unpackCounts, unpackIds, unpackKinds } from './packed-columns.ts'
import { type IdRange, readIds } from './read-columns.ts'

/** How many days are counted at a time: counting a busy day takes half a millisecond of this thread. */
const DAYS_AT_A_TIME = 15

/** With more days that are not packed, reading every entry in the database is faster. */
const MOST_UNPACKED = 3

/** What is ranked: the parties of which there can be many. */
type PackedRankOptions = RankOptions & { readonly by: 'target' | 'channel' }

/**
 * Ranks targets or channels by the packed days, and by the entries of what is not packed.
 * @returns undefined where the packed days do not help
 */
export async function rankPacked(
  db: Kysely<Schema>,
  guildId: Snowflake,
  filter: ResolvedFilter,
  options: PackedRankOptions,
): Promise<Ranking | undefined> {
  if (filter.executorId !== undefined || filter.withoutBots) return undefined
  const pieces = splitIntoDays(filter)
  const days = pieces.flatMap((piece) => ('days' in piece ? [piece.days] : []))[0]
  if (days === undefined) return undefined
  const { packed, unpacked } = await heldDays(db, guildId, days)
  if (packed.length === 0 || unpacked.length > MOST_UNPACKED) return undefined
  const rest = pieces.flatMap((piece) => ('filter' in piece ? rangeOf(piece.filter) : []))
  const ranges = [...rest, ...unpacked.map(idsOfDay)]
  const entries = { db, guildId, by: options.by, kinds: filter.kinds }
  const groups = new IdGroups()
  const [texts] = await Promise.all([
    options.by === 'target' ? rankTexts(db, guildId, filter, options) : undefined,
    addRanges(groups, entries, ranges),
    addPacked(groups, entries, packed),
  ])
  const { most, top } = options
  // Sorting keeps ids before texts where they are equal.
  const first = [...groups.top(most, top), ...(texts?.top ?? [])].sort(
    (a, b) => b[most] - a[most] || b.entries - a.entries,
  )
  return { top: first.slice(0, top), size: groups.size + (texts?.size ?? 0) }
}

/** Which entries are counted, apart from the window, and by what. */
interface Counted {
  readonly db: Kysely<Schema>
  readonly guildId: Snowflake
  readonly by: 'target' | 'channel'
  readonly kinds: Kinds | undefined
}

/** The part of a window that is not whole days has two ends. */
function rangeOf({ from, to }: ResolvedFilter): IdRange[] {
  return from === undefined || to === undefined ? [] : [{ from, to }]
}

async function addRanges(groups: IdGroups, counted: Counted, ranges: readonly IdRange[]): Promise<void> {
  if (ranges.length === 0) return
  const { db, guildId, by, kinds } = counted
  const { ids, counts } = await readIds(db, guildId, ranges, by, kinds)
  groups.add(ids, counts)
}

/** Adds packed days, some at a time. The next are read while these are counted. */
async function addPacked(groups: IdGroups, counted: Counted, days: readonly number[]): Promise<void> {
  let next = readPacked(counted, days.slice(0, DAYS_AT_A_TIME))
  for (let at = 0; at < days.length; at += DAYS_AT_A_TIME) {
    const rows = new Map((await next).map((row) => [row.day, row]))
    next = readPacked(counted, days.slice(at + DAYS_AT_A_TIME, at + 2 * DAYS_AT_A_TIME))
    const part = days.slice(at, at + DAYS_AT_A_TIME)
    for (const day of part) {
      const row = rows.get(day)
      if (row) addRow(groups, row, counted.kinds)
    }
    // An entry of these has changed since, so that they are no longer packed.
    await addRanges(groups, counted, part.filter((day) => !rows.has(day)).map(idsOfDay))
  }
}

interface PackedRow {
  readonly day: number
  readonly ids: Uint8Array
  readonly counts: Uint8Array
  readonly kinds?: Uint8Array
}

/** Reads the packed days from the first of some to the last. */
async function readPacked(
  { db, guildId, by, kinds }: Counted,
  days: readonly number[],
): Promise<readonly PackedRow[]> {
  const [first, last] = [days[0], days.at(-1)]
  if (first === undefined || last === undefined) return []
  return db
    .selectFrom('packed_day')
    .select(['day', 'counts', by === 'target' ? 'targets as ids' : 'channels as ids'])
    .$if(kinds !== undefined, (query) => query.select('kinds'))
    .where('guild_id', '=', BigInt(guildId))
    .where('day', '>=', first)
    .where('day', '<=', last)
    .execute()
}

function addRow(groups: IdGroups, row: PackedRow, kinds: Kinds | undefined): void {
  const ids = unpackIds(row.ids)
  const counts = unpackCounts(row.counts, ids.length / 2)
  if (kinds === undefined || row.kinds === undefined) groups.add(ids, counts)
  else groups.add(ids, counts, isOneOf(kinds, unpackKinds(row.kinds, counts.length)))
}

/** Ranks the targets that are no ids, of which there are few. */
async function rankTexts(
  db: Kysely<Schema>,
  guildId: Snowflake,
  { from = '0', to, kinds }: ResolvedFilter,
  { most, top }: RankOptions,
): Promise<Ranking> {
  const { rows } = await sql<Tally<string> & { readonly size: number }>`
    SELECT ${TARGET_AS_TEXT} AS key, count(*) AS entries, ${total(sql`coalesce(count, 1)`)} AS units,
      count(*) OVER () AS size
    FROM ${indexedBy('entry', 'entry_by_target')}
    WHERE guild_id = ${BigInt(guildId)} AND ${TARGET_IS_TEXT} AND id >= ${BigInt(from)}
      AND ${to === undefined ? sql`true` : sql`id < ${BigInt(to)}`} AND ${kinds ? ofKinds(kinds) : sql`true`}
    GROUP BY ${TARGET}
    ORDER BY ${sql.ref(most)} DESC, entries DESC, key
    LIMIT ${top}`.execute(db)
  return { top: rows.map(({ size: _, ...tally }) => tally), size: rows[0]?.size ?? 0 }
}

function isOneOf(kinds: Kinds, column: KindColumn): (index: number) => boolean {
  const [listed, isWanted] = 'anyOf' in kinds ? [new Set(kinds.anyOf), true] : [new Set(kinds.noneOf), false]
  return (index) => listed.has(column[index] ?? 0) === isWanted
}
