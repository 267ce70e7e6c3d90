import { type Kysely, sql } from 'kysely'
import type { SavedQuery } from '../../core/query/saved-query.ts'
import { compareIds, type Snowflake } from '../../core/snowflake.ts'
import { table } from '../dialect-sql.ts'
import type { Schema } from '../schema.ts'
import { inTransaction, lockGuilds } from '../transaction.ts'
import { markAsked } from './settings.ts'

/** A query and the number it is found by. */
type NumberedQuery = readonly [number: number, query: SavedQuery]

const COLUMNS = { number: 'bigint', guild_id: 'bigint', asked_at: 'bigint', query: 'json' } as const

/** Writes all queries or none. A query that is there already stays as it is. */
export async function insertQueries(db: Kysely<Schema>, queries: readonly NumberedQuery[]): Promise<void> {
  const byGuild = [...Map.groupBy(queries, ([, { guildId }]) => guildId)].sort(([a], [b]) => compareIds(a, b))
  await inTransaction(db, async (transaction) => {
    for (const [guildId, ofGuild] of byGuild) {
      await lockGuilds(transaction, [{ guildId }])
      const rows = ofGuild.map(([number, query]) => [number, guildId, query.askedAt, JSON.stringify(query)])
      await sql`
        INSERT INTO saved_query (number, guild_id, asked_at, query) SELECT * FROM ${table(COLUMNS, rows)} AS asked
        WHERE true ON CONFLICT DO NOTHING`.execute(transaction)
      await markAsked(transaction, guildId)
    }
  })
}

/** @returns whether the query was there */
export async function deleteQuery(db: Kysely<Schema>, guildId: Snowflake, number: number): Promise<boolean> {
  const { numDeletedRows } = await db
    .deleteFrom('saved_query')
    .where('guild_id', '=', BigInt(guildId))
    .where('number', '=', number)
    .executeTakeFirstOrThrow()
  return numDeletedRows > 0n
}
