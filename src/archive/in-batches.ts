import type { Kysely } from 'kysely'
import type { Schema } from './schema.ts'

/** How long a batch may take, in milliseconds: the writes of other guilds wait for it. */
const BATCH_TIME = 10

/** Below the smallest size, batches would only be slower, because each is written to the disk by itself. */
const SMALLEST_SIZE = 20
const LARGEST_SIZE = 2000

/**
 * Does a long piece of work in batches, as large as they can be within `BATCH_TIME`, which depends on the disk. After
 * each batch other guilds have their turn, and that time does not count.
 * @param step does up to `size` items and returns how many it did; 0 when nothing is left
 * @returns how many items were done
 */
export async function inBatches(
  db: Kysely<Schema>,
  step: (connection: Kysely<Schema>, size: number) => Promise<number>,
): Promise<number> {
  let size = SMALLEST_SIZE
  let total = 0
  for (;;) {
    const { done, took } = await db.connection().execute(async (connection) => {
      const start = performance.now()
      return { done: await step(connection, size), took: performance.now() - start }
    })
    if (done === 0) return total
    total += done
    const fitting = (size * BATCH_TIME) / Math.max(took, 1)
    size = Math.round(Math.min(Math.max(fitting, SMALLEST_SIZE), size * 2, LARGEST_SIZE))
  }
}
