import { type Kysely, type RawBuilder, sql } from 'kysely'
import type { ActivityCount } from '../../../core/archive.ts'
import { sumOf } from '../../../core/query/tally.ts'
import type { Snowflake } from '../../../core/snowflake.ts'
import { idList } from '../json-parameters.ts'
import { idAsText } from '../rows.ts'
import { NOBODY, type Schema } from '../schema.ts'
import { type ResolvedFilter, ofKinds } from '../where.ts'
import { personNamed } from './attribution.ts'
import { type Piece, piecesOf } from './counts.ts'

type Window = Pick<ResolvedFilter, 'from' | 'to'>
type Db = Kysely<Schema>

/** The UTC day of an entry: its milliseconds since 2015 stand in its id's bits from 22 up. */
const DAY_OF_ENTRY = sql`((id >> 22) + 1420070400000) / 86400000`

/** Who ever did one of some kinds of things. */
export async function executorsOf(db: Db, guildId: Snowflake, kinds: readonly number[]): Promise<Snowflake[]> {
  const rows = await db
    .selectFrom('daily')
    .select(idAsText<string>('executor').as('id'))
    .where('guild', '=', BigInt(guildId))
    .where('executor', '<>', BigInt(NOBODY))
    .where(ofKinds({ anyOf: [...kinds] }))
    .groupBy('executor')
    .having(sql`sum(entries)`, '>', 0)
    .execute()
  return rows.map(({ id }) => id)
}

/**
 * How much some people did in a window, by kind, and by who did it or by the UTC day (in days since the Unix epoch):
 * whole days from the daily sums, the rest from the entries.
 */
export async function countActivity(
  db: Db,
  guildId: Snowflake,
  window: Window,
  executorIds: readonly Snowflake[],
  by: 'executor' | 'day',
): Promise<ActivityCount[]> {
  if (executorIds.length === 0) return []
  const isOne = sql`executor IN ${idList(executorIds)}`
  const rows = await eachPiece(window, async (piece) => {
    const [key, entries, units] =
      'days' in piece
        ? [sql.ref(by), sql`sum(entries)`, sql`total(units)`]
        : [by === 'day' ? DAY_OF_ENTRY : sql.ref(by), sql`count(*)`, sql`total(ifnull(count, 1))`]
    const counts = await sql<ActivityCount>`
      SELECT CAST(${key} AS TEXT) AS key, kind, ${entries} AS entries, ${units} AS units
      FROM ${source(guildId, piece)} AND ${isOne}
      GROUP BY ${key}, kind
      HAVING ${entries} > 0`.execute(db)
    return counts.rows
  })
  const same = Map.groupBy(rows, ({ key, kind }) => `${key} ${kind}`)
  return [...same.values()].flatMap(([first, ...more]) =>
    first ? [{ ...first, ...sumOf([first, ...more]) }] : [],
  )
}

/** How often bots did something in a window for each person who is known. */
export async function countAttributions(
  db: Db,
  guildId: Snowflake,
  window: Window,
): Promise<Map<Snowflake, number>> {
  // A guild can have very many claims: who is meant by them is not looked up on this thread.
  const { rows } = await sql<{ id: string; entries: number }>`
    WITH
      done AS (${sql.join(
        piecesOf(window).map((piece) => claimsIn(guildId, piece)),
        sql` UNION ALL `,
      )}),
      claims AS (
        SELECT claim, sum(entries) AS entries FROM done
        WHERE EXISTS (
          SELECT 1 FROM name
          WHERE guild = ${BigInt(guildId)} AND id = done.executor AND class = 'user' AND "is" = 'bot'
        )
        GROUP BY claim
      ),
      credits AS MATERIALIZED (SELECT ${personNamed(guildId, sql`claim`)} AS id, entries FROM claims)
    SELECT CAST(id AS TEXT) AS id, sum(entries) AS entries FROM credits
    WHERE id IS NOT NULL AND entries > 0
    GROUP BY id`.execute(db)
  return new Map(rows.map(({ id, entries }) => [id, entries]))
}

/** How many entries make each claim within a piece of a window, by who made them. */
function claimsIn(guildId: Snowflake, piece: Piece): RawBuilder<unknown> {
  const entries = 'days' in piece ? sql`sum(entries)` : sql`count(*)`
  const from = 'days' in piece ? source(guildId, piece, 'claimed') : source(guildId, piece)
  // Less than a day is read by its ids, not by every claim there ever was, which `+claim` sees to.
  return sql`
    SELECT claim, executor, ${entries} AS entries
    FROM ${from} AND +claim IS NOT NULL AND executor IS NOT NULL
    GROUP BY claim, executor`
}

/** The last entry that each of some people made before another. */
export async function lastSeenOf(
  db: Db,
  guildId: Snowflake,
  executorIds: readonly Snowflake[],
  before: Snowflake,
): Promise<Map<Snowflake, Snowflake>> {
  if (executorIds.length === 0) return new Map()
  const { rows } = await sql<{ executor: string; last: string | null }>`
    SELECT CAST(executor AS TEXT) AS executor, CAST(max(last) AS TEXT) AS last
    FROM (
      SELECT executor, (
        SELECT max(id) FROM entry
        WHERE guild = did.guild AND executor = did.executor AND kind = did.kind AND id < ${BigInt(before)}
      ) AS last
      FROM (
        SELECT DISTINCT guild, executor, kind FROM daily
        WHERE guild = ${BigInt(guildId)} AND executor IN ${idList(executorIds)}
      ) AS did
    )
    GROUP BY executor`.execute(db)
  return new Map(rows.flatMap(({ executor, last }) => (last === null ? [] : [[executor, last]])))
}

async function eachPiece<Row>(
  window: Window,
  read: (piece: Piece) => Promise<readonly Row[]>,
): Promise<Row[]> {
  return (await Promise.all(piecesOf(window).map(read))).flat()
}

/** The rows of a guild within a piece of a window, up to where more conditions can follow. */
function source(guildId: Snowflake, piece: Piece, sums: 'daily' | 'claimed' = 'daily'): RawBuilder<unknown> {
  const guild = BigInt(guildId)
  if ('days' in piece) {
    const [start, end] = piece.days
    return sql`${sql.table(sums)} WHERE guild = ${guild} AND day >= ${start} AND day < ${end}`
  }
  const { from = '0', to } = piece.filter
  const end = to === undefined ? sql`true` : sql`id < ${BigInt(to)}`
  return sql`entry WHERE guild = ${guild} AND id >= ${BigInt(from)} AND ${end}`
}
