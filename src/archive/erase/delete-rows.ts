import { type Kysely, type RawBuilder, sql } from 'kysely'
import type { Snowflake } from '../../core/snowflake.ts'
import { inBatches } from '../in-batches.ts'
import type { Schema } from '../schema.ts'
import { inGuild } from '../transaction.ts'
import { addToSums, SUMMED_COLUMNS, type SummedEntry } from '../write/sums.ts'

/**
 * Deletes the rows of a guild that meet a condition, in batches.
 * @param key the columns of the table's primary key besides `guild_id`
 * @returns how many rows were deleted
 */
export function deleteWhere(
  db: Kysely<Schema>,
  guildId: Snowflake,
  table: Exclude<keyof Schema, 'guild'>,
  key: readonly string[],
  condition: RawBuilder<unknown>,
): Promise<number> {
  return inBatches(db, (connection, size) =>
    inGuild(connection, guildId, async (transaction) => {
      const { numAffectedRows = 0n } = await deletion(guildId, table, key, condition, size).execute(
        transaction,
      )
      return Number(numAffectedRows)
    }),
  )
}

/**
 * Deletes the entries of a guild that meet a condition, in batches, and subtracts them from the daily sums.
 * @returns how many entries were deleted
 */
export function deleteEntries(
  db: Kysely<Schema>,
  guildId: Snowflake,
  condition: RawBuilder<unknown>,
): Promise<number> {
  return inBatches(db, (connection, size) =>
    inGuild(connection, guildId, async (transaction) => {
      const { rows } = await sql<SummedEntry>`
        ${deletion(guildId, 'entry', ['id'], condition, size)} RETURNING ${SUMMED_COLUMNS}`.execute(
        transaction,
      )
      await addToSums(transaction, [], rows)
      return rows.length
    }),
  )
}

function deletion(
  guildId: Snowflake,
  table: keyof Schema,
  key: readonly string[],
  condition: RawBuilder<unknown>,
  size: number,
): RawBuilder<unknown> {
  const guild = BigInt(guildId)
  const columns = sql.join(['guild_id', ...key].map((column) => sql.ref(column)))
  return sql`
    DELETE FROM ${sql.table(table)} WHERE guild_id = ${guild} AND (${columns}) IN (
      SELECT ${columns} FROM ${sql.table(table)} WHERE guild_id = ${guild} AND ${condition} LIMIT ${size}
    )`
}
