import { dirname } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import { type Kysely, sql } from 'kysely'
import type { VacuumScope } from '../../../core/archive.ts'
import { removeUnfinished } from '../file/publish.ts'
import { requireRoom } from '../file/require-free-space.ts'
import { type Schema, ERASURE_STAGE } from '../schema.ts'
import { isErasing } from './erasures.ts'

type Db = Kysely<Schema>

/** How often, and how far apart in milliseconds, it is tried while a search or a backup is reading. */
const TRIES = 40
const PAUSE = 50

/** How large a copy certainly stays in the writer's cache, in bytes. */
const IN_MEMORY = 50 * 2 ** 20

/**
 * Wipes off the disk what was erased. SQLite overwrites what it deletes, but what it wrote earlier stands in the
 * write-ahead log until that is emptied; and where a page was split, a copy can stand in the unused middle of the
 * other half, which only writing the file anew gets rid of. That takes the writer some seconds for each gigabyte, and
 * is left out where no erasure waits for it.
 * https://sqlite.org/pragma.html#pragma_secure_delete
 * @returns whether nothing is left of it, and for that the log is empty: it is not where somebody reads all the time
 * @throws Error when the file cannot be written anew: it needs as much room twice as it takes
 */
export async function vacuum(db: Db, of: VacuumScope): Promise<boolean> {
  if (of === 'the log') return emptied(db)
  if (!(await isErasing(db))) return true
  try {
    await rewrite(db)
  } catch (error) {
    // What a rewriting that failed wrote fills the disk until the log is emptied.
    await emptyLog(db).catch(() => false)
    throw error
  }
  return emptied(db)
}

/** Tries once to empty the write-ahead log, without waiting for readers. What waited for that alone is settled. */
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

async function emptied(db: Db): Promise<boolean> {
  for (let tries = 1; !(await emptyLog(db)); tries++) {
    if (tries === TRIES) return false
    await sleep(PAUSE)
  }
  return true
}

/** Writes the file anew if an erasure waits for it. Nobody else writes meanwhile, so that what it covers is certain. */
async function rewrite(db: Db): Promise<void> {
  await db.connection().execute(async (writer) => {
    const due = await writer
      .selectFrom('forgotten')
      .select('pending')
      .where('pending', 'in', [ERASURE_STAGE.confirmed, ERASURE_STAGE.rewrite])
      .limit(1)
      .executeTakeFirst()
    if (!due) return
    const file = await fileOf(writer)
    // A backup that was killed left a copy.
    if (file) removeUnfinished(dirname(file))
    // What the log still holds must not need room in the file once a rewriting that failed has filled the disk.
    await truncateLog(writer)
    if (file) await requireRoom(dirname(file), await roomToRewrite(writer))
    await useFileForCopy(writer, file)
    try {
      await sql`VACUUM`.execute(writer)
    } finally {
      await sql`PRAGMA temp_store = memory`.execute(writer)
    }
    await advance(writer, ERASURE_STAGE.rewrite, ERASURE_STAGE.emptyLog)
  })
}

/**
 * The copy that is made on the way is as large as the archive: it goes to the disk, not into memory, and beside the
 * archive, because the disk of temporary files is often small and may not be private. On Unix, SQLite unlinks the file
 * as soon as it is open. https://sqlite.org/tempfiles.html#temporary_file_storage_locations
 */
async function useFileForCopy(writer: Db, file: string): Promise<void> {
  await sql`PRAGMA temp_store = file`.execute(writer)
  if (file) await sql`PRAGMA temp_store_directory = ${sql.lit(dirname(file))}`.execute(writer)
}

/** The path of the archive's file; empty where it is in memory. */
async function fileOf(writer: Db): Promise<string> {
  const { rows } = await sql<{ name: string; file: string }>`PRAGMA database_list`.execute(writer)
  return rows.find(({ name }) => name === 'main')?.file ?? ''
}

/** How many bytes writing the file anew takes besides: the log of writes, and a copy unless memory has room for it. */
async function roomToRewrite(writer: Db): Promise<number> {
  const { rows } = await sql<{ bytes: number }>`
    SELECT (page_count - freelist_count) * page_size AS bytes
    FROM pragma_page_count, pragma_freelist_count, pragma_page_size`.execute(writer)
  const bytes = rows[0]?.bytes ?? 0
  return bytes < IN_MEMORY ? bytes : 2 * bytes
}

async function advance(writer: Db, from: number, to: number): Promise<void> {
  await writer.updateTable('forgotten').set({ pending: to }).where('pending', '=', from).execute()
}
