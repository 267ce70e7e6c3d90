import { type RawBuilder, sql } from 'kysely'
import type { Snowflake } from '../../core/snowflake.ts'
import { jsonInteger } from './json-integer.ts'

/** Ids for `IN`, as one variable: a statement of SQLite takes 32,766. https://sqlite.org/limits.html#max_variable_number */
export function idList(ids: readonly Snowflake[]): RawBuilder<bigint> {
  return itemsOf(ids.map(jsonInteger))
}

/** Texts for `IN`, as one variable too. */
export function textList(texts: readonly string[]): RawBuilder<string> {
  return itemsOf(texts)
}

function itemsOf<Item>(items: readonly unknown[]): RawBuilder<Item> {
  return sql`(SELECT value FROM json_each(${JSON.stringify(items)}))`
}
