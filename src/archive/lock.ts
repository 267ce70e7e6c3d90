import { DatabaseSync } from 'node:sqlite'
import { OperatorError } from '../core/operator-error.ts'

/**
 * Claims an archive for this process. The claim is a lock the operating system holds on a small file beside the
 * archive, so it ends with the process however that ends, and a stale file never keeps anybody out.
 * @returns a function that gives the claim up
 * @throws OperatorError when another process has it
 */
export function claim(path: string): () => void {
  const lock = new DatabaseSync(`${path}.lock`, { timeout: 0 })
  try {
    lock.exec('PRAGMA locking_mode = exclusive; BEGIN EXCLUSIVE')
  } catch (error) {
    lock.close()
    throw new OperatorError(
      `The archive ${path} is in use by another Custos. Stop that one first, or set DATABASE_URL to another file.`,
      { cause: error },
    )
  }
  return () => lock.close()
}
