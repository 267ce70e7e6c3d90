import { type Kysely, sql } from 'kysely'

/**
 * Creates the tables by which several processes share the shards of the bot. They belong to no guild, and tell nothing
 * once the processes have stopped, so a move leaves them out.
 */
export async function up(db: Kysely<unknown>): Promise<void> {
  for (const statement of STATEMENTS) await sql.raw(statement).execute(db)
}

const STATEMENTS = [
  // A process has at most one block.
  `CREATE TABLE shard_lease (
    block integer PRIMARY KEY,
    holder uuid NOT NULL UNIQUE,
    shard_count integer NOT NULL,
    block_size integer NOT NULL,
    expires_at timestamptz NOT NULL
  )`,
  // When shards identified last, by the remainder that Discord limits them by.
  'CREATE TABLE identify (bucket integer PRIMARY KEY, at timestamptz NOT NULL)',
]
