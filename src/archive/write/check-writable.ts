import type { Kysely } from 'kysely'
import type { Schema } from '../schema.ts'

/** The id of no guild. */
const NO_GUILD = -1n

/**
 * Writes a row and deletes it in the same transaction, so that the database has to write to its disk and nobody sees it.
 * @throws Error when the archive cannot be written
 */
export async function checkWritable(db: Kysely<Schema>): Promise<void> {
  await db.transaction().execute(async (transaction) => {
    // Another process may do the same at this moment.
    await transaction
      .insertInto('setting')
      .values({ guild_id: NO_GUILD, asked: 0 })
      .onConflict((conflict) => conflict.doNothing())
      .execute()
    await transaction.deleteFrom('setting').where('guild_id', '=', NO_GUILD).execute()
  })
}
