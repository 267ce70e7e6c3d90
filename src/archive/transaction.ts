import { type Kysely, sql, type Transaction } from 'kysely'
import type { ArchiveUpdate } from '../core/archive.ts'
import { ArchiveUnavailable, codeOf, messageOf } from '../core/errors.ts'
import { compareIds, type Snowflake } from '../core/snowflake.ts'
import { byDialect, table } from './dialect-sql.ts'
import type { Schema } from './schema.ts'

/** How often a transaction is run at most. */
const ATTEMPTS = 5

/**
 * PostgreSQL ends one of two transactions that cannot both succeed: a serialization failure, or a deadlock.
 * https://www.postgresql.org/docs/current/errcodes-appendix.html
 */
const CONFLICTS: readonly (string | undefined)[] = ['40001', '40P01']

/**
 * Runs a transaction, and runs it again if it conflicts with another. So `work` may change nothing but the database.
 * @throws ArchiveUnavailable when it conflicts every time
 */
export async function inTransaction<Result>(
  db: Kysely<Schema>,
  work: (transaction: Transaction<Schema>) => Promise<Result>,
): Promise<Result> {
  for (let attempt = 1; ; attempt++) {
    try {
      return await db.transaction().execute(work)
    } catch (error) {
      const code = codeOf(error)
      if (!CONFLICTS.includes(code)) throw error
      // The update itself is not at fault, so that it is kept and written later.
      if (attempt === ATTEMPTS) throw new ArchiveUnavailable(messageOf(error), 'slow', code)
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
    await lockGuilds(transaction, [{ guildId }])
    return work(transaction)
  })
}

/** A guild to lock, and when its log was read or swept if that is to be stored. */
type GuildToLock = Pick<ArchiveUpdate, 'guildId' | 'readAt' | 'sweptAt'>

const COLUMNS = { guild_id: 'bigint', read_at: 'bigint', swept_at: 'bigint' } as const

/**
 * Keeps others from writing some guilds until the transaction ends, adds the guilds to the register, and stores when their
 * logs were read. All who lock several guilds do so in the order of their ids, so that no two wait for each other.
 */
export async function lockGuilds(
  transaction: Transaction<Schema>,
  guilds: readonly GuildToLock[],
): Promise<void> {
  const rows = [...Map.groupBy(guilds, ({ guildId }) => guildId)]
    .sort(([a], [b]) => compareIds(a, b))
    .map(([guildId, times]) => [
      guildId,
      times.findLast(({ readAt }) => readAt !== undefined)?.readAt ?? null,
      times.findLast(({ sweptAt }) => sweptAt !== undefined)?.sweptAt ?? null,
    ])
  await sql`
    INSERT INTO guild (guild_id, read_at, swept_at) SELECT * FROM ${table(COLUMNS, rows)} AS given WHERE true
    ON CONFLICT (guild_id) DO UPDATE SET
      read_at = coalesce(excluded.read_at, guild.read_at),
      swept_at = coalesce(excluded.swept_at, guild.swept_at)
    ${byDialect(({ updatesKnownGuild }) => updatesKnownGuild)}`.execute(transaction)
}
