import { existsSync } from 'node:fs'
import { dirname } from 'node:path'
import { type Kysely, sql } from 'kysely'
import { OperatorError } from '../../core/errors.ts'
import { UNFINISHED_MOVE, unfinishedMove } from '../move/mark.ts'
import { type MoveDatabase, type MoveUse, requireOther } from '../move/move-database.ts'
import type { Schema } from '../schema.ts'
import { NUMBERS } from '../write/saved-query-store.ts'
import { openInProcess } from './connection/in-process.ts'
import { createArchiveFile } from './file/ensure-archive.ts'
import { leftBeside } from './file/file-length.ts'
import { immutable, inspect } from './file/inspect.ts'
import { lockArchive } from './file/lock.ts'
import { cannotOpen } from './file/open-errors.ts'
import { realPathOf } from './file/real-path.ts'
import { requireComplete } from './file/require-complete.ts'
import { migrate } from './migrate.ts'
import { migrations } from './migrations/index.ts'
import { lastNumber, setLastNumber } from './reserve-numbers.ts'

/**
 * Opens the file of an archive for a move, and locks it meanwhile. A source is only read; a target is created if it is
 * missing.
 * @throws OperatorError when a Custos has it open, or it is no archive of this version
 */
export async function useFile<Result>(
  path: string,
  use: MoveUse,
  work: (database: MoveDatabase) => Promise<Result>,
): Promise<Result> {
  if (path === ':memory:')
    throw new OperatorError('sqlite::memory: stores nothing on disk, so there is nothing to move.')
  const { role } = use
  const file = locate(path)
  requireOther(identityOf(file), use)
  if (role === 'source' && !existsSync(file)) throw new OperatorError(`There is no archive ${file} to move.`)
  const unlock = lockArchive(file)
  try {
    const found = inspect(file, Object.keys(migrations))
    if (!found) await createArchiveFile(file)
    const isMarked = found?.schema.has(UNFINISHED_MOVE) ?? false
    if (found && role === 'source' && isMarked) throw unfinishedMove(file)
    if (found && found.migrations.length < Object.keys(migrations).length) throw olderThanThis(file)
    if (found && !isMarked) await requireComplete(file, found)
    const db = role === 'source' ? openSource(file) : await openTarget(file)
    try {
      return await db.connection().execute((connection) => work(databaseOn(connection, file, isMarked)))
    } finally {
      // Closing moves the write-ahead log into the file.
      await db.destroy()
    }
  } catch (error) {
    throw isFromSqlite(error) ? cannotOpen(file, error) : error
  } finally {
    unlock()
  }
}

function locate(path: string): string {
  try {
    return realPathOf(path)
  } catch (error) {
    throw cannotOpen(path, error)
  }
}

function identityOf(file: string): string {
  return `sqlite:${file}`
}

function isFromSqlite(error: unknown): boolean {
  return error instanceof Error && 'code' in error && error.code === 'ERR_SQLITE_ERROR'
}

function olderThanThis(file: string): OperatorError {
  return new OperatorError(
    `The archive ${file} was last opened by an earlier version. Start this version of Custos on it once, which upgrades ` +
      'it, stop it, and move then.',
  )
}

/** Creates no file beside the archive, unless a killed process has left a write-ahead log, which is read too. */
function openSource(file: string): Kysely<Schema> {
  return openInProcess(leftBeside(file) === undefined ? immutable(file).href : file, { readOnly: true })
}

/** In kilobytes. Indexes are created in such a cache, and in files. */
const CACHE = 64_000

async function openTarget(file: string): Promise<Kysely<Schema>> {
  const db = openInProcess<Schema>(file)
  const pragmas = ['synchronous = normal', `cache_size = -${CACHE}`, 'temp_store = file']
  for (const pragma of pragmas) await sql`PRAGMA ${sql.raw(pragma)}`.execute(db)
  await sql`PRAGMA temp_store_directory = ${sql.lit(dirname(file))}`.execute(db)
  return db
}

function databaseOn(db: Kysely<Schema>, file: string, isMarked: boolean): MoveDatabase {
  return {
    db,
    name: file,
    identity: identityOf(file),
    isMarked,
    indexes: async () => {
      const { rows } = await sql<{ name: string; statement: string }>`
        SELECT name, sql AS statement FROM sqlite_schema WHERE type = 'index' AND sql IS NOT NULL`.execute(db)
      return rows
    },
    lastBlock: async () => Math.floor((await lastNumber(db)) / NUMBERS),
    reserveThrough: async (block) => {
      // Rows that were added with their numbers have raised it already.
      if ((await lastNumber(db)) < block * NUMBERS) await setLastNumber(db, block * NUMBERS)
    },
    finish: () => restoreStatistics(db),
  }
}

/**
 * An index that is dropped takes with it what the migrations say about its values, from which SQLite decides which index
 * it uses. https://sqlite.org/fileformat2.html#the_sqlite_stat1_table
 */
async function restoreStatistics(db: Kysely<Schema>): Promise<void> {
  const empty = openInProcess<Schema>(':memory:')
  try {
    await migrate(empty)
    const { rows } = await sql<{ tbl: string; idx: string | null; stat: string }>`
      SELECT tbl, idx, stat FROM sqlite_stat1`.execute(empty)
    await sql`DELETE FROM sqlite_stat1`.execute(db)
    for (const { tbl, idx, stat } of rows)
      await sql`INSERT INTO sqlite_stat1 (tbl, idx, stat) VALUES (${tbl}, ${idx}, ${stat})`.execute(db)
  } finally {
    await empty.destroy()
  }
}
