import { type Kysely, sql, type Transaction } from 'kysely'
import type { ArchiveUpdate } from '../../../core/archive.ts'
import type { Entry } from '../../../core/audit-log/entry.ts'
import { concernsErasedMember, dropErased, type ErasureBounds } from '../../../core/audit-log/erased.ts'
import { membersIn } from '../../../core/names/members-in-entry.ts'
import type { NameObservation } from '../../../core/names/named-entity.ts'
import { namesInEntry } from '../../../core/names/names-in-entry.ts'
import { compareIds, maxId, type Snowflake } from '../../../core/snowflake.ts'
import { readErasureBoundsOf } from '../erase/erasures.ts'
import { idList, jsonInteger, textList } from '../json-parameters.ts'
import { type EntryRow, idAsText, scrubbedRow, toRow } from '../rows.ts'
import type { Schema } from '../schema.ts'
import { invalidate, writeRanges, writeReadTimes } from './coverage.ts'
import { writeNames, writePresence, writeSnapshot } from './names.ts'
import { type GuildRows, rejudgePrunes } from './prunes.ts'

/**
 * Writes updates in one transaction, so that no range is marked complete without its entries. Entries and names of all
 * guilds are written together, since in a batch of the gateway's events most guilds have one.
 */
export async function record(db: Kysely<Schema>, updates: readonly ArchiveUpdate[]): Promise<void> {
  await db.transaction().execute(async (transaction) => {
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
      await writeReadTimes(transaction, guildId, update)
    }
  })
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
    await upsertEntries(db, written, from)
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
    .where('guild', '=', BigInt(guildId))
    .where('id', 'in', ids)
    .where('attribution', 'in', textList([...members.keys()]))
    .execute()
  const purged = await db
    .selectFrom('erased_attribution')
    .select([idAsText<string>('entry').as('id'), idAsText<string>('member').as('attribution')])
    .where('guild', '=', BigInt(guildId))
    .where('entry', 'in', ids)
    .execute()
  return new Map([...purged, ...stored].map(({ id, attribution }) => [id, attribution]))
}

/**
 * Entries are passed as one JSON text, which SQLite unpacks: one statement for any number of them. A count is never
 * lowered, because counts at Discord only grow; otherwise a page read by REST replaces what an event said.
 */
async function upsertEntries(
  db: Transaction<Schema>,
  written: readonly GuildRows[],
  from: ArchiveUpdate['from'],
): Promise<void> {
  const highest = sql`iif(entry.count > ifnull(excluded.count, 1), entry.count, excluded.count)`
  const onConflict =
    from === 'gateway'
      ? sql`count = excluded.count WHERE excluded.count > ifnull(entry.count, 1)`
      : sql`
          kind = excluded.kind,
          executor = excluded.executor,
          target = excluded.target,
          channel = excluded.channel,
          count = ${highest},
          reason = excluded.reason,
          attribution = excluded.attribution,
          payload_rest = excluded.payload_rest
        WHERE entry.count IS NOT ${highest}
          OR entry.kind IS NOT excluded.kind
          OR entry.executor IS NOT excluded.executor
          OR entry.target IS NOT excluded.target
          OR entry.channel IS NOT excluded.channel
          OR entry.reason IS NOT excluded.reason
          OR entry.payload_rest IS NOT excluded.payload_rest`
  await sql`
    INSERT INTO entry (guild, id, kind, executor, target, channel, count, reason, attribution, payload_rest)
    SELECT value ->> 0, value ->> 1, value ->> 2, value ->> 3, value ->> 4, value ->> 5, value ->> 6,
      value ->> 7, value ->> 8, value ->> 9
    FROM json_each(${JSON.stringify(written.flatMap(toJson))})
    WHERE true
    ON CONFLICT (guild, id) DO UPDATE SET ${onConflict}`.execute(db)
}

function toJson({ guildId, rows }: GuildRows): unknown[][] {
  const guild = jsonInteger(guildId)
  return rows.map(({ id, kind, executor, target, channel, count, reason, attribution, payloadRest }) => {
    const [idValue, executorId, targetId, channelId] = [id, executor, target, channel].map(jsonInteger)
    return [guild, idValue, kind, executorId, targetId, channelId, count, reason, attribution, payloadRest]
  })
}
