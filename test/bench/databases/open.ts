import { rmSync } from 'node:fs'
import type { BenchDatabase, DatabaseType } from './database.ts'
import { CACHE, type Dataset } from './dataset.ts'
import { preparedDatabase, startServer } from './postgres.ts'
import { preparedFile, sqliteDatabase } from './sqlite.ts'

/** Runs something with the data of a benchmark in a database, which is built if it is missing. */
export async function withDatabase<Result>(
  type: DatabaseType,
  dataset: Dataset,
  use: (database: BenchDatabase) => Promise<Result>,
): Promise<Result> {
  if (type === 'sqlite') return use(sqliteDatabase(await preparedFile(dataset)))
  const { url, stop } = await startServer()
  try {
    return await use(await preparedDatabase(url, dataset))
  } finally {
    await stop()
  }
}

/** Removes all data of benchmarks, also that of other versions. */
export function removeData(): void {
  rmSync(CACHE, { recursive: true, force: true })
}
