import { expressionBuilder, type Kysely, type RawBuilder, sql } from 'kysely'
import type { Snowflake } from '../../core/snowflake.ts'
import type { Arrival, ArrivalRange, ArrivedCount } from '../../core/watch/arrival.ts'
import { byDialect, total } from '../dialect-sql.ts'
import { entriesWith } from '../read/entries.ts'
import type { Schema } from '../schema.ts'
import { matching, type ResolvedFilter } from '../where.ts'

type Db = Kysely<Schema>

/** The matching arrivals of a range, in order. */
export async function listArrivals(
  db: Db,
  guildId: Snowflake,
  filter: ResolvedFilter,
  range: ArrivalRange,
  limit: number,
): Promise<Arrival[]> {
  const { rows } = await sql<{ number: number; id: Snowflake; at: number; grewFrom: number | null }>`
    SELECT arrived.number, CAST(entry.id AS TEXT) AS id, arrived.at, arrived.grew_from AS "grewFrom"
    FROM ${arrivedWithin(guildId, filter, range)}
    ORDER BY arrived.number LIMIT ${limit}`.execute(db)
  const entries = await entriesWith(db, guildId, [...new Set(rows.map(({ id }) => id))])
  const byId = new Map(entries.map((entry) => [entry.id, entry]))
  return rows.flatMap(({ number, id, at, grewFrom }) => {
    const entry = byId.get(id)
    return entry ? [{ number, entry, at, ...(grewFrom !== null && { grewFrom }) }] : []
  })
}

/** Counts the matching entries that arrived new in a range, by executor and kind. */
export async function countArrivals(
  db: Db,
  guildId: Snowflake,
  filter: ResolvedFilter,
  range: ArrivalRange,
): Promise<ArrivedCount[]> {
  const { rows } = await sql<ArrivedCount>`
    SELECT CAST(entry.executor AS TEXT) AS "executorId", entry.kind, count(*) AS entries,
      ${total(sql`coalesce(entry.count, 1)`)} AS units
    FROM ${arrivedWithin(guildId, filter, range)} AND arrived.grew_from IS NULL
    GROUP BY entry.executor, entry.kind`.execute(db)
  return rows
}

/** The number of the last arrival of a guild; 0 before the first. */
export async function newestArrival(db: Db, guildId: Snowflake): Promise<number> {
  const row = await db
    .selectFrom('setting')
    .select('last_arrival')
    .where('guild_id', '=', BigInt(guildId))
    .executeTakeFirst()
  return row?.last_arrival ?? 0
}

/** Tables and a condition for the matching arrivals of a range with their entries; more conditions can follow. */
function arrivedWithin(
  guildId: Snowflake,
  filter: ResolvedFilter,
  { after, to }: ArrivalRange,
): RawBuilder<unknown> {
  const end = to === undefined ? sql`true` : sql`number <= ${to}`
  // In order, so that PostgreSQL looks up no more entries than a limit needs.
  return sql`(
      SELECT number, entry AS entry_id, grew_from, at FROM arrival
      WHERE guild_id = ${BigInt(guildId)} AND number > ${after} AND ${end} ORDER BY number
    ) AS arrived ${byDialect((dialect) => dialect.joinEntries(guildId, sql`arrived.entry_id`))}
    WHERE ${matching(guildId, filter, sql`entry.id`)(expressionBuilder<Schema, 'entry'>())}`
}
