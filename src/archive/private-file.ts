import { closeSync, openSync } from 'node:fs'

/**
 * Creates a file, if there is none, that nobody but its owner can read. SQLite gives what it puts beside it the
 * same mode; one that was there keeps its own.
 */
export function createPrivately(path: string): void {
  closeSync(openSync(path, 'a', 0o600))
}
