import { existsSync, statSync } from 'node:fs'
import { dirname } from 'node:path'
import { DatabaseSync } from 'node:sqlite'
import { codeOf, messageOf, OperatorError } from '../../../core/errors.ts'
import { migrations } from '../migrations/index.ts'
import { readSchema, requireKnown } from './inspect.ts'
import { cannotOpen } from './open-errors.ts'
import { publish } from './publish.ts'
import { requireRegularFile, requireSingleName } from './real-path.ts'
import { missingFrom } from './require-complete.ts'

/** A copy of an archive: its size in bytes and how many entries it has. */
export interface Copy {
  readonly bytes: number
  readonly entries: number
}

/**
 * Copies an archive, to which a bot may be writing, as it is at one moment. The copy is readable by its owner only and
 * gets its name when it is complete. https://sqlite.org/lang_vacuum.html#vacuuminto
 * @throws OperatorError when there is no archive, a newer version wrote it, the name of the copy is taken, or the copy
 * cannot be written
 */
export async function backUp(path: string, copyPath: string): Promise<Copy> {
  if (!existsSync(path)) {
    throw new OperatorError(`There is no archive ${path}. Set DATABASE_URL as it is set for the bot.`)
  }
  const archive = openReadOnly(path)
  try {
    requireKnown(path, readSchema(archive), Object.keys(migrations))
    if (existsSync(copyPath)) throw existsError(copyPath)
    const folder = dirname(copyPath)
    if (!existsSync(folder))
      throw new OperatorError(`There is no folder ${folder}. Create it, or choose another.`)
    return await publish(copyPath, (file) => {
      archive.prepare('VACUUM INTO ?').run(file)
      return check(file)
    })
  } catch (error) {
    if (error instanceof OperatorError) throw error
    if (codeOf(error) === 'EEXIST') throw existsError(copyPath, error)
    throw new OperatorError(`The copy ${copyPath} could not be written: ${messageOf(error)}.`, {
      cause: error,
    })
  } finally {
    archive.close()
  }
}

function openReadOnly(path: string): DatabaseSync {
  try {
    requireRegularFile(path)
    requireSingleName(path)
    const archive = new DatabaseSync(path, { readOnly: true, timeout: 5000 })
    archive.prepare('SELECT 1 FROM kysely_migration, entry LIMIT 1').get()
    return archive
  } catch (error) {
    throw error instanceof OperatorError ? error : cannotOpen(path, error)
  }
}

function existsError(copyPath: string, cause?: unknown): OperatorError {
  return new OperatorError(`The file ${copyPath} already exists and is left as it is. Choose another name.`, {
    cause,
  })
}

async function check(path: string): Promise<Copy> {
  const copy = new DatabaseSync(path, { readOnly: true })
  try {
    const { quick_check: found } = copy.prepare('PRAGMA quick_check(1)').get() ?? {}
    if (found !== 'ok') throw new Error(`it is damaged (${found})`)
    const missing = await missingFrom(readSchema(copy))
    if (missing !== undefined) throw new Error(`the archive is damaged: its ${missing} is missing`)
    const { entries } = copy.prepare('SELECT ifnull(sum(entries), 0) AS entries FROM daily').get() ?? {}
    return { bytes: statSync(path).size, entries: Number(entries) }
  } finally {
    copy.close()
  }
}
