import { type Kysely, sql, type Transaction } from 'kysely'
import type { ArchiveUpdate } from '../../core/archive.ts'
import type { Entry } from '../../core/audit-log/entry.ts'
import { concernsErasedMember, dropErased, type ErasureBounds } from '../../core/audit-log/erased.ts'
import { membersIn } from '../../core/names/members-in-entry.ts'
import type { NameObservation } from '../../core/names/named-entity.ts'
import { namesInEntry } from '../../core/names/names-in-entry.ts'
import { compareIds, maxId, type Snowflake } from '../../core/snowflake.ts'
import { idList, textList } from '../dialect-sql.ts'
import type { EntryRow } from '../entry-row.ts'
import { readErasureBoundsOf } from '../erase/erasures.ts'
import { idAsText, scrubbedRow, toRow } from '../rows.ts'
import type { Schema } from '../schema.ts'
import { inTransaction, lockGuilds } from '../transaction.ts'
import { readFollowed, recordArrivals } from '../watch/record-arrivals.ts'
import { invalidate, writeRanges } from './coverage.ts'
import { writeNames, writePresence, writeSnapshot } from './names.ts'
import { type GuildRows, rejudgePrunes } from './prunes.ts'
import { type ChangedEntries, withSums } from './sums.ts'
import { roundsOf, upsert } from './upsert-entries.ts'

/** What a transaction has stored. */
export interface Recorded {
  /** How many entries were stored that were not before, by where they came from. */
  readonly added: Record<ArchiveUpdate['from'], number>
  /** The guilds in which something has arrived for watches. */
  readonly arrivedIn: Snowflake[]
}

/**
 * Writes updates in one transaction, so that no range is marked complete without its entries.
 * @param at when the arrivals come, in milliseconds since the Unix epoch; by default, when each entry was made
 * @param together whether a statement writes several guilds: in a batch of the gateway's events most guilds have one entry
 */
export async function record(
  db: Kysely<Schema>,
  updates: readonly ArchiveUpdate[],
  at: number | undefined,
  together: boolean,
): Promise<Recorded> {
  const byGuild = [...Map.groupBy(updates, ({ guildId }) => guildId)].sort(([a], [b]) => compareIds(a, b))
  const parts = together ? [updates] : byGuild.map(([, ofGuild]) => ofGuild)
  return inTransaction(db, async (transaction) => {
    const recorded: Recorded = { added: { gateway: 0, rest: 0 }, arrivedIn: [] }
    for (const part of parts) await lockGuilds(transaction, part)
    await allSettled(parts.map((part) => recordPart(transaction, part, at, recorded)))
    return recorded
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
  at: number | undefined,
  recorded: Recorded,
): Promise<void> {
  const guildIds = updates.map(({ guildId }) => guildId)
  const withEntries = updates.flatMap(({ guildId, entries }) => (entries.length > 0 ? [guildId] : []))
  const [boundsOf, followed] = await Promise.all([
    readErasureBoundsOf(transaction, guildIds),
    readFollowed(transaction, withEntries),
  ])
  const kept = updates.map((update) => dropErased(update, boundsOf(update.guildId)))
  const changes = await writeEntries(transaction, kept, boundsOf, recorded.added)
  recorded.arrivedIn.push(...(await recordArrivals(transaction, changes, followed, at)))
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
  added: Recorded['added'],
): Promise<ChangedEntries[]> {
  const changes: ChangedEntries[] = []
  const withEntries = updates.filter(({ entries }) => entries.length > 0)
  for (const [from, ofSource] of Map.groupBy(withEntries, (update) => update.from)) {
    const written: GuildRows[] = []
    for (const { guildId, entries } of ofSource) {
      written.push({ guildId, rows: await rowsOf(db, guildId, entries, boundsOf(guildId)) })
    }
    for (const round of roundsOf(written)) {
      const changed = await withSums(db, round, upsert(round, from))
      added[from] += changed.after.length - changed.before.length
      changes.push(changed)
    }
    await rejudgePrunes(db, written)
  }
  return changes
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
