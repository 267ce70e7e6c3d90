import { lstatSync, readlinkSync, realpathSync } from 'node:fs'
import { basename, dirname, join, resolve } from 'node:path'

/**
 * The path that a path leads to through symbolic links, even where no file is yet. What SQLite keeps beside an archive,
 * and the lock on it, belong to this one path, by whatever name the archive is opened.
 * @throws Error when a link leads in a circle, or a file is in the place of a folder
 */
export function realPathOf(path: string): string {
  const whole = resolve(path)
  try {
    return realpathSync.native(whole)
  } catch (error) {
    if (!(error instanceof Error && 'code' in error && error.code === 'ENOENT')) throw error
  }
  const folder = dirname(whole)
  if (folder === whole) return whole
  const isLink = lstatSync(whole, { throwIfNoEntry: false })?.isSymbolicLink() ?? false
  if (isLink) return realPathOf(resolve(folder, readlinkSync(whole)))
  return join(realPathOf(folder), basename(whole))
}
