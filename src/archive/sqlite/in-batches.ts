import { type Kysely, type RawBuilder, sql } from 'kysely'
import type { Schema } from './schema.ts'

/** How long one slice of a long piece of work may take, in milliseconds: whoever else writes waits for it. */
const SLICE = 10

/** Less at a time would only be slower: each slice is written to the disk by itself. */
const SMALLEST_SIZE = 20
const LARGEST_SIZE = 2000

/**
 * Does a long piece of work in slices as large as their time allows, which depends on the disk.
 * @param step does so much of it, and gives how much it did: nothing when all is done
 * @returns how much was done
 */
export async function inBatches(step: (size: number) => Promise<number>): Promise<number> {
  let size = SMALLEST_SIZE
  let sum = 0
  for (;;) {
    const began = performance.now()
    const done = await step(size)
    if (done === 0) return sum
    sum += done
    const fitting = (size * SLICE) / Math.max(performance.now() - began, 1)
    size = Math.round(Math.min(Math.max(fitting, SMALLEST_SIZE), size * 2, LARGEST_SIZE))
  }
}

/**
 * Removes the rows of a table that meet a condition, in slices.
 * @param key the columns that tell its rows apart
 * @returns how many went
 */
export function removeWhere(
  db: Kysely<Schema>,
  table: keyof Schema,
  key: readonly string[],
  condition: RawBuilder<unknown>,
): Promise<number> {
  const columns = sql.join(key.map((column) => sql.ref(column)))
  return inBatches(async (size) => {
    const { numAffectedRows = 0n } = await sql`
      DELETE FROM ${sql.table(table)} WHERE (${columns}) IN (
        SELECT ${columns} FROM ${sql.table(table)} WHERE ${condition} LIMIT ${size}
      )`.execute(db)
    return Number(numAffectedRows)
  })
}
