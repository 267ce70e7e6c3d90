import { existsSync, lstatSync, readFileSync, readlinkSync, realpathSync, statSync } from 'node:fs'
import { basename, dirname, join, resolve } from 'node:path'
import { OperatorError } from '../../../core/operator-error.ts'

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

/**
 * Refuses what is no file: a folder, or a device or pipe, which seems to be empty.
 * @throws Error that says what it is
 */
export function requireRegularFile(path: string): void {
  const found = statSync(path)
  if (found.isDirectory()) throw new Error('it is a folder')
  if (!found.isFile()) throw new Error('it is a device or a pipe')
}

/**
 * Refuses a file that has a second name in the file system. By that name it would have a lock and a log of writes of
 * its own, so that a second Custos could get in, and a copy could lack what was written last.
 * https://sqlite.org/howtocorrupt.html#_multiple_links_to_the_same_file
 */
export function requireSingleName(path: string): void {
  const { nlink } = statSync(path)
  if (nlink > 1) {
    throw new OperatorError(
      `The archive ${path} has ${nlink} names (hard links), and each would be taken for another archive. Remove the ` +
        'other names, or put a copy of the file in its place.',
    )
  }
  if (mountPoints().includes(realpathSync.native(path))) {
    throw new OperatorError(
      `The archive ${path} is mounted as a single file, and what SQLite keeps beside it would not lie with it where it ` +
        'comes from. Mount the folder that it lies in.',
    )
  }
}

/** Where something is mounted, on Linux. https://man7.org/linux/man-pages/man5/proc_pid_mountinfo.5.html */
function mountPoints(): string[] {
  const file = '/proc/self/mountinfo'
  if (!existsSync(file)) return []
  return readFileSync(file, 'utf8')
    .split('\n')
    .map((line) => unescaped(line.split(' ')[4] ?? ''))
}

/** A space is written as `\040`, and so are a tab, a line feed and the backslash itself. */
function unescaped(field: string): string {
  return field.replace(/\\([0-7]{3})/g, (_, octal: string) => String.fromCharCode(Number.parseInt(octal, 8)))
}
