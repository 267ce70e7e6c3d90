import { type Kysely, sql, type Transaction } from 'kysely'
import type { Learnt } from '../core/archive.ts'
import { joinRanges, type Range } from '../core/coverage.ts'
import type { Entry } from '../core/entry.ts'
import type { Known } from '../core/known.ts'
import { isSnowflake, type Snowflake } from '../core/snowflake.ts'
import { readRanges } from './read-coverage.ts'
import { toRow } from './rows.ts'
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
    for (const { guildId, entries, from, complete, readAt, names } of learnt) {
      if (entries.length > 0) await keepEntries(transaction, guildId, entries, from)
      if (names && names.length > 0) await keepNames(transaction, guildId, names)
      if (complete && complete.length > 0) await keepRanges(transaction, guildId, complete)
      if (readAt !== undefined) await keepReadAt(transaction, guildId, readAt)
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
  entries: readonly Entry[],
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
          remainder = excluded.remainder
        WHERE entry.count IS NOT ${highest}
          OR entry.kind IS NOT excluded.kind
          OR entry.executor IS NOT excluded.executor
          OR entry.target IS NOT excluded.target
          OR entry.channel IS NOT excluded.channel
          OR entry.reason IS NOT excluded.reason
          OR entry.remainder IS NOT excluded.remainder`
  await sql`
    INSERT INTO entry (guild, id, kind, executor, target, channel, count, reason, remainder)
    SELECT ${BigInt(guildId)}, value ->> 0, value ->> 1, value ->> 2, value ->> 3, value ->> 4, value ->> 5,
      value ->> 6, value ->> 7
    FROM json_each(${JSON.stringify(entries.map(asJson))})
    WHERE true
    ON CONFLICT (guild, id) DO UPDATE SET ${onConflict}`.execute(db)
}

function asJson(entry: Entry): unknown[] {
  const { id, kind, executor, target, channel, count, reason, remainder } = toRow(entry)
  return [integer(id), kind, integer(executor), integer(target), integer(channel), count, reason, remainder]
}

/** A snowflake as a JSON number with all its digits, which SQLite reads as a 64-bit integer. */
function integer(id: string | null): unknown {
  return isSnowflake(id) ? JSON.rawJSON(id) : id
}

async function keepNames(db: Transact, guildId: Snowflake, names: readonly Known[]): Promise<void> {
  const rows = names.map(({ id, is, name }) => [integer(id), is, name, name.toLowerCase()])
  await sql`
    INSERT INTO name (guild, id, "is", name, folded)
    SELECT ${BigInt(guildId)}, value ->> 0, value ->> 1, value ->> 2, value ->> 3
    FROM json_each(${JSON.stringify(rows)})
    WHERE true
    ON CONFLICT (guild, id) DO UPDATE SET "is" = excluded."is", name = excluded.name, folded = excluded.folded
    WHERE ("is", name) IS NOT (excluded."is", excluded.name)`.execute(db)
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

async function keepReadAt(db: Transact, guildId: Snowflake, readAt: number): Promise<void> {
  await db
    .insertInto('guild')
    .values({ guild: BigInt(guildId), read_at: readAt })
    .onConflict((conflict) => conflict.column('guild').doUpdateSet({ read_at: readAt }))
    .execute()
}
