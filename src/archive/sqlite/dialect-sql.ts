import { sql } from 'kysely'
import { isSnowflake } from '../../core/snowflake.ts'
import {
  type Columns,
  type ColumnType,
  type ColumnValue,
  type DialectSql,
  type EntryColumn,
  idList,
} from '../dialect-sql.ts'
import { heldKinds } from '../held-kinds.ts'

declare global {
  interface JSON {
    /** In V8 since 2023, not yet in TypeScript's library. https://tc39.es/proposal-json-parse-with-source/ */
    rawJSON(text: string): unknown
  }
}

const ENTRY_COLUMNS: readonly EntryColumn[] = [
  { name: 'kind', type: 'bigint', of: ({ kind }) => kind },
  { name: 'executor', type: 'bigint', of: ({ executor }) => executor },
  // A snowflake as an integer; any other id as text.
  { name: 'target', type: 'bigint', of: ({ target }) => target },
  { name: 'channel', type: 'bigint', of: ({ channel }) => channel },
  { name: 'count', type: 'bigint', of: ({ count }) => count },
  { name: 'reason', type: 'text', of: ({ reason }) => reason },
  { name: 'attribution', type: 'text', of: ({ attribution }) => attribution },
  { name: 'payload_rest', type: 'json', of: ({ payloadRest }) => payloadRest },
]

/**
 * The SQL that only SQLite writes like this. SQLite uses no index on a column that is written with a `+`, which also has no
 * affinity. https://sqlite.org/optoverview.html https://sqlite.org/datatype3.html#affinity_of_operands
 */
export const sqliteSql: DialectSql = {
  // A statement can have 32,766 parameters at most. https://sqlite.org/limits.html#max_variable_number
  table: (columns, rows) => {
    const fields = Object.keys(columns).map(
      (name, index) => sql`value ->> ${sql.lit(index)} AS ${sql.ref(name)}`,
    )
    return sql`(SELECT ${sql.join(fields)} FROM json_each(${jsonOf(columns, rows)}))`
  },
  unindexed: (column) => sql`+${column}`,
  indexedBy: (table, index) =>
    index === 'key'
      ? sql`${sql.table(table)} NOT INDEXED`
      : sql`${sql.table(table)} INDEXED BY ${sql.ref(index)}`,
  // SQLite reads the left side of a CROSS JOIN first. https://sqlite.org/optoverview.html#manual_control_of_query_plans_using_cross_join
  joinEntries: (guildId, id) =>
    sql`CROSS JOIN entry ON entry.guild_id = ${BigInt(guildId)} AND entry.id = ${id}`,
  // `sum` fails if absurd counts exceed SQLite's integers. https://sqlite.org/lang_aggfunc.html#sumunc
  total: (value) => sql`total(${value})`,
  greatest: (values) => sql`max(${sql.join(values)})`,
  least: (values) => sql`min(${sql.join(values)})`,
  position: (text, part) => sql`instr(${text}, ${part})`,
  contains: (text, part) => sql`instr(${text}, ${part}) > 0`,
  idOf: (text) => sql`CAST(${text} AS INTEGER)`,
  // Most entries have no reason, and a call into JavaScript costs more than reading the row.
  reasonContains: (text) => sql`reason IS NOT NULL AND contains(reason, ${text.toLowerCase()})`,
  entryColumns: ENTRY_COLUMNS,
  target: sql`target`,
  targetAsText: sql`CAST(entry.target AS TEXT)`,
  // Every text is after every integer. https://sqlite.org/datatype3.html#sort_order
  targetIsText: sql`target >= ''`,
  targetOrder: sql`target`,
  targetIs: (targetId) => sql`target = ${isSnowflake(targetId) ? BigInt(targetId) : targetId}`,
  targetIn: (targetIds) => sql`target IN ${idList(targetIds)}`,
  asTarget: (id) => sql`+${id}`,
  /**
   * Every index holds the entries of one kind in order, but for several kinds SQLite would read and sort all of them, and
   * for kinds that never happened it would read the whole guild. The queue of a recursive query is ordered, so each step
   * takes the first id and adds the next of the same kind: a page costs as many look-ups as it has entries and kinds.
   * https://sqlite.org/lang_with.html#controlling_depth_first_versus_breadth_first_search_of_a_tree_using_order_by
   */
  merged: ({ guildId, order, limit, kinds, ids }) => sql`(
    WITH RECURSIVE
      ${heldKinds(guildId)},
      wanted (kind, id) AS (
        SELECT kind, ${ids(sql`held.kind`, 1)} FROM held WHERE kind IS NOT NULL AND ${kinds}
        UNION ALL
        SELECT kind, ${ids(sql`wanted.kind`, 1, sql`wanted.id`)} FROM wanted WHERE id IS NOT NULL
        ORDER BY 2 ${order === 'newest' ? sql`DESC` : sql`ASC`} NULLS LAST
        LIMIT ${limit}
      )
    SELECT id FROM wanted
  )`,
  updatesKnownGuild: sql`WHERE excluded.read_at IS NOT NULL OR excluded.swept_at IS NOT NULL`,
}

/** Rows as one JSON text, whose numbers have all the digits of an id, which SQLite reads as 64-bit integers. */
function jsonOf(columns: Columns, rows: readonly (readonly ColumnValue[])[]): string {
  const types = Object.values(columns)
  return JSON.stringify(rows.map((row) => row.map((value, index) => jsonValue(value, types[index]))))
}

function jsonValue(value: ColumnValue, type: ColumnType | undefined): unknown {
  if (typeof value === 'bigint') return JSON.rawJSON(String(value))
  return type === 'bigint' && isSnowflake(value) ? JSON.rawJSON(value) : value
}
