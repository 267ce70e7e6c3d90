import { cpus, loadavg, totalmem } from 'node:os'
import { parseArgs } from 'node:util'
import { type DatabaseType, isDatabaseType } from './databases/database.ts'
import { GROWING, STANDARD } from './databases/dataset.ts'
import { removeData, withDatabase } from './databases/open.ts'
import { measureGrowth } from './growth.ts'
import { printIndexCosts } from './indexes.ts'
import { PARTS } from './scenarios/parts.ts'
import { type Figure, isMissed, printFigures } from './table.ts'

/**
 * Measures the archive on two million entries, beside its database without the archive's code, and exits with 1 when a
 * budget is missed.
 *
 * `--growth` measures guilds of different sizes instead, and exits with 1 when what must not grow does.
 * `--database` is `sqlite` by default, `postgres` or `both`; `--fresh` builds the data again; `--indexes` shows what each
 * index of SQLite costs and is worth, which takes minutes. An argument is part of the names of the parts to measure.
 */
async function main(): Promise<boolean> {
  const { values, positionals } = parseArgs({
    allowPositionals: true,
    options: {
      database: { type: 'string', default: 'sqlite' },
      growth: { type: 'boolean' },
      fresh: { type: 'boolean' },
      indexes: { type: 'boolean' },
    },
  })
  if (values.fresh) removeData()
  if (values.indexes) await printIndexCosts()
  let isWithinBudget = true
  for (const type of databasesOf(values.database))
    isWithinBudget =
      (await (values.growth ? growthOf(type) : figuresOf(type, positionals[0] ?? ''))) && isWithinBudget
  return isWithinBudget
}

function databasesOf(given: string): readonly DatabaseType[] {
  if (given === 'both') return ['sqlite', 'postgres']
  if (isDatabaseType(given)) return [given]
  throw new Error('--database is sqlite, postgres or both.')
}

/** @returns whether what must not grow does not */
function growthOf(type: DatabaseType): Promise<boolean> {
  return withDatabase(type, GROWING, async (database) => {
    printMachine(await database.describe())
    return measureGrowth(database)
  })
}

/** @returns whether every figure is within its budget */
function figuresOf(type: DatabaseType, only: string): Promise<boolean> {
  return withDatabase(type, STANDARD, async (database) => {
    printMachine(await database.describe())
    const figures: Figure[] = []
    for (const part of PARTS) if (part.name.includes(only)) figures.push(...(await part.figures(database)))
    printFigures('2,000,000 entries, half of them in one guild', figures)
    return !figures.some(isMissed)
  })
}

function printMachine(database: string): void {
  const load = loadavg().map((each) => each.toFixed(2))
  const machine = [
    `${cpus().length} × ${cpus()[0]?.model}`,
    `${(totalmem() / 2 ** 30).toFixed(0)} GiB`,
    `load ${load.join(' ')}`,
    `Node ${process.versions.node}`,
  ]
  process.stdout.write(`\n${machine.join(', ')}\n${database}\n`)
}

process.exitCode = (await main()) ? 0 : 1
