import type { Archive } from '../../../src/core/archive.ts'
import type { Snowflake } from '../../../src/core/snowflake.ts'

export type DatabaseType = 'sqlite' | 'postgres'

export function isDatabaseType(text: string): text is DatabaseType {
  return text === 'sqlite' || text === 'postgres'
}

/** A database with the data of a benchmark. */
export interface BenchDatabase {
  readonly type: DatabaseType
  /** Its version, size and settings, in one line. */
  describe(): Promise<string>
  /** Opens the archive in it, as Custos does. */
  open(): Promise<Archive>
  /** Connects the driver that the archive uses, without the archive's code. */
  connect(): Promise<Driver>
  /** Runs something with a copy, which is removed afterwards. */
  withCopy<Result>(use: (copy: BenchDatabase) => Promise<Result>): Promise<Result>
}

export type Value = bigint | number | string

/** A database's driver on the benchmark's own thread, to compare with. */
export interface Driver {
  /** Runs a statement, which stays prepared. @param values of `$1`, `$2`… */
  query(sql: string, ...values: readonly Value[]): Promise<readonly object[]>
  /** Reads entries by their key, in as few statements as that takes. */
  entries(guildId: Snowflake, ids: readonly Snowflake[]): Promise<void>
  /** Commits rows to a table that has only a key, and is created when it is missing. */
  insert(rows: readonly (readonly [id: number, payload: string])[]): Promise<void>
  close(): Promise<void>
}

/** An SQL statement that is the same for every database, or one for each. */
export type Statement = string | Readonly<Record<DatabaseType, string>>

export function statementFor(type: DatabaseType, statement: Statement): string {
  return typeof statement === 'string' ? statement : statement[type]
}
