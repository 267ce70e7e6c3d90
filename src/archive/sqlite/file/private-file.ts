import { closeSync, openSync } from 'node:fs'
import { codeOf } from '../../../core/errors.ts'

/**
 * Creates a file, if there is none, that only its owner can read. SQLite gives the files beside it the same mode. An
 * existing file is not changed and not opened, because closing it would release the locks that this process has on it.
 * https://sqlite.org/howtocorrupt.html#_posix_advisory_locks_canceled_by_a_separate_thread_doing_close_
 */
export function createPrivateFile(path: string): void {
  try {
    closeSync(openSync(path, 'wx', 0o600))
  } catch (error) {
    if (codeOf(error) !== 'EEXIST') throw error
  }
}
