import { type Kysely, sql, type Transaction } from 'kysely'
import { compareIds, type Snowflake, timeOf } from '../../core/snowflake.ts'
import { idList, table } from '../dialect-sql.ts'
import type { Schema } from '../schema.ts'
import { ofGuilds } from '../where.ts'
import { type ChangedEntries, type EntryKey, nameOf } from '../write/sums.ts'

/** What the watches of a guild follow. */
interface Followed {
  /** When the oldest of them was set. */
  readonly since: Snowflake
  /** The number of the last arrival. */
  readonly last: number
}

/** An entry that arrives. */
interface Arriving extends EntryKey {
  /** Whether it was there before, and its count has grown. */
  readonly grew: boolean
}

/** Those of some guilds that have watches which follow their entries. Digests read them when they are due. */
export async function readFollowed(
  db: Kysely<Schema>,
  guildIds: readonly Snowflake[],
): Promise<ReadonlyMap<Snowflake, Followed>> {
  if (guildIds.length === 0) return new Map()
  const { rows } = await sql<Followed & { readonly guildId: Snowflake }>`
    SELECT CAST(watch.guild_id AS TEXT) AS "guildId", CAST(min(watch.set_at) AS TEXT) AS since,
      max(setting.last_arrival) AS last
    FROM watch JOIN setting ON setting.guild_id = watch.guild_id
    WHERE watch.guild_id ${ofGuilds(guildIds)} AND watch.type <> 'digest'
    GROUP BY watch.guild_id`.execute(db)
  return new Map(rows.map(({ guildId, ...followed }) => [guildId, followed]))
}

/**
 * Numbers what has arrived for watches, oldest entry first.
 * @param at in milliseconds since the Unix epoch; by default, when each entry was made
 * @returns the guilds in which something has arrived
 */
export async function recordArrivals(
  db: Transaction<Schema>,
  changes: readonly ChangedEntries[],
  followed: ReadonlyMap<Snowflake, Followed>,
  at: number | undefined,
): Promise<Snowflake[]> {
  if (followed.size === 0) return []
  const arriving = changes.flatMap(arrivingIn).filter(({ guildId, id }) => {
    const since = followed.get(guildId)?.since
    return since !== undefined && compareIds(id, since) >= 0
  })
  // An entry that is in several rounds of the same transaction arrives once.
  const byName = new Map(arriving.reverse().map((each) => [nameOf(each), each]))
  const byGuild = Map.groupBy(byName.values(), ({ guildId }) => guildId)
  const numbered = [...followed].flatMap(([guildId, { last }]) =>
    numberAfter(last, byGuild.get(guildId) ?? []),
  )
  await insertArrivals(db, numbered, at)
  return [...byGuild.keys()]
}

/** An entry that arrives, and its number. */
interface Numbered extends Arriving {
  readonly number: number
}

/** Numbers what arrives, oldest entry first. */
export function numberAfter(last: number, arriving: readonly Arriving[]): Numbered[] {
  return arriving
    .toSorted((a, b) => compareIds(a.id, b.id))
    .map((each, index) => ({ ...each, number: last + 1 + index }))
}

/** Stores arrivals, and what the last of each guild is. */
export async function insertArrivals(
  db: Kysely<Schema>,
  arrivals: readonly Numbered[],
  at: number | undefined,
): Promise<void> {
  if (arrivals.length === 0) return
  const columns = {
    guild_id: 'bigint',
    number: 'bigint',
    entry: 'bigint',
    grew_from: 'bigint',
    at: 'bigint',
  } as const
  const numbers = await firstNumbers(
    db,
    arrivals.filter(({ grew }) => grew),
  )
  const rows = arrivals.map(({ guildId, number, id, grew }) => {
    const grewFrom = grew ? (numbers.get(nameOf({ guildId, id })) ?? 0) : null
    return [guildId, number, id, grewFrom, Math.floor(at ?? timeOf(id))]
  })
  const last = new Map(arrivals.map(({ guildId, number }) => [guildId, number]))
  // An entry that had to be read again after it was deleted has arrived before.
  await Promise.all([
    sql`
      INSERT INTO arrival (guild_id, number, entry, grew_from, at)
      SELECT * FROM ${table(columns, rows)} AS given WHERE true
      ON CONFLICT DO NOTHING`.execute(db),
    sql`
      INSERT INTO setting (guild_id, last_arrival)
      SELECT * FROM ${table({ guild_id: 'bigint', last_arrival: 'bigint' }, [...last])} AS given WHERE true
      ON CONFLICT (guild_id) DO UPDATE SET last_arrival = excluded.last_arrival`.execute(db),
  ])
}

/** The numbers that entries arrived with. Counts grow where a log is read, which is that of one guild at a time. */
async function firstNumbers(
  db: Kysely<Schema>,
  keys: readonly EntryKey[],
): Promise<ReadonlyMap<string, number>> {
  const found = await Promise.all(
    [...Map.groupBy(keys, ({ guildId }) => guildId)].map(async ([guildId, ofGuild]) => {
      const ids = idList(ofGuild.map(({ id }) => id))
      const { rows } = await sql<{ id: Snowflake; number: number | null }>`
        SELECT CAST(value AS TEXT) AS id, (
          SELECT number FROM arrival
          WHERE guild_id = ${BigInt(guildId)} AND entry = ids.value AND grew_from IS NULL
        ) AS number
        FROM ${ids} AS ids`.execute(db)
      return rows.map(({ id, number }) => [nameOf({ guildId, id }), number ?? 0] as const)
    }),
  )
  return new Map(found.flat())
}

/** The entries that are new, and those whose count has grown. */
function arrivingIn({ before, after }: ChangedEntries): Arriving[] {
  const counts = new Map(before.map((entry) => [nameOf(entry), entry.count ?? 1]))
  return after.flatMap(({ guildId, id, count }) => {
    const earlier = counts.get(nameOf({ guildId, id }))
    const isUnchanged = earlier !== undefined && (count ?? 1) <= earlier
    return isUnchanged ? [] : [{ guildId, id, grew: earlier !== undefined }]
  })
}
