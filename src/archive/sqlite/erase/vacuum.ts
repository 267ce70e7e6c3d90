import { dirname } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import { type Kysely, sql } from 'kysely'
import type { VacuumScope } from '../../../core/erasure.ts'
import { isErasing } from '../../erase/erasures.ts'
import { ERASURE_STAGE, type Schema } from '../../schema.ts'
import { removeUnfinished } from '../file/publish.ts'
import { requireFreeSpace } from '../file/require-free-space.ts'

type Db = Kysely<Schema>

/** How often, and how far apart in milliseconds, emptying the log is tried while a search or a backup is reading. */
const TRIES = 40
const RETRY_DELAY = 50

/** A copy up to this size in bytes stays in the writer's cache. */
const CACHED_COPY = 50 * 2 ** 20

/**
 * Removes erased content from the disk. SQLite overwrites what it deletes, but earlier writes stay in the write-ahead log
 * until that is emptied; and when a page was split, a copy can stay in the unused part of the other half, which only a
 * VACUUM removes. A VACUUM takes the writer some seconds for each gigabyte, and is left out if no erasure waits for it.
 * https://sqlite.org/pragma.html#pragma_secure_delete
 * @returns whether nothing is left and the log is empty; it cannot be emptied while somebody reads all the time
 * @throws Error when the VACUUM fails: it needs free space of twice the file's size
 */
export async function vacuum(db: Db, scope: VacuumScope): Promise<boolean> {
  if (scope === 'log') return keepEmptying(db)
  if (!(await isErasing(db))) return true
  try {
    await vacuumFile(db)
  } catch (error) {
    // What the failed VACUUM wrote fills the disk until the log is emptied.
    await emptyLog(db).catch(() => false)
    throw error
  }
  return keepEmptying(db)
}

/** Tries once to empty the write-ahead log, without waiting for readers. Erasures that only waited for that are settled. */
export async function emptyLog(db: Db): Promise<boolean> {
  return db.connection().execute(async (writer) => {
    if (!(await truncateLog(writer))) return false
    await advance(writer, ERASURE_STAGE.emptyLog, ERASURE_STAGE.settled)
    return true
  })
}

async function truncateLog(writer: Db): Promise<boolean> {
  const { rows: before } = await sql<{ timeout: number }>`PRAGMA busy_timeout`.execute(writer)
  await sql`PRAGMA busy_timeout = 0`.execute(writer)
  try {
    const { rows } = await sql<{ busy: number }>`PRAGMA wal_checkpoint(truncate)`.execute(writer)
    return rows[0]?.busy === 0
  } finally {
    await sql`PRAGMA busy_timeout = ${sql.lit(before[0]?.timeout ?? 0)}`.execute(writer)
  }
}

async function keepEmptying(db: Db): Promise<boolean> {
  for (let tries = 1; !(await emptyLog(db)); tries++) {
    if (tries === TRIES) return false
    await sleep(RETRY_DELAY)
  }
  return true
}

/** Runs VACUUM if an erasure waits for it. It holds the writer, so that no erasure can begin meanwhile. */
async function vacuumFile(db: Db): Promise<void> {
  await db.connection().execute(async (writer) => {
    const due = await writer
      .selectFrom('erasure')
      .select('stage')
      .where('stage', 'in', [ERASURE_STAGE.confirmed, ERASURE_STAGE.vacuum])
      .limit(1)
      .executeTakeFirst()
    if (!due) return
    const file = await fileOf(writer)
    // A backup that was killed may have left a copy.
    if (file) removeUnfinished(dirname(file))
    // Moved into the file first, so that it needs no space later, should the VACUUM fill the disk.
    await truncateLog(writer)
    if (file) await requireFreeSpace(dirname(file), await spaceForVacuum(writer))
    await copyToFile(writer, file)
    try {
      await sql`VACUUM`.execute(writer)
    } finally {
      await sql`PRAGMA temp_store = memory`.execute(writer)
    }
    await advance(writer, ERASURE_STAGE.vacuum, ERASURE_STAGE.emptyLog)
  })
}

/**
 * VACUUM makes a copy as large as the archive. It goes to the disk, not into memory, and beside the archive, because the
 * disk of temporary files is often small and may not be private. On Unix, SQLite unlinks the file as soon as it is open.
 * https://sqlite.org/tempfiles.html#temporary_file_storage_locations
 */
async function copyToFile(writer: Db, file: string): Promise<void> {
  await sql`PRAGMA temp_store = file`.execute(writer)
  if (file) await sql`PRAGMA temp_store_directory = ${sql.lit(dirname(file))}`.execute(writer)
}

/** The path of the archive's file; empty when it is in memory. */
async function fileOf(writer: Db): Promise<string> {
  const { rows } = await sql<{ name: string; file: string }>`PRAGMA database_list`.execute(writer)
  return rows.find(({ name }) => name === 'main')?.file ?? ''
}

/** How many bytes VACUUM needs: for the write-ahead log, and for a copy unless it fits the cache. */
async function spaceForVacuum(writer: Db): Promise<number> {
  const { rows } = await sql<{ bytes: number }>`
    SELECT (page_count - freelist_count) * page_size AS bytes
    FROM pragma_page_count, pragma_freelist_count, pragma_page_size`.execute(writer)
  const bytes = rows[0]?.bytes ?? 0
  return bytes < CACHED_COPY ? bytes : 2 * bytes
}

async function advance(writer: Db, from: number, to: number): Promise<void> {
  await writer.updateTable('erasure').set({ stage: to }).where('stage', '=', from).execute()
}
