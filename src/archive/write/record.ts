import { type Kysely, type RawBuilder, sql, type Transaction } from 'kysely'
import type { ArchiveUpdate } from '../../core/archive.ts'
import type { Entry } from '../../core/audit-log/entry.ts'
import { concernsErasedMember, dropErased, type ErasureBounds } from '../../core/audit-log/erased.ts'
import { membersIn } from '../../core/names/members-in-entry.ts'
import type { NameObservation } from '../../core/names/named-entity.ts'
import { namesInEntry } from '../../core/names/names-in-entry.ts'
import { compareIds, maxId, type Snowflake } from '../../core/snowflake.ts'
import { byDialect, type DialectSql, type EntryColumn, idList, table, textList } from '../dialect-sql.ts'
import type { EntryRow } from '../entry-row.ts'
import { readErasureBoundsOf } from '../erase/erasures.ts'
import { idAsText, scrubbedRow, toRow } from '../rows.ts'
import type { Schema } from '../schema.ts'
import { inTransaction, lockGuilds } from '../transaction.ts'
import { invalidate, writeRanges } from './coverage.ts'
import { writeNames, writePresence, writeSnapshot } from './names.ts'
import { type GuildRows, rejudgePrunes } from './prunes.ts'
import { withSums } from './sums.ts'

/**
 * Writes updates in one transaction, so that no range is marked complete without its entries.
 * @param together whether a statement writes several guilds: in a batch of the gateway's events most guilds have one entry
 */
export async function record(
  db: Kysely<Schema>,
  updates: readonly ArchiveUpdate[],
  together: boolean,
): Promise<void> {
  const byGuild = [...Map.groupBy(updates, ({ guildId }) => guildId)].sort(([a], [b]) => compareIds(a, b))
  const parts = together ? [updates] : byGuild.map(([, ofGuild]) => ofGuild)
  await inTransaction(db, async (transaction) => {
    for (const part of parts) await lockGuilds(transaction, part)
    await allSettled(parts.map((part) => recordPart(transaction, part)))
  })
}

/**
 * Waits for all, so that nothing is left to do in a transaction that is rolled back.
 * @throws what went wrong first: the database rejects every later statement of the transaction because of that
 */
async function allSettled(all: readonly Promise<void>[]): Promise<void> {
  const failures: unknown[] = []
  await Promise.all(all.map((each) => each.catch((error: unknown) => void failures.push(error))))
  if (failures.length > 0) throw failures[0]
}

async function recordPart(
  transaction: Transaction<Schema>,
  updates: readonly ArchiveUpdate[],
): Promise<void> {
  const guildIds = updates.map(({ guildId }) => guildId)
  const boundsOf = await readErasureBoundsOf(transaction, guildIds)
  const kept = updates.map((update) => dropErased(update, boundsOf(update.guildId)))
  await writeEntries(transaction, kept, boundsOf)
  await writeAllNames(transaction, kept)
  for (const update of kept) {
    const { guildId, complete = [], invalidateFrom, snapshotAt } = update
    if (snapshotAt !== undefined) await writeSnapshot(transaction, guildId, snapshotAt)
    if (invalidateFrom !== undefined) await invalidate(transaction, guildId, invalidateFrom)
    if (complete.length > 0) await writeRanges(transaction, guildId, complete)
  }
}

async function writeEntries(
  db: Transaction<Schema>,
  updates: readonly ArchiveUpdate[],
  boundsOf: (guildId: Snowflake) => ErasureBounds,
): Promise<void> {
  const withEntries = updates.filter(({ entries }) => entries.length > 0)
  for (const [from, ofSource] of Map.groupBy(withEntries, (update) => update.from)) {
    const written: GuildRows[] = []
    for (const { guildId, entries } of ofSource) {
      written.push({ guildId, rows: await rowsOf(db, guildId, entries, boundsOf(guildId)) })
    }
    for (const round of roundsOf(written)) {
      await withSums(
        db,
        round,
        byDialect((dialect) => upsert(dialect, round, from)),
      )
    }
    await rejudgePrunes(db, written)
  }
}

/** Writes the names in entries, which are history, and those that were observed now; then who was present. */
async function writeAllNames(db: Transaction<Schema>, updates: readonly ArchiveUpdate[]): Promise<void> {
  const now = latestOf(updates.flatMap(({ names = [] }) => names))
  const observed = updates.map(({ guildId, entries, names = [] }) => ({
    guildId,
    isHistory: names.length === 0,
    names: [...entries.flatMap(namesInEntry), ...names],
    members: membersIn(entries),
  }))
  const [history = [], current = []] = [true, false].map((isHistory) =>
    observed.filter((each) => each.isHistory === isHistory),
  )
  await writeNames(db, history)
  await writeNames(db, current, now)
  await writePresence(db, history)
  await writePresence(db, current, now)
}

/** When the latest of some names was observed. */
function latestOf(names: readonly NameObservation[]): Snowflake | undefined {
  const [first, ...rest] = names
  return first && rest.reduce((latest, { at }) => maxId(latest, at), first.at)
}

/** The rows of entries, without the texts of those that concern an erased member. */
async function rowsOf(
  db: Transaction<Schema>,
  guildId: Snowflake,
  entries: readonly Entry[],
  erased: ErasureBounds,
): Promise<EntryRow[]> {
  if (erased.members.size === 0) return entries.map(toRow)
  const attributions = await attributedToErased(db, guildId, entries, erased)
  return entries.map((entry) => {
    const row = toRow(entry)
    const attribution = attributions.get(entry.id) ?? row.attribution
    const upTo = erased.members.get(attribution ?? '')
    const isAttributed = upTo !== undefined && compareIds(entry.id, upTo) <= 0
    return isAttributed || concernsErasedMember(entry, erased) ? scrubbedRow(entry, attribution) : row
  })
}

/** The member's id for entries that are, or before a purge were, stored as attributed to an erased member. */
async function attributedToErased(
  db: Transaction<Schema>,
  guildId: Snowflake,
  entries: readonly Entry[],
  { members }: ErasureBounds,
): Promise<ReadonlyMap<Snowflake, string>> {
  const ids = idList(entries.map(({ id }) => id))
  const stored = await db
    .selectFrom('entry')
    .select([idAsText<string>('id').as('id'), sql<string>`attribution`.as('attribution')])
    .where('guild_id', '=', BigInt(guildId))
    .where('id', 'in', ids)
    .where('attribution', 'in', textList([...members.keys()]))
    .execute()
  const purged = await db
    .selectFrom('erased_attribution')
    .select([idAsText<string>('entry').as('id'), idAsText<string>('member').as('attribution')])
    .where('guild_id', '=', BigInt(guildId))
    .where('entry', 'in', ids)
    .execute()
  return new Map([...purged, ...stored].map(({ id, attribution }) => [id, attribution]))
}

/** A row of an entry, and its guild. */
interface GuildRow extends EntryRow {
  readonly guildId: Snowflake
}

/** The rows in as few rounds as possible, each of which has an entry once, in the order that they were read. */
function roundsOf(written: readonly GuildRows[]): GuildRow[][] {
  const rounds: GuildRow[][] = []
  const times = new Map<string, number>()
  for (const { guildId, rows } of written) {
    for (const row of rows) {
      const key = `${guildId} ${row.id}`
      const round = times.get(key) ?? 0
      times.set(key, round + 1)
      rounds[round] ??= []
      rounds[round].push({ ...row, guildId })
    }
  }
  return rounds
}

/**
 * One statement for any number of entries. A count is never lowered, because counts at Discord only grow; otherwise a page
 * read by REST replaces what an event said.
 */
function upsert({ entryColumns }: DialectSql, rows: readonly GuildRow[], from: ArchiveUpdate['from']) {
  const names = sql.join(
    ['guild_id', 'id', ...entryColumns.map(({ name }) => name)].map((name) => sql.ref(name)),
  )
  const columns = {
    guild_id: 'bigint',
    id: 'bigint',
    ...Object.fromEntries(entryColumns.map(({ name, type }) => [name, type])),
  } as const
  const values = rows.map((row) => [row.guildId, row.id, ...entryColumns.map((column) => column.of(row))])
  return sql`
    INSERT INTO entry (${names}) SELECT ${names} FROM ${table(columns, values)} AS written WHERE true
    ON CONFLICT (guild_id, id) DO UPDATE SET ${from === 'gateway' ? HIGHER_COUNT : replacing(entryColumns)}`
}

const HIGHER_COUNT = sql`count = excluded.count WHERE excluded.count > coalesce(entry.count, 1)`

function replacing(columns: readonly EntryColumn[]): RawBuilder<unknown> {
  const highest = sql`CASE WHEN entry.count > coalesce(excluded.count, 1) THEN entry.count ELSE excluded.count END`
  const changes = columns.map(({ name, type }) => {
    const written = name === 'count' ? highest : sql.ref(`excluded.${name}`)
    const [before, after] = [sql.ref(`entry.${name}`), written].map((value) =>
      // PostgreSQL compares JSON as text only.
      type === 'json' ? sql`CAST(${value} AS TEXT)` : value,
    )
    return { set: sql`${sql.ref(name)} = ${written}`, differs: sql`${before} IS DISTINCT FROM ${after}` }
  })
  return sql`${sql.join(changes.map(({ set }) => set))}
    WHERE ${sql.join(
      changes.map(({ differs }) => differs),
      sql` OR `,
    )}`
}
