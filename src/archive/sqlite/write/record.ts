import { type Kysely, sql, type Transaction } from 'kysely'
import type { Learnt } from '../../../core/archive.ts'
import { worthKeeping } from '../../../core/audit-log/erased.ts'
import { membersIn } from '../../../core/names/members-in-entry.ts'
import type { Naming } from '../../../core/names/named-entity.ts'
import { namesInEntry } from '../../../core/names/names-in-entry.ts'
import { maxId, type Snowflake } from '../../../core/snowflake.ts'
import { readForgotten } from '../erase/forgotten.ts'
import { jsonInteger } from '../json-integer.ts'
import type { EntryRow } from '../rows.ts'
import type { Schema } from '../schema.ts'
import { doubt, keepMoments, keepRanges } from './coverage.ts'
import { keepNames, keepRollCall } from './names.ts'
import { rejudgePrunes } from './prunes.ts'
import { rowsToKeep } from './rows-to-keep.ts'

/** Keeps what was learnt in one transaction: what is said to be complete is never without its entries. */
export async function keep(db: Kysely<Schema>, learnt: readonly Learnt[]): Promise<void> {
  await db.transaction().execute(async (transaction) => {
    for (const news of learnt) {
      const { guildId, from, doubtFrom, rollCall } = news
      const forgotten = await readForgotten(transaction, guildId)
      const { entries, complete, names = [] } = worthKeeping(news, forgotten)
      if (entries.length > 0) {
        const rows = await rowsToKeep(transaction, guildId, entries, forgotten)
        await keepEntries(transaction, guildId, rows, from)
        await rejudgePrunes(transaction, guildId, rows)
      }
      const named = [...entries.flatMap(namesInEntry), ...membersIn(entries), ...names]
      if (named.length > 0) await keepNames(transaction, guildId, named, presentOf(names))
      if (rollCall !== undefined) await keepRollCall(transaction, guildId, rollCall)
      if (doubtFrom !== undefined) await doubt(transaction, guildId, doubtFrom)
      if (complete && complete.length > 0) await keepRanges(transaction, guildId, complete)
      await keepMoments(transaction, guildId, news)
    }
  })
}

/** When names were observed; undefined where there are none but those that entries tell, which are history. */
function presentOf(names: readonly Naming[]): Snowflake | undefined {
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
  from: Learnt['from'],
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
  const { id, kind, executor, target, channel, count, reason, claim, remainder } = row
  return [
    jsonInteger(id),
    kind,
    jsonInteger(executor),
    jsonInteger(target),
    jsonInteger(channel),
    count,
    reason,
    claim,
    remainder,
  ]
}
