import type { BenchDatabase } from '../databases/database.ts'
import { type Measurable, measurable } from '../measure.ts'

const BUDGET = { sqlite: 60 }

/** Opening the archive, as at the start of Custos. It is closed afterwards, which is not measured. */
export function openingScenario(database: BenchDatabase): Measurable {
  return measurable({
    what: 'opening the archive',
    budget: BUDGET,
    run: () => database.open(),
    after: (archive) => archive.close(),
    floor: async () => {
      const driver = await database.connect()
      await driver.query('SELECT at FROM trusted_time')
      await driver.close()
    },
    times: 10,
  })
}
