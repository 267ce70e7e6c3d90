import { type Kysely, sql, type Transaction } from 'kysely'
import { codeOf } from '../core/errors.ts'
import { compareIds, type Snowflake } from '../core/snowflake.ts'
import { byDialect, idList } from './dialect-sql.ts'
import type { Schema } from './schema.ts'

/** How often a transaction is run at most. */
const ATTEMPTS = 5

/**
 * PostgreSQL ends one of two transactions that cannot both succeed: a serialization failure, or a deadlock.
 * https://www.postgresql.org/docs/current/errcodes-appendix.html
 */
const CONFLICTS: readonly (string | undefined)[] = ['40001', '40P01']

/** Runs a transaction, and runs it again if it conflicts with another. So `work` may change nothing but the database. */
export async function inTransaction<Result>(
  db: Kysely<Schema>,
  work: (transaction: Transaction<Schema>) => Promise<Result>,
): Promise<Result> {
  for (let attempt = 1; ; attempt++) {
    try {
      return await db.transaction().execute(work)
    } catch (error) {
      if (attempt === ATTEMPTS || !CONFLICTS.includes(codeOf(error))) throw error
    }
  }
}

/** Runs a transaction that writes a guild, while no other transaction writes it. */
export function inGuild<Result>(
  db: Kysely<Schema>,
  guildId: Snowflake,
  work: (transaction: Transaction<Schema>) => Promise<Result>,
): Promise<Result> {
  return inTransaction(db, async (transaction) => {
    await lockGuilds(transaction, [guildId])
    return work(transaction)
  })
}

/**
 * Keeps others from writing some guilds until the transaction ends, and adds the guilds to the register. All who lock
 * several guilds do so in the order of their ids, so that no two wait for each other.
 */
export async function lockGuilds(
  transaction: Transaction<Schema>,
  guildIds: readonly Snowflake[],
): Promise<void> {
  const ids = [...new Set(guildIds)].sort(compareIds)
  await sql`
    INSERT INTO guild (guild_id) SELECT value FROM ${idList(ids)} AS guilds WHERE true
    ON CONFLICT (guild_id) ${byDialect(({ onKnownGuild }) => onKnownGuild)}`.execute(transaction)
}
