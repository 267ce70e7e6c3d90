import { AuditLogEvent } from 'discord-api-types/v10'
import { sql, type Transaction } from 'kysely'
import { MODERATING } from '../../../core/audit-log/action.ts'
import type { Entry } from '../../../core/audit-log/entry.ts'
import { Kind } from '../../../core/audit-log/kind.ts'
import {
  goneUntil,
  inactiveSince,
  judgePrunes,
  LONGEST_ABSENCE,
  LONGEST_INACTIVE,
  LONGEST_PRUNE,
  namedBy,
} from '../../../core/audit-log/prune-parts.ts'
import { compareIds, maxId, minId, type Snowflake } from '../../../core/snowflake.ts'
import { jsonInteger } from '../json-parameters.ts'
import { ENTRY_COLUMNS, type EntryRow, fromRow, toRow } from '../rows.ts'
import type { Schema } from '../schema.ts'

type Db = Transaction<Schema>

const PRUNE = AuditLogEvent.MemberPrune
const PRUNES: readonly number[] = [PRUNE, Kind.PrunePart]

/** Rows of a guild. */
export interface GuildRows {
  readonly guildId: Snowflake
  readonly rows: readonly EntryRow[]
}

/**
 * Decides again which prunes are later parts of large ones, wherever the rows just written can make a difference. Entries
 * arrive in any order, so a part may be written before the first.
 */
export async function rejudgePrunes(db: Db, written: readonly GuildRows[]): Promise<void> {
  const prunes = written.flatMap(({ guildId, rows }) =>
    rows.filter(({ kind }) => PRUNES.includes(kind)).map(({ id }) => ({ guildId, id })),
  )
  const affected = [...prunes, ...(await partsByActive(db, written))]
  for (const [guildId, ofGuild] of Map.groupBy(affected, (prune) => prune.guildId)) {
    const ids = ofGuild.map(({ id }) => id)
    await rejudge(db, guildId, ids.reduce(minId), ids.reduce(maxId))
  }
}

/** Judges the prunes between two ids again, and those after them that depend on them. */
async function rejudge(db: Db, guildId: Snowflake, from: Snowflake, last: Snowflake): Promise<void> {
  let to = last
  for (;;) {
    const near = await prunesNear(db, guildId, from, to)
    const isBefore = ({ id }: Entry) => compareIds(id, from) < 0
    const undecided = near.filter((entry) => !isBefore(entry))
    const active = await activeAmong(db, guildId, undecided)
    const judged = judgePrunes(near.filter(isBefore), undecided, active)
    const changed = judged.filter((entry, index) => entry !== undecided[index])
    await rewrite(db, guildId, changed.map(toRow))
    const lastChanged = changed.at(-1)?.id
    if (lastChanged === undefined || compareIds(lastChanged, to) <= 0) return
    // An entry past the end that changed may affect those that follow it.
    to = lastChanged
  }
}

/** The prunes between two ids, and those near enough on either side to matter, oldest first. */
async function prunesNear(db: Db, guildId: Snowflake, from: Snowflake, to: Snowflake): Promise<Entry[]> {
  // One query per kind: for both at once SQLite would not use the index and would read every entry of those hours.
  const ids = (kind: number) =>
    db
      .selectFrom('entry')
      .select('id')
      .where('guild', '=', BigInt(guildId))
      .where('kind', '=', kind)
      .where('id', '>=', BigInt(from) - spanOf(LONGEST_PRUNE))
      .where('id', '<=', end(to, LONGEST_PRUNE))
  const rows = await db
    .selectFrom('entry')
    .select(ENTRY_COLUMNS)
    .where('guild', '=', BigInt(guildId))
    .where('entry.id', 'in', ids(PRUNE).unionAll(ids(Kind.PrunePart)))
    .orderBy('entry.id')
    .execute()
  return rows.map((row) => fromRow(guildId, row))
}

/** The later parts that name somebody whose actions, just written, show that they were not pruned. */
async function partsByActive(
  db: Db,
  written: readonly GuildRows[],
): Promise<{ readonly guildId: Snowflake; readonly id: Snowflake }[]> {
  const wanted = written.flatMap(({ guildId, rows }) => {
    const actions = rows.filter(({ executor, kind }) => executor !== null && !PRUNES.includes(kind))
    if (actions.length === 0) return []
    const ids = actions.map(({ id }) => id)
    const executors = [...new Set(actions.map(({ executor }) => executor))]
    const from = BigInt(ids.reduce(minId)) - spanOf(LONGEST_ABSENCE)
    const to = end(ids.reduce(maxId), LONGEST_INACTIVE)
    return [[jsonInteger(guildId), JSON.rawJSON(String(from)), JSON.rawJSON(String(to)), executors]]
  })
  if (wanted.length === 0) return []
  // CROSS JOIN keeps SQLite from reading all entries and then looking for their guild.
  const { rows } = await sql<{ guildId: Snowflake; id: Snowflake }>`
    SELECT CAST(entry.guild AS TEXT) AS guildId, CAST(entry.id AS TEXT) AS id
    FROM json_each(${JSON.stringify(wanted)}) AS wanted
    CROSS JOIN entry
      ON entry.guild = wanted.value ->> 0 AND entry.kind = ${Kind.PrunePart}
        AND entry.id >= wanted.value ->> 1 AND entry.id <= wanted.value ->> 2
    WHERE payload_rest ->> '$[0].user_id' IN (SELECT value FROM json_each(wanted.value, '$[3]'))`.execute(db)
  return rows
}

/** The ids of the prunes whose executor cannot have been pruned, because of what else they did before and after. */
async function activeAmong(
  db: Db,
  guildId: Snowflake,
  prunes: readonly Entry[],
): Promise<ReadonlySet<Snowflake>> {
  const values = prunes.map((entry) =>
    [entry.id, namedBy(entry), inactiveSince(entry), goneUntil(entry)].map((id) => jsonInteger(id)),
  )
  // `+` keeps SQLite from looking up the window by id, because the index by executor finds fewer entries.
  const { rows } = await sql<{ id: string }>`
    SELECT CAST(value ->> 0 AS TEXT) AS id FROM json_each(${JSON.stringify(values)})
    WHERE EXISTS (
      SELECT 1 FROM entry
      WHERE guild = ${BigInt(guildId)} AND executor = value ->> 1
        AND kind NOT IN (${sql.join(PRUNES)})
        AND +entry.id >= value ->> 2 AND +entry.id < value ->> 3
        AND (+entry.id < value ->> 0 OR kind IN (${sql.join(MODERATING)}))
    )`.execute(db)
  return new Set(rows.map(({ id }) => id))
}

async function rewrite(db: Db, guildId: Snowflake, rows: readonly EntryRow[]): Promise<void> {
  if (rows.length === 0) return
  const values = rows.map(({ id, kind, executor, payloadRest }) => [
    id,
    kind,
    jsonInteger(executor),
    payloadRest,
  ])
  await sql`
    UPDATE entry SET kind = value ->> 1, executor = value ->> 2, payload_rest = value ->> 3
    FROM json_each(${JSON.stringify(values)})
    WHERE guild = ${BigInt(guildId)} AND entry.id = CAST(value ->> 0 AS INTEGER)`.execute(db)
}

/** The difference of snowflakes that are so many milliseconds apart: the time is in their upper bits. */
function spanOf(milliseconds: number): bigint {
  return BigInt(milliseconds + 1) << 22n
}

/** The last id so many milliseconds after another, or the largest that SQLite can store. */
function end(id: Snowflake, milliseconds: number): bigint {
  const [last, largest] = [BigInt(id) + spanOf(milliseconds), 2n ** 63n - 1n]
  return last < largest ? last : largest
}
