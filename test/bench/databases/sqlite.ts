import { existsSync, mkdirSync, renameSync, statSync } from 'node:fs'
import { join } from 'node:path'
import { openArchive } from '../../../src/archive/sqlite/open.ts'
import { withCopy } from '../copy.ts'
import type { BenchDatabase } from './database.ts'
import { CACHE, type Dataset, fill, nameOf, STANDARD } from './dataset.ts'
import { SqliteDriver } from './sqlite-driver.ts'

/** The file with a benchmark's data, which is built if it is missing. */
export async function preparedFile(dataset: Dataset = STANDARD): Promise<string> {
  const path = join(CACHE, `${nameOf(dataset, 'sqlite')}.db`)
  if (existsSync(path)) return path
  mkdirSync(CACHE, { recursive: true })
  const unfinished = `${path}.unfinished`
  const archive = await openArchive(unfinished)
  await fill(archive, dataset)
  await archive.close()
  renameSync(unfinished, path)
  return path
}

export function sqliteDatabase(path: string): BenchDatabase {
  return {
    type: 'sqlite',
    describe: async () =>
      `SQLite ${process.versions.sqlite}, file of ${(statSync(path).size / 1e6).toFixed(0)} MB`,
    open: () => openArchive(path),
    connect: async () => new SqliteDriver(path),
    withCopy: (use) => withCopy(path, (copy) => use(sqliteDatabase(copy))),
  }
}
