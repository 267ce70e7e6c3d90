import { type Kysely, sql } from 'kysely'
import type { Operation } from '../../../core/operation.ts'
import type { Snowflake } from '../../../core/snowflake.ts'
import type { Schema } from '../schema.ts'

/** How many operations of each type are kept per guild. */
const MOST_KEPT = 50

/** Stores an operation, changes the setting that it changes, and deletes the oldest operations of its type. */
export async function recordOperation(
  db: Kysely<Schema>,
  guildId: Snowflake,
  { id, by, detail }: Operation,
): Promise<void> {
  const guild = BigInt(guildId)
  await db.transaction().execute(async (transaction) => {
    await transaction
      .insertInto('operation')
      .values({
        guild,
        id: BigInt(id),
        executor: BigInt(by),
        type: detail.type,
        detail: JSON.stringify(detail),
      })
      .onConflict((conflict) => conflict.doNothing())
      .execute()
    if (detail.type === 'time zone') {
      await transaction
        .insertInto('setting')
        .values({ guild, time_zone: detail.timeZone })
        .onConflict((conflict) => conflict.column('guild').doUpdateSet({ time_zone: detail.timeZone }))
        .execute()
    }
    await sql`
      DELETE FROM operation WHERE guild = ${guild} AND type = ${detail.type} AND id IN (
        SELECT id FROM operation WHERE guild = ${guild} AND type = ${detail.type}
        ORDER BY id DESC LIMIT -1 OFFSET ${MOST_KEPT}
      )`.execute(transaction)
  })
}
