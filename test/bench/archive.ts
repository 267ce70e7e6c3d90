import { statSync } from 'node:fs'
import { cpus, loadavg, totalmem } from 'node:os'
import { openArchive } from '../../src/archive/sqlite/open.ts'
import { countScenarios, searchScenarios } from './answers.ts'
import { withCopy } from './copy.ts'
import { printIndexCosts } from './indexes.ts'
import { combinedScenarios, listScenarios } from './lists.ts'
import { Bare } from './load/bare.ts'
import { type Measured, measure } from './measure.ts'
import { openingScenarios } from './opening.ts'
import { preparedFile } from './prepared.ts'
import { suggestionScenarios } from './suggestions.ts'
import { type Figure, printTable, timeFigure } from './table.ts'
import { writingFigures } from './writing.ts'

/**
 * Measures the archive on two million entries, and exits with 1 when a budget is missed.
 * `--fresh` builds the data again; `--indexes` shows what each index costs and is worth, which takes minutes.
 */
async function main(options: readonly string[]): Promise<boolean> {
  const path = await preparedFile(options.includes('--fresh'))
  printMachine(path)
  const figures = [...(await readingFigures(path)), ...(await withCopy(path, writingFigures))]
  printTable('2,000,000 entries, half of them in one guild', figures)
  if (options.includes('--indexes')) await printIndexCosts(path)
  return !figures.some(({ missed }) => missed)
}

async function readingFigures(path: string): Promise<Figure[]> {
  const opening = await measure(openingScenarios(path))
  const archive = await openArchive(path)
  const bare = new Bare(path)
  const lists = await measure(listScenarios(archive, bare))
  const combined = await measure(combinedScenarios(archive, bare))
  const others = await measure([...countScenarios(archive, bare), ...suggestionScenarios(archive, bare)])
  // Last, because it keeps a reader busy for a while after it was measured.
  const searches = await measure(searchScenarios(archive, bare))
  bare.close()
  await archive.close()
  return [...lists, slowestOf(combined), ...others, ...searches, ...opening].map(timeFigure)
}

function slowestOf(measured: readonly Measured[]): Measured {
  const slowest = measured.reduce((slower, one) => (one.p95 > slower.p95 ? one : slower))
  const what = `slowest of ${measured.length} combinations: ${slowest.scenario.what}`
  return { ...slowest, scenario: { ...slowest.scenario, what } }
}

function printMachine(path: string): void {
  const [cpu] = cpus()
  const { node, sqlite } = process.versions
  const sizes = `${(totalmem() / 2 ** 30).toFixed(0)} GiB, file of ${(statSync(path).size / 1e6).toFixed(0)} MB`
  process.stdout.write(`${cpus().length} × ${cpu?.model}, ${sizes}, Node ${node}, SQLite ${sqlite}\n`)
  process.stdout.write(
    `The machine’s load before: ${loadavg()
      .map((load) => load.toFixed(2))
      .join(' ')}\n`,
  )
}

process.exitCode = (await main(process.argv.slice(2))) ? 0 : 1
