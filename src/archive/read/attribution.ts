import { type Kysely, type RawBuilder, sql } from 'kysely'
import type { Entry } from '../../core/audit-log/entry.ts'
import type { Attributed } from '../../core/query/activity.ts'
import type { Snowflake } from '../../core/snowflake.ts'
import { DAY } from '../../core/time/units.ts'
import { byDialect, idList, indexedBy, table, unindexed } from '../dialect-sql.ts'
import type { EntryRow } from '../entry-row.ts'
import { fromRow, idAsText } from '../rows.ts'
import type { Schema } from '../schema.ts'
import { isBot, type ResolvedFilter } from '../where.ts'
import { type Piece, rowsWithin, splitIntoDays } from './pieces.ts'

/** The entries of rows, with the people that bots acted for as `onBehalfOfId`. */
export async function withAttributions(
  db: Kysely<Schema>,
  guildId: Snowflake,
  rows: readonly EntryRow[],
): Promise<Entry[]> {
  const onBehalfOf = await behalfOf(db, guildId, rows)
  return rows.map((row) => {
    const entry = fromRow(guildId, row)
    const onBehalfOfId = onBehalfOf(row)
    return onBehalfOfId === undefined ? entry : { ...entry, onBehalfOfId }
  })
}

/** The columns that say whom an entry was made for. */
type AttributedRow = Pick<EntryRow, 'attribution' | 'executor'>

/** Finds out whom bots acted for. @returns for a row, the person; null for nobody; undefined if no row names anybody */
export async function behalfOf(
  db: Kysely<Schema>,
  guildId: Snowflake,
  rows: readonly AttributedRow[],
): Promise<(row: AttributedRow) => Snowflake | null | undefined> {
  const attributed = rows.filter(({ attribution, executor }) => attribution !== null && executor !== null)
  if (attributed.length === 0) return () => undefined
  const [people, bots] = await Promise.all([
    peopleNamed(
      db,
      guildId,
      attributed.map(({ attribution }) => attribution ?? ''),
    ),
    botsAmong(
      db,
      guildId,
      attributed.map(({ executor }) => executor),
    ),
  ])
  return ({ executor, attribution }) =>
    (executor !== null && bots.has(executor) ? people.get(attribution ?? '') : undefined) ?? null
}

/** The attributions that mean a person: the id, and those of their names that mean nobody else. */
export async function attributionsOf(
  db: Kysely<Schema>,
  guildId: Snowflake,
  userId: Snowflake,
): Promise<string[]> {
  const person = await db
    .selectFrom('name')
    .select(['folded', 'alias'])
    .where('guild_id', '=', BigInt(guildId))
    .where('id', '=', BigInt(userId))
    .where('class', '=', 'user')
    .executeTakeFirst()
  const attributions = [userId, person?.alias, person?.folded].filter(
    (attribution) => typeof attribution === 'string',
  )
  const people = await peopleNamed(db, guildId, attributions)
  return attributions.filter((attribution) => people.get(attribution) === userId)
}

/** The person that each attribution means, without attributions that mean nobody. */
async function peopleNamed(
  db: Kysely<Schema>,
  guildId: Snowflake,
  attributions: readonly string[],
): Promise<ReadonlyMap<string, Snowflake>> {
  const distinct = [...new Set(attributions)]
  if (distinct.length === 0) return new Map()
  const rows = distinct.map((attribution) => [attribution])
  const { rows: people } = await sql<{ attribution: string; id: string | null }>`
    SELECT attribution, CAST(${personNamed(guildId, sql`attribution`)} AS TEXT) AS id
    FROM ${table({ attribution: 'text' }, rows)} AS given`.execute(db)
  return new Map(people.flatMap(({ attribution, id }) => (id === null ? [] : [[attribution, id]])))
}

/**
 * The id of the person that an attribution means: a user, not a bot, with that id, or that username, or, if nobody has
 * that username, that display name. Null if nobody has it, or several people do.
 */
function personNamed(guildId: Snowflake, attribution: RawBuilder<unknown>): RawBuilder<unknown> {
  // 0, which is no snowflake, stands for several people and ends the search. The indexes are given because SQLite
  // prefers the primary key, and would read every name of the guild for each attribution.
  const only = (index: string, condition: RawBuilder<unknown>) => sql`(
    SELECT CASE count(*) WHEN 0 THEN NULL WHEN 1 THEN min(id) ELSE 0 END FROM (
      SELECT id FROM ${indexedBy('name', index)}
      WHERE guild_id = ${BigInt(guildId)} AND ${condition} AND class = 'user' AND type = 'user'
      LIMIT 2
    ) AS found
  )`
  const id = byDialect((dialect) => dialect.idOf(attribution))
  return sql`nullif(coalesce(
    ${only('key', sql`id = ${id} AND CAST(id AS TEXT) = ${attribution}`)},
    ${only('name_by_alias', sql`alias = ${attribution}`)},
    ${only('name_by_name', sql`folded = ${attribution}`)}
  ), 0)`
}

/** Which of some executors are bots. */
async function botsAmong(
  db: Kysely<Schema>,
  guildId: Snowflake,
  executors: readonly (Snowflake | null)[],
): Promise<ReadonlySet<Snowflake>> {
  const ids = [...new Set(executors)].filter((id) => id !== null)
  const bots = await db
    .selectFrom('name')
    .select(idAsText<string>('id').as('id'))
    .where('guild_id', '=', BigInt(guildId))
    .where('id', 'in', idList(ids))
    .where('class', '=', 'user')
    .where('type', '=', 'bot')
    .execute()
  return new Set(bots.map(({ id }) => id))
}

/** The UTC day of an entry: the bits of its id from 22 up are milliseconds since 2015. */
const DAY_OF_ENTRY = sql`((id >> 22) + 1420070400000) / 86400000`

/** What bots did in a window on behalf of each person in the guild's names. */
export async function countAttributions(
  db: Kysely<Schema>,
  guildId: Snowflake,
  window: Pick<ResolvedFilter, 'from' | 'to'>,
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
  const from = 'days' in piece ? rowsWithin(guildId, piece, 'daily_attribution') : rowsWithin(guildId, piece)
  // Less than a day is read by its ids, not by every attribution the guild ever had.
  return sql`
    SELECT attribution, executor, ${entries} AS entries, ${day} AS day
    FROM ${from} AND ${unindexed(sql`attribution`)} IS NOT NULL AND executor IS NOT NULL
    GROUP BY attribution, executor`
}
