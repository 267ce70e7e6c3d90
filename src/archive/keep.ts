import { type Kysely, sql, type Transaction } from 'kysely'
import type { Learnt } from '../core/archive.ts'
import { joinRanges, type Range } from '../core/coverage.ts'
import { worthKeeping } from '../core/forgotten.ts'
import type { Naming } from '../core/known.ts'
import { namesInEntry } from '../core/names-in-entry.ts'
import { isSnowflake, type Snowflake } from '../core/snowflake.ts'
import { readForgotten } from './forgotten.ts'
import { readRanges } from './read-coverage.ts'
import type { EntryRow } from './rows.ts'
import { rowsToKeep } from './rows-to-keep.ts'
import type { Schema } from './schema.ts'

declare global {
  interface JSON {
    /** In V8 since 2023, not yet in TypeScript's library. https://tc39.es/proposal-json-parse-with-source/ */
    rawJSON(text: string): unknown
  }
}

type Transact = Transaction<Schema>

/** Keeps what was learnt in one transaction: what is said to be complete is never without its entries. */
export async function keep(db: Kysely<Schema>, learnt: readonly Learnt[]): Promise<void> {
  await db.transaction().execute(async (transaction) => {
    for (const news of learnt) {
      const { guildId, from, doubtFrom, rollCall } = news
      const forgotten = await readForgotten(transaction, guildId)
      const { entries, complete, names = [] } = worthKeeping(news, forgotten)
      if (entries.length > 0) {
        await keepEntries(
          transaction,
          guildId,
          await rowsToKeep(transaction, guildId, entries, forgotten),
          from,
        )
      }
      const named = [...entries.flatMap(namesInEntry), ...names]
      if (named.length > 0) await keepNames(transaction, guildId, named)
      if (rollCall !== undefined) await keepRollCall(transaction, guildId, rollCall)
      if (doubtFrom !== undefined) await doubt(transaction, guildId, doubtFrom)
      if (complete && complete.length > 0) await keepRanges(transaction, guildId, complete)
      await keepMoments(transaction, guildId, news)
    }
  })
}

/**
 * Entries travel as one JSON text, which SQLite unpacks: one statement for any number of them. A count is never
 * lowered, since Discord only ever lets it grow; in all else a page read by REST wins over the event.
 */
async function keepEntries(
  db: Transact,
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
    integer(id),
    kind,
    integer(executor),
    integer(target),
    integer(channel),
    count,
    reason,
    claim,
    remainder,
  ]
}

/** A snowflake as a JSON number with all its digits, which SQLite reads as a 64-bit integer. */
function integer(id: string | null): unknown {
  return isSnowflake(id) ? JSON.rawJSON(id) : id
}

/** What was learnt may be older than what is known: each name and state is the one of the latest moment. */
async function keepNames(db: Transact, guildId: Snowflake, names: readonly Naming[]): Promise<void> {
  const rows = names.map(({ id, is, name, alias, at, was }) => [
    integer(id),
    is,
    name,
    name?.toLowerCase() ?? null,
    alias?.toLowerCase() ?? null,
    name === null ? 0 : integer(at),
    was === 'there' ? integer(at) : 0,
    was === 'gone' ? integer(at) : 0,
  ])
  await sql`
    INSERT INTO name (guild, id, "is", name, folded, alias, named_at, there_at, gone_at)
    SELECT ${BigInt(guildId)}, value ->> 0, value ->> 1, value ->> 2, value ->> 3, value ->> 4, value ->> 5,
      value ->> 6, value ->> 7
    FROM json_each(${JSON.stringify(rows)})
    WHERE true
    ON CONFLICT (guild, id) DO UPDATE SET
      "is" = iif(excluded.named_at >= named_at, excluded."is", "is"),
      name = iif(excluded.named_at >= named_at, excluded.name, name),
      folded = iif(excluded.named_at >= named_at, excluded.folded, folded),
      alias = iif(excluded.named_at >= named_at, excluded.alias, alias),
      named_at = max(excluded.named_at, named_at),
      there_at = max(excluded.there_at, there_at),
      gone_at = max(excluded.gone_at, gone_at)
    WHERE excluded.named_at >= named_at AND ("is", name, alias) IS NOT (excluded."is", excluded.name, excluded.alias)
      OR excluded.there_at > there_at
      OR excluded.gone_at > gone_at`.execute(db)
}

async function keepRollCall(db: Transact, guildId: Snowflake, rollCall: Snowflake): Promise<void> {
  const at = BigInt(rollCall)
  await db
    .updateTable('name')
    .set({ gone_at: at })
    .where('guild', '=', BigInt(guildId))
    .where('is', 'in', ['role', 'channel'])
    .where('there_at', '<', at)
    .whereRef('gone_at', '<=', 'there_at')
    .execute()
}

async function doubt(db: Transact, guildId: Snowflake, from: Snowflake): Promise<void> {
  const [guild, end] = [BigInt(guildId), BigInt(from)]
  await db.deleteFrom('coverage').where('guild', '=', guild).where('start', '>=', end).execute()
  await db
    .updateTable('coverage')
    .set({ end })
    .where('guild', '=', guild)
    .where('coverage.end', '>', end)
    .execute()
}

async function keepRanges(db: Transact, guildId: Snowflake, ranges: readonly Range[]): Promise<void> {
  const before = await readRanges(db, guildId)
  const guild = BigInt(guildId)
  await db.deleteFrom('coverage').where('guild', '=', guild).execute()
  await db
    .insertInto('coverage')
    .values(
      joinRanges([...before, ...ranges]).map(({ start, end }) => ({
        guild,
        start: BigInt(start),
        end: BigInt(end),
      })),
    )
    .execute()
}

async function keepMoments(
  db: Transact,
  guildId: Snowflake,
  { readAt, sweptAt }: Pick<Learnt, 'readAt' | 'sweptAt'>,
): Promise<void> {
  const guild = BigInt(guildId)
  if (readAt !== undefined) {
    await db
      .insertInto('guild')
      .values({ guild, read_at: readAt, swept_at: null })
      .onConflict((conflict) => conflict.column('guild').doUpdateSet({ read_at: readAt }))
      .execute()
  }
  if (sweptAt !== undefined) {
    await db.updateTable('guild').set({ swept_at: sweptAt }).where('guild', '=', guild).execute()
  }
}
