import { type RawBuilder, type RawNode, sql } from 'kysely'
import type { Snowflake } from '../core/snowflake.ts'
import { type EntryRow, indexable } from './entry-row.ts'

/** A column's type, as PostgreSQL calls it. SQLite takes the type of each value. */
export type ColumnType = 'bigint' | 'integer' | 'text' | 'json'

/** A value of a row that is passed to the database: a `bigint` can be an id as text. */
export type ColumnValue = string | number | bigint | null

/** The columns of rows that are passed to the database, in order. */
export type Columns = Readonly<Record<string, ColumnType>>

/** A column of `entry` that is written from an entry's row. */
export interface EntryColumn {
  readonly name: string
  readonly type: ColumnType
  readonly of: (row: EntryRow) => ColumnValue
}

/** The SQL that the databases write differently. */
export interface DialectSql {
  /** Rows as a single parameter each, or for each column, as a table with these columns. */
  table(columns: Columns, rows: readonly (readonly ColumnValue[])[]): RawBuilder<unknown>
  /** A column without its indexes, where the database would choose the wrong one. */
  unindexed(column: RawBuilder<unknown>): RawBuilder<unknown>
  /** A table of a FROM clause with the index that has to be used; `key` for the primary key. */
  indexedBy(table: string, index: string): RawBuilder<unknown>
  /** Joins the entries of a guild with some ids to what has these, of which each is looked up. */
  joinEntries(guildId: Snowflake, id: RawBuilder<unknown>): RawBuilder<unknown>
  /** The sum of integers, however large. */
  total(value: RawBuilder<unknown>): RawBuilder<number>
  /** The largest or the smallest of some values. */
  greatest(values: readonly RawBuilder<unknown>[]): RawBuilder<bigint>
  least(values: readonly RawBuilder<unknown>[]): RawBuilder<bigint>
  /** Where a text begins in another, from 1; 0 if it does not occur. */
  position(text: RawBuilder<unknown>, part: string): RawBuilder<number>
  /** Whether a text in lower case contains another. */
  contains(text: RawBuilder<unknown>, part: string): RawBuilder<boolean>
  /** The id that a text is; null, or no stored id, for any other text. */
  idOf(text: RawBuilder<unknown>): RawBuilder<bigint | null>
  /** Whether the reason of an entry contains a text, in any case. */
  reasonContains(text: string): RawBuilder<boolean>
  /** Columns of `entry` in the order they are written. */
  readonly entryColumns: readonly EntryColumn[]
  /** What identifies the target of an entry, for GROUP BY. */
  readonly target: RawBuilder<unknown>
  /** The target of an entry, as text. */
  readonly targetAsText: RawBuilder<string | null>
  /** Whether the target of an entry is no id, but another text. */
  readonly targetIsText: RawBuilder<boolean>
  /** For ORDER BY: no target first, then ids, then other texts. */
  readonly targetOrder: RawBuilder<unknown>
  targetIs(targetId: string): RawBuilder<boolean>
  targetIn(targetIds: readonly string[]): RawBuilder<boolean>
  /** An id of another table, to compare a target with. */
  asTarget(id: RawBuilder<unknown>): RawBuilder<unknown>
  /** The ids of the first entries of each kind, merged in order. */
  merged(parts: MergedIds): RawBuilder<unknown>
  /** Which known guilds an INSERT updates: where several processes can write, all, because that locks their rows. */
  readonly updatesKnownGuild: RawBuilder<unknown>
}

/** What `DialectSql.merged` merges. */
export interface MergedIds {
  readonly guildId: Snowflake
  readonly order: 'newest' | 'oldest'
  readonly limit: number
  /** The condition for `kind`. */
  readonly kinds: RawBuilder<unknown>
  /** The first ids of one kind. `past` is an expression for the id before them. */
  ids(kind: RawBuilder<unknown>, limit: number, past?: RawBuilder<unknown>): RawBuilder<unknown>
}

/** A node whose SQL the query compiler chooses by its dialect. */
interface DialectNode extends RawNode {
  readonly build: (dialect: DialectSql) => RawBuilder<unknown>
}

/** An expression that each database writes in its own way. */
export function byDialect<Value>(build: (dialect: DialectSql) => RawBuilder<unknown>): RawBuilder<Value> {
  const node: DialectNode = { kind: 'RawNode', sqlFragments: [], parameters: [], build }
  return sql<Value>`${{ toOperationNode: () => node }}`
}

/** The SQL of a node for a dialect, if it depends on that. */
export function nodeFor(dialect: DialectSql, node: RawNode): RawNode | undefined {
  return isDialectNode(node) ? node.build(dialect).toOperationNode() : undefined
}

function isDialectNode(node: RawNode): node is DialectNode {
  return 'build' in node
}

/** Rows as a table with some columns, for a FROM clause. */
export function table(columns: Columns, rows: readonly (readonly ColumnValue[])[]): RawBuilder<unknown> {
  return byDialect((dialect) => dialect.table(columns, rows))
}

/** Ids for `IN`, as a single parameter, because the number of parameters is limited. */
export function idList(ids: readonly Snowflake[]): RawBuilder<bigint> {
  return list('bigint', ids)
}

/** Texts for `IN`, as a single parameter. */
export function textList(texts: readonly string[]): RawBuilder<string> {
  return list('text', texts)
}

function list<Item>(type: ColumnType, items: readonly string[]): RawBuilder<Item> {
  const rows = items.map((item) => [item])
  return sql`(SELECT value FROM ${table({ value: type }, rows)} AS list)`
}

/** A column without its indexes, where the database would choose the wrong one. */
export function unindexed(column: RawBuilder<unknown>): RawBuilder<unknown> {
  return byDialect((dialect) => dialect.unindexed(column))
}

/** A table of a FROM clause with the index that has to be used; `key` for the primary key. */
export function indexedBy(name: string, index: string): RawBuilder<unknown> {
  return byDialect((dialect) => dialect.indexedBy(name, index))
}

/** The sum of integers, however large. */
export function total(value: RawBuilder<unknown>): RawBuilder<number> {
  return byDialect((dialect) => dialect.total(value))
}

/** The largest of some values. */
export function greatest(...values: readonly RawBuilder<unknown>[]): RawBuilder<bigint> {
  return byDialect((dialect) => dialect.greatest(values))
}

/** The smallest of some values. */
export function least(...values: readonly RawBuilder<unknown>[]): RawBuilder<bigint> {
  return byDialect((dialect) => dialect.least(values))
}

/** Where a text begins in another, from 1; 0 if it does not occur. */
export function position(text: RawBuilder<unknown>, part: string): RawBuilder<number> {
  return byDialect((dialect) => dialect.position(text, part))
}

/** Whether a text in lower case contains another. */
export function contains(text: RawBuilder<unknown>, part: string): RawBuilder<boolean> {
  return byDialect((dialect) => dialect.contains(text, part))
}

/** What identifies the target of an entry, for GROUP BY. */
export const TARGET: RawBuilder<unknown> = byDialect(({ target }) => target)

/** The target of an entry, as text. */
export const TARGET_AS_TEXT: RawBuilder<string | null> = byDialect(({ targetAsText }) => targetAsText)

/** Whether the target of an entry is no id, but another text. */
export const TARGET_IS_TEXT: RawBuilder<boolean> = byDialect(({ targetIsText }) => targetIsText)

/** The target of an entry as an integer: -1 if it has none, -2 if it is no id. */
export const TARGET_AS_ID: RawBuilder<bigint> = sql`
  CASE WHEN ${TARGET_IS_TEXT} THEN -2 ELSE coalesce(target, -1) END`

/** For ORDER BY: no target first, then ids, then other texts. */
export const TARGET_ORDER: RawBuilder<unknown> = byDialect(({ targetOrder }) => targetOrder)

/** Whether the target of an entry is this one. */
export function targetIs(targetId: string): RawBuilder<boolean> {
  return byDialect((dialect) => dialect.targetIs(indexable(targetId)))
}

/** Whether the target of an entry is one of these. */
export function targetIn(targetIds: readonly string[]): RawBuilder<boolean> {
  return byDialect((dialect) => dialect.targetIn(targetIds.map(indexable)))
}

/** An id of another table, to compare a target with. */
export function asTarget(id: RawBuilder<unknown>): RawBuilder<unknown> {
  return byDialect((dialect) => dialect.asTarget(id))
}

/** A truth as 1 or 0, which both databases return as a number. */
export function flag(condition: RawBuilder<unknown>): RawBuilder<number> {
  return sql`CASE WHEN ${condition} THEN 1 ELSE 0 END`
}
