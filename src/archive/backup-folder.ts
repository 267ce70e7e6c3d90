import { readdirSync, rmSync } from 'node:fs'
import { join } from 'node:path'
import { messageOf, OperatorError } from '../core/errors.ts'
import { createFolder } from './create-folder.ts'

/** The names of backups. Sorted, they are from the oldest to the newest. */
const NAME = /^custos-\d{4}-\d\d-\d\dT\d{6}Z\.(?:db|dump)$/

interface Options {
  readonly folder: string
  /** How a backup ends: `db` for a SQLite file, `dump` for what pg_dump writes. */
  readonly ending: 'db' | 'dump'
  /** How many backups the folder has afterwards at most, with the new one. */
  readonly keep: number
  /** The time in its name. */
  readonly now: number
}

/**
 * Makes a backup in a folder, which is created if it is missing, and then deletes the oldest ones. If the backup fails,
 * none is deleted. Other files in the folder stay.
 * @param make writes the backup to a path
 * @returns what `make` returns, and how many backups were deleted
 * @throws whatever `make` throws; OperatorError when the folder cannot be created, or an old backup cannot be deleted
 */
export async function addBackup<Result>(
  { folder, ending, keep, now }: Options,
  make: (path: string) => Promise<Result>,
): Promise<{ result: Result; deleted: number }> {
  explain(`The folder ${folder} cannot be created`, () => createFolder(folder))
  const time = new Date(now)
    .toISOString()
    .replace(/\.\d+Z$/, 'Z')
    .replaceAll(':', '')
  const name = `custos-${time}.${ending}`
  const result = await make(join(folder, name))
  // The new one stays even if the clock was set back, and the others seem to be newer.
  const others = readdirSync(folder).filter((each) => NAME.test(each) && each !== name)
  const old = others.sort().slice(0, Math.max(0, others.length - keep + 1))
  for (const each of old) {
    explain(`The backup is complete, but the old one ${join(folder, each)} cannot be deleted`, () =>
      rmSync(join(folder, each)),
    )
  }
  return { result, deleted: old.length }
}

function explain(failure: string, act: () => void): void {
  try {
    act()
  } catch (error) {
    throw new OperatorError(`${failure}: ${messageOf(error)}.`, { cause: error })
  }
}
