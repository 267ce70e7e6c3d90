import { closeSync, fsyncSync, openSync } from 'node:fs'

/** Waits until all of a file is on the disk: what `VACUUM INTO` writes need not be when it is done. */
export function syncFile(path: string): void {
  const file = openSync(path, 'r+')
  try {
    fsyncSync(file)
  } finally {
    closeSync(file)
  }
}

/** Waits until the names in a folder are on the disk, where the system lets a folder be opened. Windows does not. */
export function syncFolder(path: string): void {
  try {
    const folder = openSync(path, 'r')
    try {
      fsyncSync(folder)
    } finally {
      closeSync(folder)
    }
  } catch {
    // The files themselves are on the disk. All that could be lost is their names, in a power cut right now.
  }
}
