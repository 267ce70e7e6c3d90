import { statfs } from 'node:fs/promises'

/**
 * Checks that a folder's disk has room for so many bytes, because filling the disk would stop every other writer on it.
 * @throws Error that says how much is needed and how much is free
 */
export async function requireFreeSpace(folder: string, bytes: number): Promise<void> {
  const { bavail, blocks, bsize } = await statfs(folder)
  // Some file systems do not say.
  if (blocks === 0) return
  const free = bavail * bsize
  if (free < bytes)
    throw new Error(`It needs ${inMegabytes(bytes)} of free space, and ${inMegabytes(free)} is free.`)
}

function inMegabytes(bytes: number): string {
  return `${(bytes / 1e6).toFixed(1)} MB`
}
