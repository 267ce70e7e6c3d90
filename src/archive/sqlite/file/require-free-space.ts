import { statfs } from 'node:fs/promises'

/**
 * Makes sure that there is room for so many bytes more in a folder. To try without would fill the disk, and then nothing
 * can be written on it, by whomever.
 * @throws Error that says how much is missing
 */
export async function requireRoom(folder: string, bytes: number): Promise<void> {
  const { bavail, blocks, bsize } = await statfs(folder)
  // Some file systems do not tell.
  if (blocks === 0) return
  const free = bavail * bsize
  if (free < bytes)
    throw new Error(`It takes ${inMegabytes(bytes)} of free space, and ${inMegabytes(free)} are free.`)
}

function inMegabytes(bytes: number): string {
  return `${(bytes / 1e6).toFixed(1)} MB`
}
