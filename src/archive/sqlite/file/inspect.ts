import { accessSync, constants, existsSync } from 'node:fs'
import { DatabaseSync } from 'node:sqlite'
import { pathToFileURL } from 'node:url'
import { DEFAULT_MIGRATION_TABLE } from 'kysely/migration'
import { OperatorError } from '../../../core/operator-error.ts'
import { type FileLength, leftBeside, lengthOf, sizeOf } from './file-length.ts'
import { cannotOpen, damaged } from './open-errors.ts'
import { requireRegularFile, requireSingleName } from './real-path.ts'
import { pagesInWal } from './wal-pages.ts'

/** What a file says of itself: the migrations it has been through, and what of a schema it has. */
export interface Found {
  readonly migrations: readonly string[]
  readonly schema: ReadonlySet<string>
}

/**
 * Looks at what lies where the archive should be, before anything may write to it.
 * @param known the migrations of this version
 * @param path where it really is, past all links
 * @returns undefined when there is nothing yet
 * @throws OperatorError when it is not an archive that this version can read whole
 */
export function inspect(path: string, known: readonly string[]): Found | undefined {
  try {
    if (!existsSync(path)) {
      refuseLeftBehind(path)
      return undefined
    }
    requireRegularFile(path)
    requireSingleName(path)
    accessSync(path, constants.R_OK | constants.W_OK)
    if (sizeOf(`${path}-journal`) > 0) takeBack(path)
    return look(path, known)
  } catch (error) {
    throw error instanceof OperatorError ? error : cannotOpen(path, error)
  }
}

/** Into a new archive SQLite would write what a log of another one holds. */
function refuseLeftBehind(path: string): void {
  const log = leftBeside(path)
  if (log === undefined) return
  throw new OperatorError(
    `The archive ${path} is missing, but ${log} is there, which belongs to it. Put the archive back, or remove ${log} ` +
      'to begin a new one.',
  )
}

/** Lets SQLite take back what a killed process had begun to write, which makes the file whole again. */
function takeBack(path: string): void {
  const database = new DatabaseSync(path, { timeout: 5000 })
  try {
    database.prepare('SELECT count(*) FROM sqlite_schema').get()
  } finally {
    database.close()
  }
}

function look(path: string, known: readonly string[]): Found {
  const log = `${path}-wal`
  if (sizeOf(path) === 0) throw sizeOf(log) > 0 ? cutShort(path) : empty(path)
  const length = lengthOf(path)
  if (length === undefined) throw new Error('it is no database')
  if (!length.hasLog && sizeOf(log) > 0) throw foreignLog(path, log)
  if (!isWhole(length, log)) throw cutShort(path)
  const database = new DatabaseSync(existsSync(log) ? path : untouched(path), {
    readOnly: true,
    timeout: 5000,
  })
  try {
    return read(database, path, known)
  } finally {
    database.close()
  }
}

/**
 * Whether every page is there. One who was killed while moving pages out of the log of writes leaves a file that is
 * short of some which the log still has.
 */
function isWhole({ pages, declared }: FileLength, log: string): boolean {
  if (pages >= declared) return true
  const inLog = pagesInWal(log)
  for (let page = pages + 1; page <= declared; page++) if (!inLog.has(page)) return false
  return true
}

/** A file that nobody writes to is read without as much as a file beside it. https://sqlite.org/c3ref/open.html */
function untouched(path: string): URL {
  const url = pathToFileURL(path)
  url.searchParams.set('immutable', '1')
  return url
}

function cutShort(path: string): OperatorError {
  return damaged(path, 'its end is missing')
}

/** SQLite would write into a backup what a log holds that the archive which it replaced has left. */
function foreignLog(path: string, log: string): OperatorError {
  return new OperatorError(
    `The archive ${path} was put there since ${log} was written, which belongs to another one. Remove ${log}, and ` +
      'start Custos again.',
  )
}

/** A new archive has its tables before it has its name, so that one without was cut off, or emptied since. */
function empty(path: string): OperatorError {
  return new OperatorError(
    `The file ${path} is empty. It is left as it is, since it may have been an archive. Put a backup in its place, or ` +
      'remove it to begin a new archive.',
  )
}

function read(database: DatabaseSync, path: string, known: readonly string[]): Found {
  const { migrations, schema } = describe(database)
  if (schema.size === 0) throw empty(path)
  if (!schema.has(DEFAULT_MIGRATION_TABLE)) {
    throw new OperatorError(
      `The file ${path} is the database of another program. Set DATABASE_URL to another file.`,
    )
  }
  if (migrations.some((name) => !known.includes(name))) {
    throw new OperatorError(
      `The archive ${path} was written by a newer Custos. Run that version, or set DATABASE_URL to another file.`,
    )
  }
  return { migrations, schema }
}

/** What a database says of itself. */
export function describe(database: DatabaseSync): Found {
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
