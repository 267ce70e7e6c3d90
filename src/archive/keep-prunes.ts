import { AuditLogEvent } from 'discord-api-types/v10'
import { sql, type Transaction } from 'kysely'
import { Kind } from '../core/action.ts'
import type { Entry } from '../core/entry.ts'
import { judgePrunes, LONGEST_PRUNE } from '../core/prune-parts.ts'
import { compareIds, maxId, minId, type Snowflake } from '../core/snowflake.ts'
import { jsonInteger } from './json-integer.ts'
import { type EntryRow, fromRow, ROW, toRow } from './rows.ts'
import type { Schema } from './schema.ts'
import { ofKinds } from './where.ts'

const PRUNES = { anyOf: [AuditLogEvent.MemberPrune, Kind.PrunePart] }

/** How far apart the ids of prunes are at most that make a difference to one another; the time is in their upper bits. */
const REACH = BigInt(LONGEST_PRUNE + 1) << 22n

/** The largest integer that SQLite can hold. */
const LARGEST = 2n ** 63n - 1n

/**
 * Judges anew which prunes are later parts of large ones, wherever those just written can make a difference: entries
 * come in any order, so that a part may be written before the first.
 */
export async function rejudgePrunes(
  db: Transaction<Schema>,
  guildId: Snowflake,
  written: readonly EntryRow[],
): Promise<void> {
  const prunes = written.filter(({ kind }) => PRUNES.anyOf.includes(kind)).map(({ id }) => id)
  if (prunes.length === 0) return
  const from = prunes.reduce(minId)
  let to = prunes.reduce(maxId)
  for (;;) {
    const near = await prunesNear(db, guildId, from, to)
    const isBefore = ({ id }: Entry) => compareIds(id, from) < 0
    const before = near.filter(isBefore)
    const judged = judgePrunes(
      before,
      near.filter((entry) => !isBefore(entry)),
    )
    const changed = judged.filter((entry) => !near.includes(entry))
    await rewrite(db, guildId, changed.map(toRow))
    const last = changed.at(-1)?.id
    if (last === undefined || compareIds(last, to) <= 0) return
    // What has changed past the end may make a difference to what follows it.
    to = last
  }
}

/** The prunes between two ids, and those in reach on either side, oldest first. */
async function prunesNear(
  db: Transaction<Schema>,
  guildId: Snowflake,
  from: Snowflake,
  to: Snowflake,
): Promise<Entry[]> {
  const end = BigInt(to) + REACH
  const rows = await db
    .selectFrom('entry')
    .select(ROW)
    .where('guild', '=', BigInt(guildId))
    .where(ofKinds(PRUNES))
    .where('entry.id', '>=', BigInt(from) - REACH)
    .where('entry.id', '<=', end < LARGEST ? end : LARGEST)
    .orderBy('entry.id')
    .execute()
  return rows.map((row) => fromRow(guildId, row))
}

async function rewrite(
  db: Transaction<Schema>,
  guildId: Snowflake,
  rows: readonly EntryRow[],
): Promise<void> {
  if (rows.length === 0) return
  const values = rows.map(({ id, kind, executor, remainder }) => [id, kind, jsonInteger(executor), remainder])
  await sql`
    UPDATE entry SET kind = value ->> 1, executor = value ->> 2, remainder = value ->> 3
    FROM json_each(${JSON.stringify(values)})
    WHERE guild = ${BigInt(guildId)} AND entry.id = CAST(value ->> 0 AS INTEGER)`.execute(db)
}
