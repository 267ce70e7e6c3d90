import { dirname } from 'node:path'
import { DatabaseSync } from 'node:sqlite'
import { OperatorError } from '../../../core/errors.ts'
import { createFolder } from '../../create-folder.ts'
import { cannotOpen } from './open-errors.ts'
import { createPrivateFile } from './private-file.ts'

/**
 * Locks an archive for this process and creates its folder.
 * @param path with all links resolved
 * @returns a function that unlocks it
 * @throws OperatorError when another process has locked it, or no file can be created there
 */
export function lockArchive(path: string): () => void {
  const release = createLock(path)
  if (release) return release
  throw new OperatorError(
    `The archive ${path} is in use by another Custos. Stop that one first, or set DATABASE_URL to another file.`,
  )
}

function createLock(path: string): (() => void) | undefined {
  try {
    createFolder(dirname(path))
    return lockBeside(path)
  } catch (error) {
    throw cannotOpen(path, error)
  }
}

/**
 * Locks a small file beside a file. The operating system holds the lock, so it ends with the process, and a lock file
 * that was left behind locks nobody out.
 * @returns a function that unlocks it; undefined if another process has the lock
 * @throws Error when the lock file cannot be created or opened
 */
export function lockBeside(path: string): (() => void) | undefined {
  createPrivateFile(`${path}.lock`)
  const file = new DatabaseSync(`${path}.lock`, { timeout: 0 })
  try {
    file.exec('PRAGMA locking_mode = exclusive; BEGIN EXCLUSIVE')
  } catch (error) {
    file.close()
    if (error instanceof Error && error.message === 'database is locked') return undefined
    throw error
  }
  return () => {
    if (file.isOpen) file.close()
  }
}
