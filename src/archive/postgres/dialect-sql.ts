import { type RawBuilder, sql } from 'kysely'
import { isSnowflake } from '../../core/snowflake.ts'
import { type ColumnValue, type DialectSql, type EntryColumn, idList, textList } from '../dialect-sql.ts'
import { heldKinds } from '../held-kinds.ts'

const ENTRY_COLUMNS: readonly EntryColumn[] = [
  { name: 'kind', type: 'bigint', of: ({ kind }) => kind },
  { name: 'executor', type: 'bigint', of: ({ executor }) => executor },
  { name: 'target', type: 'bigint', of: ({ target }) => (isSnowflake(target) ? target : null) },
  // Any other target, such as the code of an invite.
  { name: 'target_text', type: 'text', of: ({ target }) => (isSnowflake(target) ? null : target) },
  { name: 'channel', type: 'bigint', of: ({ channel }) => channel },
  { name: 'count', type: 'bigint', of: ({ count }) => count },
  { name: 'reason', type: 'text', of: ({ reason }) => reason },
  // What is searched. PostgreSQL lowers letters by the locale of the server, if at all.
  { name: 'reason_folded', type: 'text', of: ({ reason }) => reason?.toLowerCase() ?? null },
  { name: 'attribution', type: 'text', of: ({ attribution }) => attribution },
  { name: 'payload_rest', type: 'json', of: ({ payloadRest }) => payloadRest },
]

/** A text of digits that is surely within the range of `bigint`: snowflakes have fewer until 2083. */
const ID = '^([0-9]{1,18}|[1-8][0-9]{18})$'

/** The SQL that only PostgreSQL writes like this. It needs no hints, because it knows how the values are distributed. */
export const postgresSql: DialectSql = {
  // An array for each column: a statement can have 65,535 parameters at most.
  table: (columns, rows) => {
    const names = sql.join(Object.keys(columns).map((name) => sql.ref(name)))
    const arrays = Object.values(columns).map(
      (type, index) => sql`${arrayOf(rows, index)}::${sql.raw(type)}[]`,
    )
    return sql`(SELECT * FROM unnest(${sql.join(arrays)}) AS given (${names}))`
  },
  unindexed: (column) => column,
  indexedBy: (table) => sql.table(table),
  // With OFFSET, the subquery is not merged into the rest, so that PostgreSQL cannot begin with all entries that a filter
  // matches, as it would while it does not know how few ids there are.
  joinEntries: (guildId, id) => sql`CROSS JOIN LATERAL (
    SELECT * FROM entry WHERE entry.guild_id = ${BigInt(guildId)} AND entry.id = ${id} OFFSET 0
  ) AS entry`,
  total: (value) => sql`coalesce(sum(${value})::double precision, 0)`,
  greatest: (values) => sql`greatest(${sql.join(values)})`,
  least: (values) => sql`least(${sql.join(values)})`,
  position: (text, part) => sql`strpos(${text}, ${part})`,
  contains,
  idOf: (text) => sql`CASE WHEN ${text} ~ ${sql.lit(ID)} THEN CAST(${text} AS bigint) END`,
  reasonContains: (text) => contains(sql`reason_folded`, text.toLowerCase()),
  entryColumns: ENTRY_COLUMNS,
  target: sql`target, target_text`,
  targetAsText: sql`coalesce(CAST(entry.target AS text), entry.target_text)`,
  targetIsText: sql`target_text IS NOT NULL`,
  targetOrder: sql`target_text NULLS FIRST, target NULLS FIRST`,
  targetIs: (targetId) =>
    isSnowflake(targetId) ? sql`target = ${BigInt(targetId)}` : sql`target_text = ${targetId}`,
  targetIn: (targetIds) => {
    const texts = targetIds.filter((id) => !isSnowflake(id))
    const isAmong = sql<boolean>`target IN ${idList(targetIds.filter(isSnowflake))}`
    return texts.length === 0 ? isAmong : sql`(${isAmong} OR target_text IN ${textList(texts)})`
  },
  asTarget: (id) => id,
  // Each kind's first entries are read from an index that has them in order.
  merged: ({ guildId, order, limit, kinds, ids }) => sql`(
    WITH RECURSIVE ${heldKinds(guildId)}
    SELECT first.id FROM held CROSS JOIN LATERAL ${ids(sql`held.kind`, limit)} AS first
    WHERE held.kind IS NOT NULL AND ${kinds}
    ORDER BY first.id ${order === 'newest' ? sql`DESC` : sql`ASC`}
    LIMIT ${limit}
  )`,
  updatesKnownGuild: sql``,
}

function arrayOf(rows: readonly (readonly ColumnValue[])[], index: number): RawBuilder<unknown> {
  return sql`${rows.map((row) => row[index] ?? null)}`
}

/** As LIKE, for which an index by trigrams can be used. */
function contains(text: RawBuilder<unknown>, part: string): RawBuilder<boolean> {
  return sql`${text} LIKE ${`%${escapeLike(part)}%`}`
}

/** A text for LIKE, in which no character has a meaning. */
function escapeLike(text: string): string {
  return text.replaceAll(/[\\%_]/g, String.raw`\$&`)
}
