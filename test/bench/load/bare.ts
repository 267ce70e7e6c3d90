import { DatabaseSync } from 'node:sqlite'
import type { Snowflake } from '../../../src/core/snowflake.ts'
import { BIG_GUILD } from '../data.ts'

/** SQLite without the archive's code, on the benchmark's own thread, to compare with. */
export class Bare {
  readonly #database: DatabaseSync

  constructor(path: string) {
    this.#database = new DatabaseSync(path, { readOnly: true })
    this.#database.exec('PRAGMA cache_size = -65536')
  }

  /** Reads the entries with these ids by their key, one by one; without ids, one that does not exist. */
  readonly entries = (ids: unknown): void => {
    const statement = this.#prepare(
      'SELECT payload_rest, reason, count FROM entry WHERE guild_id = ? AND id = ?',
    )
    const known = Array.isArray(ids) && ids.length > 0 ? ids : ['0']
    for (const id of known) statement.get(BigInt(BIG_GUILD), BigInt(String(id)))
  }

  /** Runs a statement for the big guild. */
  readonly statement = (sql: string) => (): void => {
    this.#prepare(sql).all(BigInt(BIG_GUILD))
  }

  /** The id at a position in the big guild's log, from the newest. */
  idAt(position: number): Snowflake {
    const row = this.#prepare(
      'SELECT CAST(id AS TEXT) AS id FROM entry WHERE guild_id = ? ORDER BY entry.id DESC LIMIT 1 OFFSET ?',
    ).get(BigInt(BIG_GUILD), position)
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
