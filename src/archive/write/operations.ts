import { type Kysely, sql } from 'kysely'
import type { Operation } from '../../core/operation.ts'
import type { Snowflake } from '../../core/snowflake.ts'
import type { Schema } from '../schema.ts'
import { inGuild } from '../transaction.ts'
import { markAsked, setTimeZone } from './settings.ts'

/** How many operations of each type are kept per guild. */
const MOST_KEPT = 50

/** Stores an operation, with the setting that it changes. */
export async function recordOperation(
  db: Kysely<Schema>,
  guildId: Snowflake,
  operation: Operation,
): Promise<void> {
  await inGuild(db, guildId, (transaction) => insertOperation(transaction, guildId, operation))
}

/**
 * Stores an operation, with the setting that it changes, and deletes the oldest operations of its type. An operation that
 * changes nothing, because the setting is set already, is not stored.
 */
export async function insertOperation(
  transaction: Kysely<Schema>,
  guildId: Snowflake,
  { id, by, detail }: Operation,
): Promise<void> {
  const guild = BigInt(guildId)
  await markAsked(transaction, guildId)
  if (detail.type === 'time zone' && !(await setTimeZone(transaction, guildId, detail.timeZone, id))) return
  await transaction
    .insertInto('operation')
    .values({
      guild_id: guild,
      id: BigInt(id),
      executor: BigInt(by),
      type: detail.type,
      detail: JSON.stringify(detail),
    })
    .onConflict((conflict) => conflict.doNothing())
    .execute()
  await sql`
    DELETE FROM operation WHERE guild_id = ${guild} AND type = ${detail.type} AND id <= (
      SELECT id FROM operation WHERE guild_id = ${guild} AND type = ${detail.type}
      ORDER BY id DESC LIMIT 1 OFFSET ${MOST_KEPT}
    )`.execute(transaction)
}
