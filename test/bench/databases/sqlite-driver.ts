import { DatabaseSync } from 'node:sqlite'
import type { Snowflake } from '../../../src/core/snowflake.ts'
import type { Driver, Value } from './database.ts'

/** `node:sqlite` on the benchmark's own thread. */
export class SqliteDriver implements Driver {
  readonly #database: DatabaseSync
  readonly #prepared = new Map<string, ReturnType<DatabaseSync['prepare']>>()

  constructor(path: string) {
    this.#database = new DatabaseSync(path)
    this.#database.exec('PRAGMA synchronous = normal; PRAGMA cache_size = -65536')
  }

  async query(sql: string, ...values: readonly Value[]): Promise<readonly object[]> {
    return this.#prepare(sql).all(...values)
  }

  async entries(guildId: Snowflake, ids: readonly Snowflake[]): Promise<void> {
    const statement = this.#prepare(
      'SELECT payload_rest, reason, count FROM entry WHERE guild_id = $1 AND id = $2',
    )
    for (const id of ids) statement.get(BigInt(guildId), BigInt(id))
  }

  async insert(rows: readonly (readonly [id: number, payload: string])[]): Promise<void> {
    this.#database.exec(`
      CREATE TABLE IF NOT EXISTS bare (guild_id INTEGER, id INTEGER, payload TEXT, PRIMARY KEY (guild_id, id))
      STRICT, WITHOUT ROWID;
      BEGIN`)
    const statement = this.#prepare('INSERT INTO bare VALUES (1, $1, $2)')
    for (const row of rows) statement.run(...row)
    this.#database.exec('COMMIT')
  }

  async close(): Promise<void> {
    this.#database.close()
  }

  /** SQLite has numbered parameters as `?1`. https://sqlite.org/lang_expr.html#parameters */
  #prepare(sql: string) {
    const statement = this.#prepared.get(sql) ?? this.#database.prepare(sql.replaceAll('$', '?'))
    this.#prepared.set(sql, statement)
    return statement
  }
}
