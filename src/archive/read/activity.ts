import { type Kysely, type RawBuilder, sql } from 'kysely'
import type { ActivityCount, Attributed } from '../../core/query/activity.ts'
import type { Kinds } from '../../core/query/filter.ts'
import { sumOf } from '../../core/query/tally.ts'
import type { Snowflake } from '../../core/snowflake.ts'
import { DAY } from '../../core/time/units.ts'
import { idList, total, unindexed } from '../dialect-sql.ts'
import { heldKinds } from '../held-kinds.ts'
import { NOBODY, type Schema } from '../schema.ts'
import { isBot, ofKinds, type ResolvedFilter } from '../where.ts'
import { personNamed } from './attribution.ts'
import { type Piece, splitIntoDays } from './counts.ts'

type Window = Pick<ResolvedFilter, 'from' | 'to'>
type Db = Kysely<Schema>

/** The UTC day of an entry: the bits of its id from 22 up are milliseconds since 2015. */
const DAY_OF_ENTRY = sql`((id >> 22) + 1420070400000) / 86400000`

/** Everyone who ever did something of these kinds. */
export async function executorsOf(
  db: Db,
  guildId: Snowflake,
  kinds: readonly number[],
): Promise<Snowflake[]> {
  const guild = BigInt(guildId)
  // Each step looks up the next executor of a kind, past all rows of the last one.
  const { rows } = await sql<{ id: Snowflake }>`
    WITH RECURSIVE
      ${heldKinds(guildId)},
      did (kind, executor) AS (
        SELECT kind, (
          SELECT min(executor) FROM daily
          WHERE guild_id = ${guild} AND kind = held.kind AND executor > ${sql.lit(NOBODY)}
        )
        FROM held
        WHERE kind IS NOT NULL AND ${ofKinds({ anyOf: [...kinds] })}
        UNION ALL
        SELECT kind, (
          SELECT min(executor) FROM daily WHERE guild_id = ${guild} AND kind = did.kind AND executor > did.executor
        )
        FROM did
        WHERE executor IS NOT NULL
      )
    SELECT DISTINCT CAST(executor AS TEXT) AS id FROM did WHERE executor IS NOT NULL`.execute(db)
  return rows.map(({ id }) => id)
}

/** Counts what some executors did in a window, by executor and kind. Whole days are read from the daily sums. */
export async function countActivity(
  db: Db,
  guildId: Snowflake,
  window: Window,
  executorIds: readonly Snowflake[],
): Promise<ActivityCount[]> {
  if (executorIds.length === 0) return []
  const rows = await eachPiece(window, (piece) => countPiece(db, guildId, piece, executorIds))
  const same = Map.groupBy(rows, ({ key, kind }) => `${key} ${kind}`)
  return [...same.values()].flatMap(([first, ...more]) =>
    first ? [{ ...first, ...sumOf([first, ...more]) }] : [],
  )
}

/**
 * Counts by executor and kind within a piece of a window. For each of both, the index has the days or ids of a window in a
 * row, so that nothing outside the window is read, and nothing has to be sorted.
 */
async function countPiece(
  db: Db,
  guildId: Snowflake,
  piece: Piece,
  executorIds: readonly Snowflake[],
): Promise<ActivityCount[]> {
  const [entries, units] =
    'days' in piece ? [sql`sum(entries)`, total(sql`units`)] : [sql`count(*)`, total(sql`coalesce(count, 1)`)]
  const { rows } = await sql<{ key: string; kind: number; sums: string }>`
    WITH RECURSIVE
      ${heldKinds(guildId)},
      theirs AS MATERIALIZED (SELECT * FROM ${idList(executorIds)} AS ids),
      counted AS MATERIALIZED (
        SELECT theirs.value, held.kind, (
          SELECT nullif(${entries}, 0) || ' ' || ${units}
          FROM ${source(guildId, piece)} AND kind = held.kind AND executor = theirs.value
        ) AS sums
        FROM held CROSS JOIN theirs
        WHERE held.kind IS NOT NULL
      )
    SELECT CAST(value AS TEXT) AS key, kind, sums FROM counted WHERE sums IS NOT NULL`.execute(db)
  return rows.map(({ key, kind, sums }) => {
    const [entries = 0, units = 0] = sums.split(' ').map(Number)
    return { key, kind, entries, units }
  })
}

/** What bots did in a window on behalf of each person in the guild's names. */
export async function countAttributions(
  db: Db,
  guildId: Snowflake,
  window: Window,
): Promise<Map<Snowflake, Attributed>> {
  // A guild can have very many attributions, so the database looks the people up, not this thread.
  const { rows } = await sql<{ id: string; entries: number; day: number }>`
    WITH
      done AS (${sql.join(
        splitIntoDays(window).map((piece) => attributionsIn(guildId, piece)),
        sql` UNION ALL `,
      )}),
      by_bots AS (
        SELECT attribution, sum(entries) AS entries, max(day) AS day FROM done
        WHERE ${isBot(guildId, sql`done.executor`)}
        GROUP BY attribution
      ),
      people AS MATERIALIZED (
        SELECT ${personNamed(guildId, sql`attribution`)} AS id, entries, day FROM by_bots
      )
    SELECT CAST(id AS TEXT) AS id, sum(entries) AS entries, max(day) AS day FROM people
    WHERE id IS NOT NULL AND entries > 0
    GROUP BY id`.execute(db)
  return new Map(rows.map(({ id, entries, day }) => [id, { entries, lastDay: day * DAY }]))
}

/** Counts the entries with each attribution within a piece of a window, by executor. */
function attributionsIn(guildId: Snowflake, piece: Piece): RawBuilder<unknown> {
  const [entries, day] =
    'days' in piece
      ? [sql`sum(entries)`, sql`max(day) FILTER (WHERE entries > 0)`]
      : [sql`count(*)`, sql`max(${DAY_OF_ENTRY})`]
  const from = 'days' in piece ? source(guildId, piece, 'daily_attribution') : source(guildId, piece)
  // Less than a day is read by its ids, not by every attribution the guild ever had.
  return sql`
    SELECT attribution, executor, ${entries} AS entries, ${day} AS day
    FROM ${from} AND ${unindexed(sql`attribution`)} IS NOT NULL AND executor IS NOT NULL
    GROUP BY attribution, executor`
}

/** The last entry of some kinds that each of some executors made before an id. */
export async function lastSeenOf(
  db: Db,
  guildId: Snowflake,
  executorIds: readonly Snowflake[],
  before: Snowflake,
  kinds: Kinds = { noneOf: [] },
): Promise<Map<Snowflake, Snowflake>> {
  if (executorIds.length === 0) return new Map()
  const { rows } = await sql<{ executor: string; last: string | null }>`
    WITH RECURSIVE
      ${heldKinds(guildId)},
      theirs AS MATERIALIZED (SELECT * FROM ${idList(executorIds)} AS ids)
    SELECT CAST(executor AS TEXT) AS executor, CAST(max(last) AS TEXT) AS last
    FROM (
      SELECT theirs.value AS executor, (
        SELECT max(id) FROM entry
        WHERE guild_id = ${BigInt(guildId)} AND executor = theirs.value AND kind = held.kind
          AND id < ${BigInt(before)}
      ) AS last
      FROM held CROSS JOIN theirs
      WHERE held.kind IS NOT NULL AND ${ofKinds(kinds)}
    ) AS seen
    GROUP BY executor`.execute(db)
  return new Map(rows.flatMap(({ executor, last }) => (last === null ? [] : [[executor, last]])))
}

async function eachPiece<Row>(
  window: Window,
  read: (piece: Piece) => Promise<readonly Row[]>,
): Promise<Row[]> {
  return (await Promise.all(splitIntoDays(window).map(read))).flat()
}

/** A table and condition for the rows of a guild within a piece of a window; more conditions can follow. */
function source(
  guildId: Snowflake,
  piece: Piece,
  sums: 'daily' | 'daily_attribution' = 'daily',
): RawBuilder<unknown> {
  const guild = BigInt(guildId)
  if ('days' in piece) {
    const [start, end] = piece.days
    return sql`${sql.table(sums)} WHERE guild_id = ${guild} AND day >= ${start} AND day < ${end}`
  }
  const { from = '0', to } = piece.filter
  const end = to === undefined ? sql`true` : sql`id < ${BigInt(to)}`
  return sql`entry WHERE guild_id = ${guild} AND id >= ${BigInt(from)} AND ${end}`
}
