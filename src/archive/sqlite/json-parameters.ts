import { type RawBuilder, sql } from 'kysely'
import { isSnowflake, type Snowflake } from '../../core/snowflake.ts'

declare global {
  interface JSON {
    /** In V8 since 2023, not yet in TypeScript's library. https://tc39.es/proposal-json-parse-with-source/ */
    rawJSON(text: string): unknown
  }
}

/** A snowflake as a JSON number with all its digits, which SQLite reads as a 64-bit integer. */
export function jsonInteger(id: string | null): unknown {
  return isSnowflake(id) ? JSON.rawJSON(id) : id
}

/**
 * Ids for `IN`, as a single parameter, because a statement can have 32,766 at most.
 * https://sqlite.org/limits.html#max_variable_number
 */
export function idList(ids: readonly Snowflake[]): RawBuilder<bigint> {
  return list(ids.map(jsonInteger))
}

/** Texts for `IN`, as a single parameter. */
export function textList(texts: readonly string[]): RawBuilder<string> {
  return list(texts)
}

function list<Item>(items: readonly unknown[]): RawBuilder<Item> {
  return sql`(SELECT value FROM json_each(${JSON.stringify(items)}))`
}
