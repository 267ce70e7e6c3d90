import { existsSync, lstatSync, readFileSync, readlinkSync, realpathSync, statSync } from 'node:fs'
import { basename, dirname, join, resolve } from 'node:path'
import { codeOf, OperatorError } from '../../../core/errors.ts'

/**
 * A path with all symbolic links resolved, even if there is no file yet. The lock and the files that SQLite creates beside
 * an archive belong to this path, whichever name the archive is opened by.
 * @throws Error when links form a circle, or a folder in the path is a file
 */
export function realPathOf(path: string): string {
  const whole = resolve(path)
  try {
    return realpathSync.native(whole)
  } catch (error) {
    if (codeOf(error) !== 'ENOENT') throw error
  }
  const folder = dirname(whole)
  if (folder === whole) return whole
  const isLink = lstatSync(whole, { throwIfNoEntry: false })?.isSymbolicLink() ?? false
  if (isLink) return realPathOf(resolve(folder, readlinkSync(whole)))
  return join(realPathOf(folder), basename(whole))
}

/** @throws Error when the path is a folder, or a device or pipe, which would look like an empty file */
export function requireRegularFile(path: string): void {
  const found = statSync(path)
  if (found.isDirectory()) throw new Error('it is a folder')
  if (!found.isFile()) throw new Error('it is a device or a pipe')
}

/**
 * Requires that a file has no second name in the file system. Under another name it would have another lock and
 * write-ahead log, so a second Custos could open it, and a copy could lack the latest writes.
 * https://sqlite.org/howtocorrupt.html#_multiple_links_to_the_same_file
 * @throws OperatorError when it has one
 */
export function requireSingleName(path: string): void {
  const { nlink } = statSync(path)
  if (nlink > 1) {
    throw new OperatorError(
      `The archive ${path} has ${nlink} names (hard links), and each would be treated as another archive. Remove the ` +
        'other names, or put a copy of the file in its place.',
    )
  }
  if (mountPoints().includes(realpathSync.native(path))) {
    throw new OperatorError(
      `The archive ${path} is mounted as a single file, so the files that SQLite creates beside it would not be stored ` +
        'with it. Mount its folder instead.',
    )
  }
}

/** The mount points, on Linux. https://man7.org/linux/man-pages/man5/proc_pid_mountinfo.5.html */
function mountPoints(): string[] {
  const file = '/proc/self/mountinfo'
  if (!existsSync(file)) return []
  return readFileSync(file, 'utf8')
    .split('\n')
    .map((line) => unescapeField(line.split(' ')[4] ?? ''))
}

/** A space is written as `\040`, and so are a tab, a line feed and the backslash itself. */
function unescapeField(field: string): string {
  return field.replace(/\\([0-7]{3})/g, (_, octal: string) => String.fromCharCode(Number.parseInt(octal, 8)))
}
