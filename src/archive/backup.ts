import { closeSync, existsSync, openSync, rmSync, statSync } from 'node:fs'
import { DatabaseSync } from 'node:sqlite'
import { OperatorError } from '../core/operator-error.ts'
import { cannotOpen } from './cannot-open.ts'

/** A copy of an archive: its size in bytes, and how many entries it holds. */
export interface Copy {
  readonly bytes: number
  readonly entries: number
}

/**
 * Copies an archive as it is at one moment, while a bot may be writing to it, into a new file that only its owner
 * can read. https://sqlite.org/lang_vacuum.html#vacuuminto
 * @throws OperatorError when there is no archive, something is in the copy's place, or it cannot be written
 */
export function backUp(path: string, copyPath: string): Copy {
  if (!existsSync(path)) {
    throw new OperatorError(`There is no archive ${path}. Set DATABASE_URL as it is set for the bot.`)
  }
  const archive = openToRead(path)
  try {
    claimPlace(copyPath)
    archive.prepare('VACUUM INTO ?').run(copyPath)
    return check(copyPath)
  } catch (error) {
    if (error instanceof OperatorError) throw error
    rmSync(copyPath, { force: true })
    throw new OperatorError(`The copy ${copyPath} could not be written: ${reasonOf(error)}.`, {
      cause: error,
    })
  } finally {
    archive.close()
  }
}

function openToRead(path: string): DatabaseSync {
  try {
    const archive = new DatabaseSync(path, { readOnly: true, timeout: 5000 })
    archive.prepare('SELECT 1 FROM kysely_migration, entry LIMIT 1').get()
    return archive
  } catch (error) {
    throw cannotOpen(path, error)
  }
}

/** SQLite would write into an empty file that is there, and so nobody can put another into its place. */
function claimPlace(copyPath: string): void {
  try {
    closeSync(openSync(copyPath, 'wx', 0o600))
  } catch (error) {
    const exists = error instanceof Error && 'code' in error && error.code === 'EEXIST'
    throw new OperatorError(
      exists
        ? `The file ${copyPath} exists already, and is left as it is. Name another.`
        : `The copy ${copyPath} could not be written: ${reasonOf(error)}.`,
      { cause: error },
    )
  }
}

function check(copyPath: string): Copy {
  const copy = new DatabaseSync(copyPath, { readOnly: true })
  try {
    const { quick_check: found } = copy.prepare('PRAGMA quick_check(1)').get() ?? {}
    if (found !== 'ok') throw new Error(`it is damaged (${found})`)
    const { entries } = copy.prepare('SELECT ifnull(sum(entries), 0) AS entries FROM daily').get() ?? {}
    return { bytes: statSync(copyPath).size, entries: Number(entries) }
  } finally {
    copy.close()
  }
}

function reasonOf(error: unknown): string {
  return error instanceof Error ? error.message : String(error)
}
