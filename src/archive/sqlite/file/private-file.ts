import { closeSync, openSync } from 'node:fs'

/**
 * Creates a file, if there is none, that nobody but its owner can read. SQLite gives what it puts beside it the
 * same mode; one that was there keeps its own, and is not opened: to close it would undo the locks that this process
 * has on it. https://sqlite.org/howtocorrupt.html#_posix_advisory_locks_canceled_by_a_separate_thread_doing_close_
 */
export function createPrivateFile(path: string): void {
  try {
    closeSync(openSync(path, 'wx', 0o600))
  } catch (error) {
    if (!(error instanceof Error && 'code' in error && error.code === 'EEXIST')) throw error
  }
}
