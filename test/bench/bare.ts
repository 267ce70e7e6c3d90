import { DatabaseSync } from 'node:sqlite'
import type { Snowflake } from '../../src/core/snowflake.ts'
import { BIG_GUILD } from './data.ts'

/** SQLite without any of the archive's code, in the benchmark's own thread: what the figures are held against. */
export class Bare {
  readonly #database: DatabaseSync

  constructor(path: string) {
    this.#database = new DatabaseSync(path, { readOnly: true })
    this.#database.exec('PRAGMA cache_size = -65536')
  }

  /** Reads the entries of these ids by their key, one after the other; where there are none, one that is not there. */
  readonly entries = (ids: unknown): void => {
    const statement = this.#prepare(
      'SELECT payload_rest, reason, count FROM entry WHERE guild = ? AND id = ?',
    )
    const known = Array.isArray(ids) && ids.length > 0 ? ids : ['0']
    for (const id of known) statement.get(BigInt(BIG_GUILD), BigInt(String(id)))
  }

  /** Runs one statement about the big guild. */
  readonly statement = (sql: string) => (): void => {
    this.#prepare(sql).all(BigInt(BIG_GUILD))
  }

  /** The id at a place in the big guild's log, counted from the newest. */
  idAt(context: number): Snowflake {
    const row = this.#prepare(
      'SELECT CAST(id AS TEXT) AS id FROM entry WHERE guild = ? ORDER BY entry.id DESC LIMIT 1 OFFSET ?',
    ).get(BigInt(BIG_GUILD), context)
    return String(row?.id)
  }

  close(): void {
    this.#database.close()
  }

  readonly #prepared = new Map<string, ReturnType<DatabaseSync['prepare']>>()

  #prepare(sql: string) {
    const statement = this.#prepared.get(sql) ?? this.#database.prepare(sql)
    this.#prepared.set(sql, statement)
    return statement
  }
}
