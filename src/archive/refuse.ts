import { accessSync, constants, existsSync, statSync } from 'node:fs'
import { DatabaseSync } from 'node:sqlite'
import { pathToFileURL } from 'node:url'
import { DEFAULT_MIGRATION_TABLE } from 'kysely/migration'
import { OperatorError } from '../core/operator-error.ts'
import { cannotOpen, damaged } from './cannot-open.ts'
import { type FileLength, lengthOf, sizeOf } from './file-length.ts'
import { pagesInLog } from './log-pages.ts'

/** What a file says of itself: the migrations it has been through, and what of a schema it has. */
export interface Found {
  readonly migrations: readonly string[]
  readonly schema: ReadonlySet<string>
}

/**
 * Looks at what lies where the archive should be, before anything may write to it.
 * @param known the migrations of this version
 * @returns undefined when there is nothing yet, or a file that holds nothing
 * @throws OperatorError when it is not an archive that this version can read whole
 */
export function inspect(path: string, known: readonly string[]): Found | undefined {
  try {
    if (!existsSync(path)) return undefined
    if (statSync(path).isDirectory()) throw new Error('it is a folder')
    accessSync(path, constants.R_OK | constants.W_OK)
    if (sizeOf(`${path}-journal`) > 0) takeBack(path)
    return look(path, known)
  } catch (error) {
    throw error instanceof OperatorError ? error : cannotOpen(path, error)
  }
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

function look(path: string, known: readonly string[]): Found | undefined {
  const log = `${path}-wal`
  if (sizeOf(path) === 0) {
    if (sizeOf(log) > 0) throw cutShort(path)
    return undefined
  }
  const length = lengthOf(path)
  if (length === undefined) throw new Error('it is no database')
  if (!isWhole(length, pagesInLog(log))) throw cutShort(path)
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
function isWhole({ pages, declared }: FileLength, inLog: ReadonlySet<number>): boolean {
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

function read(database: DatabaseSync, path: string, known: readonly string[]): Found | undefined {
  const schema = new Set(
    database
      .prepare('SELECT name FROM sqlite_schema')
      .all()
      .map(({ name }) => String(name)),
  )
  if (schema.size === 0) return undefined
  if (!schema.has(DEFAULT_MIGRATION_TABLE)) {
    throw new OperatorError(
      `The file ${path} is the database of another program. Set DATABASE_URL to another file.`,
    )
  }
  const migrations = database
    .prepare(`SELECT name FROM ${DEFAULT_MIGRATION_TABLE} ORDER BY name`)
    .all()
    .map(({ name }) => String(name))
  if (migrations.some((name) => !known.includes(name))) {
    throw new OperatorError(
      `The archive ${path} was written by a newer Custos. Run that version, or set DATABASE_URL to another file.`,
    )
  }
  return { migrations, schema }
}
