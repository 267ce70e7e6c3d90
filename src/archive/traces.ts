import { setTimeout as sleep } from 'node:timers/promises'
import { type Kysely, sql } from 'kysely'
import type { Traces } from '../core/archive.ts'
import type { Schema } from './schema.ts'

/** How often, and how far apart in milliseconds, it is tried while a search or a backup is reading. */
const TRIES = 100
const PAUSE = 50

/**
 * Wipes off the disk what was erased. SQLite overwrites what it deletes, but what it wrote earlier stands in the
 * write-ahead log until that is emptied; and where a page was split, a copy can stand in the unused middle of the
 * other half, which only writing the file anew gets rid of. That takes the writer some seconds for each gigabyte.
 * https://sqlite.org/pragma.html#pragma_secure_delete
 * @returns whether the log is empty: it is not where somebody reads all the time
 */
export async function wipeTraces(db: Kysely<Schema>, of: Traces): Promise<boolean> {
  if (of === 'the file') await rewrite(db)
  for (let tries = 0; tries < TRIES; tries++) {
    if (await emptyLog(db)) return true
    await sleep(PAUSE)
  }
  return false
}

/** The copy that is made on the way is as large as the archive: it goes to the disk, not into memory. */
async function rewrite(db: Kysely<Schema>): Promise<void> {
  await db.connection().execute(async (writer) => {
    await sql`PRAGMA temp_store = file`.execute(writer)
    try {
      await sql`VACUUM`.execute(writer)
    } finally {
      await sql`PRAGMA temp_store = memory`.execute(writer)
    }
  })
}

/** Without waiting for readers, or the writer would wait too. */
async function emptyLog(db: Kysely<Schema>): Promise<boolean> {
  return db.connection().execute(async (writer) => {
    await sql`PRAGMA busy_timeout = 0`.execute(writer)
    try {
      const { rows } = await sql<{ busy: number }>`PRAGMA wal_checkpoint(truncate)`.execute(writer)
      return rows[0]?.busy === 0
    } finally {
      await sql`PRAGMA busy_timeout = 5000`.execute(writer)
    }
  })
}
