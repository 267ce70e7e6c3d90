import { existsSync, linkSync, mkdtempSync, readdirSync, renameSync, rmSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { leftBeside } from './file-length.ts'
import { lockBeside } from './lock.ts'
import { createPrivateFile } from './private-file.ts'
import { syncFile, syncFolder } from './sync-to-disk.ts'

/** What the folders begin with in which archives are made. */
const UNFINISHED = '.custos-unfinished-'

/** What the archive is called in such a folder. */
const NAME = 'archive.db'

/**
 * Makes an archive in a folder beside its place, and gives it its name when it is whole and on the disk. Killed at any
 * moment, it leaves a whole archive under that name, or nothing. A file that has the name is never replaced.
 * @param make fills the empty file it is given the path of, checks it, and closes it
 * @throws Error with the code `EEXIST` when the name is taken
 */
export async function publish<Made>(path: string, make: (file: string) => Promise<Made>): Promise<Made> {
  const folder = dirname(path)
  removeUnfinished(folder)
  const { file, discard } = begin(folder)
  try {
    createPrivateFile(file)
    const made = await make(file)
    if (leftBeside(file) !== undefined) throw new Error('it was not closed whole')
    syncFile(file)
    giveName(file, path)
    return made
  } finally {
    discard()
    syncFolder(folder)
  }
}

/**
 * Removes what killed processes left of archives that they were making in a folder. Whoever is still at it holds a
 * lock, and is left alone; so is what belongs to another user.
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
      // It takes room and does no other harm.
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

/** Begins an archive in a folder of its own, so that all that SQLite puts beside it goes with that folder. */
function begin(folder: string): { file: string; discard: () => void } {
  const own = mkdtempSync(join(folder, UNFINISHED))
  const file = join(own, NAME)
  const unlock = lockBeside(file)
  // Another process took it for left behind before it was locked, and removes it.
  if (!unlock) return begin(folder)
  const discard = () => {
    unlock()
    rmSync(own, { recursive: true, force: true })
  }
  return { file, discard }
}

/** A link fails where the name is taken, at which a rename would replace the file that has it. */
function giveName(file: string, path: string): void {
  // SQLite would take these for the archive's own, and write into it what they hold.
  const foreign = leftBeside(path)
  if (foreign !== undefined) throw new Error(`${foreign} is in the way, a part of another database`)
  try {
    linkSync(file, path)
  } catch (error) {
    // Some file systems, such as FAT, know no links.
    if (existsSync(path)) throw error
    renameSync(file, path)
  }
}
