import { type Kysely, sql, type Transaction } from 'kysely'
import type { ArchiveUpdate } from '../../../core/archive.ts'
import type { Entry } from '../../../core/audit-log/entry.ts'
import { concernsErasedMember, dropErased, type ErasureBounds } from '../../../core/audit-log/erased.ts'
import { membersIn } from '../../../core/names/members-in-entry.ts'
import type { NameObservation } from '../../../core/names/named-entity.ts'
import { namesInEntry } from '../../../core/names/names-in-entry.ts'
import { compareIds, maxId, type Snowflake } from '../../../core/snowflake.ts'
import { readErasureBounds } from '../erase/erasures.ts'
import { idList, jsonInteger, textList } from '../json-parameters.ts'
import { type EntryRow, idAsText, scrubbedRow, toRow } from '../rows.ts'
import type { Schema } from '../schema.ts'
import { invalidate, writeRanges, writeReadTimes } from './coverage.ts'
import { writeNames, writeSnapshot } from './names.ts'
import { rejudgePrunes } from './prunes.ts'

/** Writes updates in one transaction, so that no range is marked complete without its entries. */
export async function record(db: Kysely<Schema>, updates: readonly ArchiveUpdate[]): Promise<void> {
  await db.transaction().execute(async (transaction) => {
    for (const update of updates) {
      const { guildId, from, invalidateFrom, snapshotAt } = update
      const erased = await readErasureBounds(transaction, guildId)
      const { entries, complete, names = [] } = dropErased(update, erased)
      if (entries.length > 0) {
        const rows = await rowsOf(transaction, guildId, entries, erased)
        await upsertEntries(transaction, guildId, rows, from)
        await rejudgePrunes(transaction, guildId, rows)
      }
      const observed = [...entries.flatMap(namesInEntry), ...membersIn(entries), ...names]
      if (observed.length > 0) await writeNames(transaction, guildId, observed, latestOf(names))
      if (snapshotAt !== undefined) await writeSnapshot(transaction, guildId, snapshotAt)
      if (invalidateFrom !== undefined) await invalidate(transaction, guildId, invalidateFrom)
      if (complete && complete.length > 0) await writeRanges(transaction, guildId, complete)
      await writeReadTimes(transaction, guildId, update)
    }
  })
}

/** When names were observed now; undefined when all come from entries, which are history. */
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
  guildId: Snowflake,
  rows: readonly EntryRow[],
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
    SELECT ${BigInt(guildId)}, value ->> 0, value ->> 1, value ->> 2, value ->> 3, value ->> 4, value ->> 5,
      value ->> 6, value ->> 7, value ->> 8
    FROM json_each(${JSON.stringify(rows.map(toJson))})
    WHERE true
    ON CONFLICT (guild, id) DO UPDATE SET ${onConflict}`.execute(db)
}

function toJson(row: EntryRow): unknown[] {
  const { id, kind, executor, target, channel, count, reason, attribution, payloadRest } = row
  const [idValue, executorId, targetId, channelId] = [id, executor, target, channel].map(jsonInteger)
  return [idValue, kind, executorId, targetId, channelId, count, reason, attribution, payloadRest]
}
