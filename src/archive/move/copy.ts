import { setImmediate as nextTick } from 'node:timers/promises'
import type { Kysely } from 'kysely'
import type { Schema } from '../schema.ts'
import { insertRows, lastKeyOf, pagesOf } from './rows.ts'
import { MOVED_TABLES } from './tables.ts'

/**
 * Copies what the target does not have yet. Rows are written in the order of the key, so everything up to the last row of
 * a table is there.
 * @param onCopied called with how many more rows were copied
 */
export async function copyRows(
  source: Kysely<Schema>,
  target: Kysely<Schema>,
  onCopied: (rows: number) => void,
  signal?: AbortSignal,
): Promise<void> {
  for (const table of MOVED_TABLES) {
    let writing = Promise.resolve()
    for await (const page of pagesOf(source, table, await lastKeyOf(target, table))) {
      await writing
      signal?.throwIfAborted()
      writing = insertRows(target, table, page).then(() => onCopied(page.length))
      writing.catch(() => {})
      // A server gets the rows before SQLite, which is on this thread, reads the next.
      await nextTick()
    }
    await writing
  }
}
