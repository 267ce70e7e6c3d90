import type { Columns, ColumnType } from '../dialect-sql.ts'
import type { Schema } from '../schema.ts'
import { NAME_COLUMNS } from '../write/names.ts'

/** A table whose rows are moved as they are. */
export interface MovedTable {
  readonly name: keyof Schema
  /** The columns of its key, in the order of its index. */
  readonly key: readonly string[]
  readonly columns: Columns
}

/** A row as both databases give it: integers are texts, which have all their digits. */
export type Row = Readonly<Record<string, string | null>>

/** `rebuilt` is a table that Custos fills again from the others by itself. */
type Move<Table> =
  | 'rebuilt'
  | {
      readonly key: readonly (keyof Table & string)[]
      readonly columns: { readonly [Column in keyof Table]: ColumnType }
    }

/** What a move does with every table and column of the schema. It does not compile while one is missing. */
const MOVES: { readonly [Name in keyof Schema]: Move<Schema[Name]> } = {
  guild: { key: ['guild_id'], columns: { guild_id: 'bigint', read_at: 'bigint', swept_at: 'bigint' } },
  setting: {
    key: ['guild_id'],
    columns: {
      guild_id: 'bigint',
      time_zone: 'text',
      asked: 'integer',
      last_watch: 'integer',
      last_arrival: 'bigint',
    },
  },
  coverage: { key: ['guild_id', 'start'], columns: { guild_id: 'bigint', start: 'bigint', end: 'bigint' } },
  erasure: {
    key: ['guild_id', 'member'],
    columns: { guild_id: 'bigint', member: 'bigint', up_to: 'bigint', stage: 'integer' },
  },
  erased_attribution: {
    key: ['guild_id', 'entry'],
    columns: { guild_id: 'bigint', entry: 'bigint', member: 'bigint' },
  },
  departure: { key: ['guild_id'], columns: { guild_id: 'bigint', at: 'bigint', trusted_at: 'bigint' } },
  trusted_time: { key: ['one'], columns: { one: 'integer', at: 'bigint' } },
  operation: {
    key: ['guild_id', 'id'],
    columns: { guild_id: 'bigint', id: 'bigint', executor: 'bigint', type: 'text', detail: 'json' },
  },
  saved_query: {
    key: ['guild_id', 'number'],
    columns: { guild_id: 'bigint', number: 'bigint', asked_at: 'bigint', query: 'json' },
  },
  watch: {
    key: ['guild_id', 'number'],
    columns: {
      guild_id: 'bigint',
      number: 'integer',
      type: 'text',
      channel: 'bigint',
      definition: 'json',
      set_by: 'bigint',
      set_at: 'bigint',
      position: 'bigint',
      done_to: 'bigint',
      paused: 'json',
    },
  },
  post: {
    key: ['guild_id', 'watch', 'number'],
    columns: {
      guild_id: 'bigint',
      watch: 'integer',
      number: 'bigint',
      past: 'bigint',
      up_to: 'bigint',
      content: 'json',
      delivery: 'text',
      attempted_at: 'bigint',
      message: 'bigint',
      changed: 'integer',
      unfinished: 'integer',
      at: 'bigint',
    },
  },
  arrival: {
    key: ['guild_id', 'number'],
    columns: { guild_id: 'bigint', number: 'bigint', entry: 'bigint', grew_from: 'bigint', at: 'bigint' },
  },
  name: { key: ['guild_id', 'id', 'class'], columns: NAME_COLUMNS },
  daily: {
    key: ['guild_id', 'kind', 'executor', 'day'],
    columns: {
      guild_id: 'bigint',
      executor: 'bigint',
      kind: 'bigint',
      day: 'integer',
      entries: 'bigint',
      units: 'bigint',
    },
  },
  daily_attribution: {
    key: ['guild_id', 'attribution', 'executor', 'day'],
    columns: {
      guild_id: 'bigint',
      attribution: 'text',
      executor: 'bigint',
      day: 'integer',
      entries: 'bigint',
    },
  },
  packed_day: 'rebuilt',
  // Last: it takes longest, and what can fail for the others does so before.
  entry: {
    key: ['guild_id', 'id'],
    columns: {
      guild_id: 'bigint',
      id: 'bigint',
      kind: 'bigint',
      executor: 'bigint',
      target: 'text',
      channel: 'bigint',
      count: 'bigint',
      reason: 'text',
      attribution: 'text',
      payload_rest: 'json',
    },
  },
}

/** The tables in the order they are moved. */
export const MOVED_TABLES: readonly MovedTable[] = namesOf(MOVES).flatMap((name) => {
  const move = MOVES[name]
  return move === 'rebuilt' ? [] : [{ name, ...move }]
})

/** The tables that Custos fills again by itself. */
export const REBUILT_TABLES: readonly string[] = namesOf(MOVES).filter((name) => MOVES[name] === 'rebuilt')

function namesOf<Name extends string>(record: Readonly<Record<Name, unknown>>): Name[] {
  const names: Name[] = []
  for (const name in record) names.push(name)
  return names
}
