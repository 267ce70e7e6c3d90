import { DatabaseSync } from 'node:sqlite'
import { openArchive } from '../../src/archive/sqlite/open.ts'
import type { Scenario } from './measure.ts'

/** Opening the archive, as at the start of Custos, and closing it. */
export function openingScenarios(path: string): Scenario[] {
  return [
    {
      what: 'opening the archive and closing it',
      run: async () => {
        const archive = await openArchive(path)
        await archive.close()
      },
      floor: () => {
        const database = new DatabaseSync(path)
        database.prepare('SELECT count(*) FROM sqlite_schema').get()
        database.close()
      },
      times: 10,
    },
  ]
}
