import { type Kysely, sql } from 'kysely'
import { type SavedQuery, savedQuerySchema } from '../../core/query/saved-query.ts'
import type { Snowflake } from '../../core/snowflake.ts'
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
    .where(sql<boolean>`query ->> 'askerId' = ${askerId}`)
    .orderBy('asked_at', 'desc')
    .orderBy('number', 'desc')
    .limit(1)
    .executeTakeFirst()
  return row && parse(row)
}

function parse({ query }: { query: string }): SavedQuery {
  return savedQuerySchema.parse(JSON.parse(query))
}
