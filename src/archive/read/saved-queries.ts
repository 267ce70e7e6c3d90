import { type Kysely, type RawBuilder, sql } from 'kysely'
import { type SavedQuery, savedQuerySchema } from '../../core/query/saved-query.ts'
import type { Snowflake } from '../../core/snowflake.ts'
import { position } from '../dialect-sql.ts'
import type { Schema } from '../schema.ts'

export async function readQuery(
  db: Kysely<Schema>,
  guildId: Snowflake,
  number: number,
): Promise<SavedQuery | undefined> {
  const row = await db
    .selectFrom('saved_query')
    .select('query')
    .where('guild_id', '=', BigInt(guildId))
    .where('number', '=', number)
    .executeTakeFirst()
  return row && parse(row)
}

/** The query that a member ran last. */
export async function lastQueryOf(
  db: Kysely<Schema>,
  guildId: Snowflake,
  askerId: Snowflake,
): Promise<SavedQuery | undefined> {
  const row = await db
    .selectFrom('saved_query')
    .select('query')
    .where('guild_id', '=', BigInt(guildId))
    .where(isAskedBy(askerId))
    .orderBy('asked_at', 'desc')
    .orderBy('number', 'desc')
    .limit(1)
    .executeTakeFirst()
  return row && parse(row)
}

/**
 * Whether a saved query is one of a member. It is compared as text: PostgreSQL reads no field of a JSON value that has the
 * character U+0000 or half a surrogate pair anywhere. A quote within a text is escaped, so that no text looks like it.
 */
export function isAskedBy(askerId: Snowflake): RawBuilder<boolean> {
  return sql`${position(sql`CAST(query AS TEXT)`, `"askerId":"${askerId}"`)} > 0`
}

function parse({ query }: { query: string }): SavedQuery {
  return savedQuerySchema.parse(JSON.parse(query))
}
