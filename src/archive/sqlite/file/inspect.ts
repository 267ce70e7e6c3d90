import { accessSync, constants, existsSync } from 'node:fs'
import { DatabaseSync } from 'node:sqlite'
import { pathToFileURL } from 'node:url'
import { DEFAULT_MIGRATION_TABLE } from 'kysely/migration'
import { OperatorError } from '../../../core/errors.ts'
import { type FileLength, leftBeside, lengthOf, sizeOf } from './file-length.ts'
import { cannotOpen, damaged } from './open-errors.ts'
import { requireRegularFile, requireSingleName } from './real-path.ts'
import { pagesInWal } from './wal-pages.ts'

/** The migrations that an archive has been through, and the names in its schema. */
export interface Found {
  readonly migrations: readonly string[]
  readonly schema: ReadonlySet<string>
}

/**
 * Inspects the file at an archive's path before anything writes to it.
 * @param path with all links resolved
 * @param known the migrations of this version
 * @returns undefined if there is no file yet
 * @throws OperatorError when the file is not a complete archive that this version can read
 */
export function inspect(path: string, known: readonly string[]): Found | undefined {
  try {
    if (!existsSync(path)) {
      requireNoWal(path)
      return undefined
    }
    requireRegularFile(path)
    requireSingleName(path)
    accessSync(path, constants.R_OK | constants.W_OK)
    if (sizeOf(`${path}-journal`) > 0) rollBack(path)
    return inspectFile(path, known)
  } catch (error) {
    throw error instanceof OperatorError ? error : cannotOpen(path, error)
  }
}

/** SQLite would write into a new archive what the log of another one contains. */
function requireNoWal(path: string): void {
  const log = leftBeside(path)
  if (log === undefined) return
  throw new OperatorError(
    `The archive ${path} is missing, but ${log} is there, which belongs to it. Put the archive back, or remove ${log} ` +
      'to create a new one.',
  )
}

/** Lets SQLite roll back what a killed process had begun to write. */
function rollBack(path: string): void {
  const database = new DatabaseSync(path, { timeout: 5000 })
  try {
    database.prepare('SELECT count(*) FROM sqlite_schema').get()
  } finally {
    database.close()
  }
}

function inspectFile(path: string, known: readonly string[]): Found {
  const log = `${path}-wal`
  if (sizeOf(path) === 0) throw sizeOf(log) > 0 ? cutShort(path) : emptyFile(path)
  const length = lengthOf(path)
  if (length === undefined) throw new Error('it is not a database')
  if (!length.usesWal && sizeOf(log) > 0) throw otherLog(path, log)
  if (!isComplete(length, log)) throw cutShort(path)
  const database = new DatabaseSync(existsSync(log) ? path : immutable(path), {
    readOnly: true,
    timeout: 5000,
  })
  try {
    return requireOwnSchema(database, path, known)
  } finally {
    database.close()
  }
}

/**
 * Whether every page is there, in the file or in the write-ahead log: a process that was killed while it moved pages from
 * the log leaves a file without some of them.
 */
function isComplete({ pages, declared }: FileLength, log: string): boolean {
  if (pages >= declared) return true
  const inWal = pagesInWal(log)
  for (let page = pages + 1; page <= declared; page++) if (!inWal.has(page)) return false
  return true
}

/** A URL that makes SQLite read the file without creating files beside it. https://sqlite.org/c3ref/open.html */
export function immutable(path: string): URL {
  const url = pathToFileURL(path)
  url.searchParams.set('immutable', '1')
  return url
}

function cutShort(path: string): OperatorError {
  return damaged(path, 'its end is missing')
}

/** SQLite would write into a restored backup what the log of the archive it replaced contains. */
function otherLog(path: string, log: string): OperatorError {
  return new OperatorError(
    `The archive ${path} was put there after ${log} was written, which belongs to another one. Remove ${log}, and ` +
      'start Custos again.',
  )
}

/** A new archive gets its name after its tables, so an empty file was truncated, or never was an archive. */
function emptyFile(path: string): OperatorError {
  return new OperatorError(
    `The file ${path} is empty. It is left as it is, because it may have been an archive. Put a backup in its place, or ` +
      'remove it to create a new archive.',
  )
}

function requireOwnSchema(database: DatabaseSync, path: string, known: readonly string[]): Found {
  const found = readSchema(database)
  if (found.schema.size === 0) throw emptyFile(path)
  if (!found.schema.has(DEFAULT_MIGRATION_TABLE)) {
    throw new OperatorError(
      `The file ${path} is the database of another program. Set DATABASE_URL to another file.`,
    )
  }
  requireKnown(path, found, known)
  return found
}

/** @throws OperatorError when a newer version wrote the archive */
export function requireKnown(path: string, { migrations }: Found, known: readonly string[]): void {
  if (migrations.every((name) => known.includes(name))) return
  throw new OperatorError(
    `The archive ${path} was written by a newer Custos. Run that version, or set DATABASE_URL to another file.`,
  )
}

/** Reads the migrations and the schema of a database. */
export function readSchema(database: DatabaseSync): Found {
  const schema = new Set(
    database
      .prepare('SELECT name FROM sqlite_schema')
      .all()
      .map(({ name }) => String(name)),
  )
  if (!schema.has(DEFAULT_MIGRATION_TABLE)) return { migrations: [], schema }
  const migrations = database
    .prepare(`SELECT name FROM ${DEFAULT_MIGRATION_TABLE} ORDER BY name`)
    .all()
    .map(({ name }) => String(name))
  return { migrations, schema }
}
