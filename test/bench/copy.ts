import { constants, copyFileSync, rmSync } from 'node:fs'

/** Runs something with a copy of the data, which is removed afterwards. */
export async function withCopy<Result>(
  path: string,
  use: (copy: string) => Promise<Result>,
): Promise<Result> {
  const copy = `${path}.copy`
  copyFileSync(path, copy, constants.COPYFILE_FICLONE)
  try {
    return await use(copy)
  } finally {
    for (const suffix of ['', '-wal', '-shm', '.lock']) rmSync(`${copy}${suffix}`, { force: true })
  }
}
