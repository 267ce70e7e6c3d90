import { existsSync, linkSync, mkdtempSync, readdirSync, renameSync, rmSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { leftBeside } from './file-length.ts'
import { lockBeside } from './lock.ts'
import { createPrivateFile } from './private-file.ts'
import { syncFile, syncFolder } from './sync-to-disk.ts'

/** The prefix of the folders in which archives are created. */
const UNFINISHED = '.custos-unfinished-'

/** The name of the archive in such a folder. */
const NAME = 'archive.db'

/**
 * Creates an archive in a temporary folder beside its path and gives it its name when it is complete and on the disk. A
 * process that is killed meanwhile leaves a complete archive under that name, or none. An existing file is never replaced.
 * @param create fills an empty file, checks it, and closes it
 * @throws Error with the code `EEXIST` when the name is taken
 */
export async function publish<Result>(
  path: string,
  create: (file: string) => Promise<Result>,
): Promise<Result> {
  const folder = dirname(path)
  removeUnfinished(folder)
  const { file, discard } = createFolder(folder)
  try {
    createPrivateFile(file)
    const result = await create(file)
    if (leftBeside(file) !== undefined) throw new Error('it was not closed completely')
    syncFile(file)
    giveName(file, path)
    return result
  } finally {
    discard()
    syncFolder(folder)
  }
}

/**
 * Removes the unfinished archives of killed processes from a folder. Those that a process is still creating are locked
 * and stay; so do those of other users.
 */
export function removeUnfinished(folder: string): void {
  for (const name of namesIn(folder)) {
    if (!name.startsWith(UNFINISHED)) continue
    const unfinished = join(folder, name)
    try {
      const unlock = lockBeside(join(unfinished, NAME))
      unlock?.()
      if (unlock) rmSync(unfinished, { recursive: true })
    } catch {
      // It only takes space.
    }
  }
}

function namesIn(folder: string): string[] {
  try {
    return readdirSync(folder)
  } catch {
    return []
  }
}

/** Creates a folder for an archive and the files that SQLite creates beside it. */
function createFolder(folder: string): { file: string; discard: () => void } {
  const own = mkdtempSync(join(folder, UNFINISHED))
  const file = join(own, NAME)
  const unlock = lockBeside(file)
  // Another process found it before it was locked, and removes it.
  if (!unlock) return createFolder(folder)
  const discard = () => {
    unlock()
    rmSync(own, { recursive: true, force: true })
  }
  return { file, discard }
}

/** Links instead of renaming, because a rename would replace an existing file. */
function giveName(file: string, path: string): void {
  // SQLite would take it for the archive's own and write its content into the archive.
  const other = leftBeside(path)
  if (other !== undefined) throw new Error(`${other} is in the way, which belongs to another database`)
  try {
    linkSync(file, path)
  } catch (error) {
    // Some file systems, such as FAT, have no links.
    if (existsSync(path)) throw error
    renameSync(file, path)
  }
}
