import { type RawBuilder, sql, type Transaction } from 'kysely'
import { dayOf, type Snowflake } from '../../core/snowflake.ts'
import { type Columns, TARGET_AS_TEXT, table } from '../dialect-sql.ts'
import { NOBODY, type Schema } from '../schema.ts'
import { ofGuilds } from '../where.ts'

/** Identifies an entry. */
export interface EntryKey {
  readonly guildId: Snowflake
  readonly id: Snowflake
}

/** What the daily sums and packed days have of an entry. */
export interface SummedEntry extends EntryKey {
  readonly kind: number
  readonly executor: Snowflake | null
  readonly target: string | null
  readonly channel: Snowflake | null
  readonly count: number | null
  readonly attribution: string | null
}

/** The columns of a `SummedEntry`, to select. */
export const SUMMED_COLUMNS = sql`
  CAST(entry.guild_id AS TEXT) AS "guildId", CAST(entry.id AS TEXT) AS id, entry.kind,
  CAST(entry.executor AS TEXT) AS executor, ${TARGET_AS_TEXT} AS target, CAST(entry.channel AS TEXT) AS channel,
  entry.count, entry.attribution`

/** Entries that were added or changed, as they are now, and those of them that were there before, as they were. */
export interface ChangedEntries {
  readonly before: readonly SummedEntry[]
  readonly after: readonly SummedEntry[]
}

/**
 * Adds or changes entries by a statement, and changes the daily sums by what that changed.
 * @param keys of all entries that the statement may add or change
 */
export async function withSums(
  db: Transaction<Schema>,
  keys: readonly EntryKey[],
  statement: RawBuilder<unknown>,
): Promise<ChangedEntries> {
  if (keys.length === 0) return { before: [], after: [] }
  const before = await summedEntries(db, keys)
  const { rows: after } = await sql<SummedEntry>`${statement} RETURNING ${SUMMED_COLUMNS}`.execute(db)
  const changed = new Set(after.map(nameOf))
  const replaced = before.filter((entry) => changed.has(nameOf(entry)))
  await addToSums(db, after, replaced)
  return { before: replaced, after }
}

/** An entry's key as one text. */
export function nameOf({ guildId, id }: EntryKey): string {
  return `${guildId} ${id}`
}

async function summedEntries(db: Transaction<Schema>, keys: readonly EntryKey[]): Promise<SummedEntry[]> {
  const rows = keys.map(({ guildId, id }) => [guildId, id])
  // CROSS JOIN keeps SQLite from reading all entries and then looking for their ids.
  const { rows: entries } = await sql<SummedEntry>`
    SELECT ${SUMMED_COLUMNS}
    FROM ${table({ guild_id: 'bigint', id: 'bigint' }, rows)} AS changed CROSS JOIN entry
    WHERE entry.guild_id = changed.guild_id AND entry.id = changed.id
      AND entry.guild_id ${ofGuilds(keys.map(({ guildId }) => guildId))}`.execute(db)
  return entries
}

/** Adds entries to the daily sums and subtracts others. The days of those that differ are no longer packed. */
export async function addToSums(
  db: Transaction<Schema>,
  added: readonly SummedEntry[],
  subtracted: readonly SummedEntry[],
): Promise<void> {
  const signed = [
    ...without(added, subtracted).map((entry) => [entry, 1n] as const),
    ...without(subtracted, added).map((entry) => [entry, -1n] as const),
  ]
  await unpackDays(
    db,
    signed.map(([entry]) => entry),
  )
  await add(
    db,
    DAILY,
    signed.map(([{ guildId, id, kind, executor, count }, sign]) => ({
      key: [guildId, executor ?? String(NOBODY), kind, dayOf(id)],
      values: [sign, sign * BigInt(count ?? 1)],
    })),
  )
  await add(
    db,
    DAILY_ATTRIBUTION,
    signed.flatMap(([{ guildId, id, executor, attribution }, sign]) =>
      attribution === null || executor === null
        ? []
        : [{ key: [guildId, attribution, executor, dayOf(id)], values: [sign] }],
    ),
  )
}

/** Those of some entries that are not exactly among others. */
function without(entries: readonly SummedEntry[], others: readonly SummedEntry[]): readonly SummedEntry[] {
  if (others.length === 0) return entries
  const same = new Set(others.map((entry) => JSON.stringify(entry)))
  return entries.filter((entry) => !same.has(JSON.stringify(entry)))
}

async function unpackDays(db: Transaction<Schema>, entries: readonly EntryKey[]): Promise<void> {
  const days = new Map(
    entries.map(({ guildId, id }) => [`${guildId} ${dayOf(id)}`, [guildId, dayOf(id)] as const]),
  )
  if (days.size === 0) return
  const rows = [...days.values()]
  await sql`
    DELETE FROM packed_day
    WHERE guild_id ${ofGuilds(rows.map(([guildId]) => guildId))}
      AND (guild_id, day) IN (
        SELECT * FROM ${table({ guild_id: 'bigint', day: 'integer' }, rows)} AS changed
      )`.execute(db)
}

/** A table of sums: the columns of its key, and the sums, of which `entries` is the first. */
interface SumTable {
  readonly name: 'daily' | 'daily_attribution'
  readonly key: Columns
  readonly sums: readonly ['entries', ...string[]]
}

const DAILY: SumTable = {
  name: 'daily',
  key: { guild_id: 'bigint', executor: 'bigint', kind: 'bigint', day: 'integer' },
  sums: ['entries', 'units'],
}

const DAILY_ATTRIBUTION: SumTable = {
  name: 'daily_attribution',
  key: { guild_id: 'bigint', attribution: 'text', executor: 'bigint', day: 'integer' },
  sums: ['entries'],
}

/** What is added to the sums of a row, in the order of the columns. */
interface Change {
  readonly key: readonly [guildId: Snowflake, ...(string | number)[]]
  readonly values: readonly bigint[]
}

async function add(
  db: Transaction<Schema>,
  { name, key, sums }: SumTable,
  all: readonly Change[],
): Promise<void> {
  const changes = sumByKey(all)
  if (changes.length === 0) return
  const keyColumns = sql.join(Object.keys(key).map((column) => sql.ref(column)))
  const sumColumns = sums.map((column) => sql.ref(column))
  const columns = { ...key, ...Object.fromEntries(sums.map((column) => [column, 'bigint' as const])) }
  const added = sumColumns.map((column) => sql`${column} = ${sql.table(name)}.${column} + excluded.${column}`)
  await sql`
    INSERT INTO ${sql.table(name)} (${keyColumns}, ${sql.join(sumColumns)})
    SELECT * FROM ${table(
      columns,
      changes.map((change) => [...change.key, ...change.values]),
    )} AS changes WHERE true
    ON CONFLICT (${keyColumns}) DO UPDATE SET ${sql.join(added)}`.execute(db)
  const lowered = changes.filter(({ values: [entries = 0n] }) => entries < 0n).map((change) => change.key)
  if (lowered.length === 0) return
  // A sum of nothing is deleted: the name in an attribution must not outlast its entries.
  await sql`
    DELETE FROM ${sql.table(name)}
    WHERE guild_id ${ofGuilds(lowered.map(([guildId]) => guildId))} AND entries <= 0
      AND (${keyColumns}) IN (SELECT * FROM ${table(key, lowered)} AS lowered)`.execute(db)
}

/** Adds up the changes of each row, and leaves out those that cancel out. */
function sumByKey(changes: readonly Change[]): Change[] {
  const byKey = new Map<string, Change>()
  for (const { key, values } of changes) {
    const name = JSON.stringify(key)
    const before = byKey.get(name)?.values
    byKey.set(name, { key, values: values.map((value, index) => value + (before?.[index] ?? 0n)) })
  }
  return [...byKey.values()].filter(({ values }) => values.some((value) => value !== 0n))
}
