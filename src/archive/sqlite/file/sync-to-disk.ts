import { closeSync, fsyncSync, openSync } from 'node:fs'

/** Waits until a file is on the disk: `VACUUM INTO` does not. */
export function syncFile(path: string): void {
  const file = openSync(path, 'r+')
  try {
    fsyncSync(file)
  } finally {
    closeSync(file)
  }
}

/** Waits until the names in a folder are on the disk, if the system can open folders. Windows cannot. */
export function syncFolder(path: string): void {
  try {
    const folder = openSync(path, 'r')
    try {
      fsyncSync(folder)
    } finally {
      closeSync(folder)
    }
  } catch {
    // The files themselves are on the disk. Only their names could be lost, in a power cut right now.
  }
}
