import { type Kysely, sql, type Transaction } from 'kysely'
import type { ArchiveUpdate } from '../../../core/archive.ts'
import { dropErased } from '../../../core/audit-log/erased.ts'
import { membersIn } from '../../../core/names/members-in-entry.ts'
import type { NameObservation } from '../../../core/names/named-entity.ts'
import { namesInEntry } from '../../../core/names/names-in-entry.ts'
import { maxId, type Snowflake } from '../../../core/snowflake.ts'
import { readErasureBounds } from '../erase/erasures.ts'
import { jsonInteger } from '../json-integer.ts'
import type { EntryRow } from '../rows.ts'
import type { Schema } from '../schema.ts'
import { invalidate, writeMoments, writeRanges } from './coverage.ts'
import { writeNames, writeSnapshot } from './names.ts'
import { rejudgePrunes } from './prunes.ts'
import { rowsToWrite } from './rows-to-keep.ts'

/** Keeps what was learnt in one transaction: what is said to be complete is never without its entries. */
export async function record(db: Kysely<Schema>, update: readonly ArchiveUpdate[]): Promise<void> {
  await db.transaction().execute(async (transaction) => {
    for (const news of update) {
      const { guildId, from, invalidateFrom, snapshotAt } = news
      const forgotten = await readErasureBounds(transaction, guildId)
      const { entries, complete, names = [] } = dropErased(news, forgotten)
      if (entries.length > 0) {
        const rows = await rowsToWrite(transaction, guildId, entries, forgotten)
        await keepEntries(transaction, guildId, rows, from)
        await rejudgePrunes(transaction, guildId, rows)
      }
      const named = [...entries.flatMap(namesInEntry), ...membersIn(entries), ...names]
      if (named.length > 0) await writeNames(transaction, guildId, named, presentOf(names))
      if (snapshotAt !== undefined) await writeSnapshot(transaction, guildId, snapshotAt)
      if (invalidateFrom !== undefined) await invalidate(transaction, guildId, invalidateFrom)
      if (complete && complete.length > 0) await writeRanges(transaction, guildId, complete)
      await writeMoments(transaction, guildId, news)
    }
  })
}

/** When names were observed; undefined where there are none but those that entries tell, which are history. */
function presentOf(names: readonly NameObservation[]): Snowflake | undefined {
  const [first, ...rest] = names
  return first && rest.reduce((latest, { at }) => maxId(latest, at), first.at)
}

/**
 * Entries travel as one JSON text, which SQLite unpacks: one statement for any number of them. A count is never
 * lowered, since Discord only ever lets it grow; in all else a page read by REST wins over the event.
 */
async function keepEntries(
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
          claim = excluded.claim,
          remainder = excluded.remainder
        WHERE entry.count IS NOT ${highest}
          OR entry.kind IS NOT excluded.kind
          OR entry.executor IS NOT excluded.executor
          OR entry.target IS NOT excluded.target
          OR entry.channel IS NOT excluded.channel
          OR entry.reason IS NOT excluded.reason
          OR entry.remainder IS NOT excluded.remainder`
  await sql`
    INSERT INTO entry (guild, id, kind, executor, target, channel, count, reason, claim, remainder)
    SELECT ${BigInt(guildId)}, value ->> 0, value ->> 1, value ->> 2, value ->> 3, value ->> 4, value ->> 5,
      value ->> 6, value ->> 7, value ->> 8
    FROM json_each(${JSON.stringify(rows.map(asJson))})
    WHERE true
    ON CONFLICT (guild, id) DO UPDATE SET ${onConflict}`.execute(db)
}

function asJson(row: EntryRow): unknown[] {
  const { id, kind, executor, target, channel, count, reason, attribution: attribution, payloadRest: remainder } = row
  return [
    jsonInteger(id),
    kind,
    jsonInteger(executor),
    jsonInteger(target),
    jsonInteger(channel),
    count,
    reason,
    attribution,
    remainder,
  ]
}
