import { createHash } from 'node:crypto'
import { Client } from 'pg'
import type { Snowflake } from '../../../src/core/snowflake.ts'
import type { Driver, Value } from './database.ts'

/** A client of pg. */
export class PostgresDriver implements Driver {
  readonly #client: Client
  readonly #names = new Map<string, string>()

  private constructor(client: Client) {
    this.#client = client
  }

  static async connect(url: string): Promise<PostgresDriver> {
    const client = new Client({ connectionString: url })
    await client.connect()
    return new PostgresDriver(client)
  }

  async query(sql: string, ...values: readonly (Value | readonly Value[])[]): Promise<readonly object[]> {
    const name = this.#names.get(sql) ?? createHash('sha256').update(sql).digest('base64url').slice(0, 16)
    this.#names.set(sql, name)
    const { rows } = await this.#client.query<object>({ name, text: sql, values: [...values] })
    return rows
  }

  async entries(guildId: Snowflake, ids: readonly Snowflake[]): Promise<void> {
    await this.query(
      'SELECT payload_rest, reason, count FROM entry WHERE guild_id = $1 AND id = ANY ($2::bigint[])',
      guildId,
      ids,
    )
  }

  async insert(rows: readonly (readonly [id: number, payload: string])[]): Promise<void> {
    await this.#client.query(
      'CREATE TABLE IF NOT EXISTS bare (guild_id bigint, id bigint, payload text, PRIMARY KEY (guild_id, id))',
    )
    const sql = 'INSERT INTO bare SELECT 1, * FROM unnest($1::bigint[], $2::text[])'
    await this.query(
      sql,
      rows.map(([id]) => id),
      rows.map(([, payload]) => payload),
    )
  }

  close(): Promise<void> {
    return this.#client.end()
  }
}
