import { AuditLogEvent } from 'discord-api-types/v10'
import { sql, type Transaction } from 'kysely'
import { MODERATING } from '../../core/audit-log/action.ts'
import type { Entry } from '../../core/audit-log/entry.ts'
import { Kind } from '../../core/audit-log/kind.ts'
import {
  goneUntil,
  inactiveSince,
  judgePrunes,
  LONGEST_ABSENCE,
  LONGEST_INACTIVE,
  LONGEST_PRUNE,
  namedBy,
} from '../../core/audit-log/prune-parts.ts'
import { compareIds, maxId, minId, type Snowflake } from '../../core/snowflake.ts'
import { table, textList, unindexed } from '../dialect-sql.ts'
import type { EntryRow } from '../entry-row.ts'
import { ENTRY_COLUMNS, fromRow, toRow } from '../rows.ts'
import type { Schema } from '../schema.ts'
import { ofGuilds } from '../where.ts'
import { withSums } from './sums.ts'

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
      .where('guild_id', '=', BigInt(guildId))
      .where('kind', '=', kind)
      .where('id', '>=', BigInt(from) - spanOf(LONGEST_PRUNE))
      .where('id', '<=', end(to, LONGEST_PRUNE))
  const rows = await db
    .selectFrom('entry')
    .select(ENTRY_COLUMNS)
    .where('guild_id', '=', BigInt(guildId))
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
  const actions = written.flatMap(({ guildId, rows }) => {
    const ofGuild = rows.filter(({ executor, kind }) => executor !== null && !PRUNES.includes(kind))
    return ofGuild.length > 0 ? [{ guildId, rows: ofGuild }] : []
  })
  if (actions.length === 0) return []
  const windows = actions.map(({ guildId, rows }) => {
    const ids = rows.map(({ id }) => id)
    const from = BigInt(ids.reduce(minId)) - spanOf(LONGEST_ABSENCE)
    return [guildId, from, end(ids.reduce(maxId), LONGEST_INACTIVE)]
  })
  const executors = new Set(actions.flatMap(({ rows }) => rows.map(({ executor }) => executor ?? '')))
  // CROSS JOIN keeps SQLite from reading all entries and then looking for their guild. Payloads are compared as texts,
  // because PostgreSQL reads no field of JSON with the character U+0000 or half a surrogate pair in it.
  const { rows } = await sql<{ guildId: Snowflake; id: Snowflake }>`
    SELECT CAST(entry.guild_id AS TEXT) AS "guildId", CAST(entry.id AS TEXT) AS id
    FROM ${table({ guild_id: 'bigint', first: 'bigint', last: 'bigint' }, windows)} AS active CROSS JOIN entry
    WHERE entry.guild_id ${ofGuilds(actions.map(({ guildId }) => guildId))}
      AND entry.guild_id = active.guild_id AND entry.kind = ${Kind.PrunePart}
      AND entry.id >= active.first AND entry.id <= active.last
      AND EXISTS (
        SELECT 1 FROM ${textList([...executors])} AS executors
        WHERE CAST(payload_rest AS TEXT) LIKE '%"user_id":"' || executors.value || '"%'
      )`.execute(db)
  return rows
}

/** The ids of the prunes whose executor cannot have been pruned, because of what else they did before and after. */
async function activeAmong(
  db: Db,
  guildId: Snowflake,
  prunes: readonly Entry[],
): Promise<ReadonlySet<Snowflake>> {
  const values = prunes.map((entry) => [entry.id, namedBy(entry), inactiveSince(entry), goneUntil(entry)])
  const columns = { id: 'bigint', executor: 'bigint', since: 'bigint', until: 'bigint' } as const
  const id = unindexed(sql`entry.id`)
  // Fewer entries are found by their executor than by the window.
  const { rows } = await sql<{ id: string }>`
    SELECT CAST(id AS TEXT) AS id FROM ${table(columns, values)} AS prune
    WHERE EXISTS (
      SELECT 1 FROM entry
      WHERE guild_id = ${BigInt(guildId)} AND entry.executor = prune.executor
        AND kind NOT IN (${sql.join(PRUNES)})
        AND ${id} >= prune.since AND ${id} < prune.until
        AND (${id} < prune.id OR kind IN (${sql.join(MODERATING)}))
    )`.execute(db)
  return new Set(rows.map(({ id }) => id))
}

async function rewrite(db: Db, guildId: Snowflake, rows: readonly EntryRow[]): Promise<void> {
  const keys = rows.map(({ id }) => ({ guildId, id }))
  const values = rows.map(({ id, kind, executor, payloadRest }) => [id, kind, executor, payloadRest])
  const columns = { id: 'bigint', kind: 'bigint', executor: 'bigint', payload_rest: 'json' } as const
  await withSums(
    db,
    keys,
    sql`
      UPDATE entry SET kind = judged.kind, executor = judged.executor, payload_rest = judged.payload_rest
      FROM ${table(columns, values)} AS judged
      WHERE entry.guild_id = ${BigInt(guildId)} AND entry.id = judged.id`,
  )
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
