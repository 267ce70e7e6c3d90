import { type Kysely, type RawBuilder, sql } from 'kysely'
import type { Kinds } from '../../core/query/filter.ts'
import type { Snowflake } from '../../core/snowflake.ts'
import { TARGET, TARGET_AS_ID } from '../dialect-sql.ts'
import type { Schema } from '../schema.ts'
import { ofKinds } from '../where.ts'
import { type Counts, countsOf, type Ids, idsOf, kindsOf } from './packed-columns.ts'

/** Ids from `from` on, and below `to`. */
export interface IdRange {
  readonly from: Snowflake
  readonly to: Snowflake
}

const CHANNEL_AS_ID = sql`coalesce(channel, -1)`
const COUNT = sql`coalesce(count, 1)`

/** Reads the targets or channels of the entries within some ranges, and their counts. */
export async function readIds(
  db: Kysely<Schema>,
  guildId: Snowflake,
  ranges: readonly IdRange[],
  by: 'target' | 'channel',
  kinds: Kinds | undefined,
): Promise<{ readonly ids: Ids; readonly counts: Counts }> {
  const id = by === 'target' ? TARGET_AS_ID : CHANNEL_AS_ID
  const columns = { low: lower(id), high: upper(id), counts: COUNT }
  const values = await readColumns(db, guildId, ranges, columns, kinds)
  return { ids: idsOf(values('low'), values('high')), counts: countsOf(values('counts')) }
}

/** Reads the entries within a range, as the columns of a packed day. */
export async function readAll(db: Kysely<Schema>, guildId: Snowflake, range: IdRange) {
  const columns = {
    counts: COUNT,
    lowTargets: lower(TARGET_AS_ID),
    highTargets: upper(TARGET_AS_ID),
    kinds: sql`kind`,
    lowChannels: lower(CHANNEL_AS_ID),
    highChannels: upper(CHANNEL_AS_ID),
  }
  const values = await readColumns(db, guildId, [range], columns, undefined)
  return {
    counts: countsOf(values('counts')),
    targets: idsOf(values('lowTargets'), values('highTargets')),
    kinds: kindsOf(values('kinds')),
    channels: idsOf(values('lowChannels'), values('highChannels')),
  }
}

/** The halves of an id, which numbers can hold exactly. */
function lower(id: RawBuilder<unknown>): RawBuilder<number> {
  return sql`${id} & 4294967295`
}

function upper(id: RawBuilder<unknown>): RawBuilder<number> {
  return sql`${id} >> 32`
}

/** Reads columns of numbers, each as one text: a row for each entry would take ten times as long to pass to this thread. */
async function readColumns<Name extends string>(
  db: Kysely<Schema>,
  guildId: Snowflake,
  ranges: readonly IdRange[],
  columns: Readonly<Record<Name, RawBuilder<unknown>>>,
  kinds: Kinds | undefined,
): Promise<(name: Name) => number[]> {
  const texts = Object.entries<RawBuilder<unknown>>(columns).map(
    ([name, column]) => sql`string_agg(CAST(${column} AS TEXT), ',') AS ${sql.ref(name)}`,
  )
  // Joined with a table of the ranges, PostgreSQL would not know how few entries they have, and might read all of a kind.
  const entries = ranges.map(
    ({ from, to }) => sql`
      SELECT ${TARGET}, kind, channel, count FROM entry
      WHERE guild_id = ${BigInt(guildId)} AND id >= ${BigInt(from)} AND id < ${BigInt(to)}
        AND ${kinds ? ofKinds(kinds) : sql`true`}`,
  )
  const { rows } = await sql<Readonly<Record<Name, string | null>>>`
    SELECT ${sql.join(texts)} FROM (${sql.join(entries, sql` UNION ALL `)}) AS entry`.execute(db)
  return (name) => JSON.parse(`[${rows[0]?.[name] ?? ''}]`)
}
