import { type Kysely, sql } from 'kysely'
import type { ActivityCount } from '../../core/query/activity.ts'
import type { Kinds } from '../../core/query/filter.ts'
import { sumOf } from '../../core/query/tally.ts'
import type { Snowflake } from '../../core/snowflake.ts'
import { idList, total } from '../dialect-sql.ts'
import { heldKinds } from '../held-kinds.ts'
import { NOBODY, type Schema } from '../schema.ts'
import { ofKinds, type ResolvedFilter } from '../where.ts'
import { type Piece, rowsWithin, splitIntoDays } from './pieces.ts'

type Window = Pick<ResolvedFilter, 'from' | 'to'>
type Db = Kysely<Schema>

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
          FROM ${rowsWithin(guildId, piece)} AND kind = held.kind AND executor = theirs.value
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
