import { mkdirSync } from 'node:fs'
import { dirname } from 'node:path'
import { DatabaseSync } from 'node:sqlite'
import { OperatorError } from '../core/operator-error.ts'
import { cannotOpen } from './cannot-open.ts'
import { createPrivately } from './private-file.ts'

/**
 * Claims an archive for this process, creating its folder. The claim is a lock the operating system holds on a
 * small file beside the archive, so it ends with the process however that ends, and a stale file never keeps
 * anybody out.
 * @returns a function that gives the claim up
 * @throws OperatorError when another process has it, or there can be no file in that place
 */
export function claim(path: string): () => void {
  const lock = lockFile(path)
  try {
    lock.exec('PRAGMA locking_mode = exclusive; BEGIN EXCLUSIVE')
  } catch (error) {
    lock.close()
    if (!(error instanceof Error) || error.message !== 'database is locked') throw cannotOpen(path, error)
    throw new OperatorError(
      `The archive ${path} is in use by another Custos. Stop that one first, or set DATABASE_URL to another file.`,
      { cause: error },
    )
  }
  return () => {
    if (lock.isOpen) lock.close()
  }
}

function lockFile(path: string): DatabaseSync {
  try {
    mkdirSync(dirname(path), { recursive: true, mode: 0o700 })
    createPrivately(`${path}.lock`)
    return new DatabaseSync(`${path}.lock`, { timeout: 0 })
  } catch (error) {
    throw cannotOpen(path, error)
  }
}
