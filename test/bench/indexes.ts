import { DatabaseSync } from 'node:sqlite'
import { openArchive } from '../../src/archive/sqlite/open.ts'
import { withCopy } from './copy.ts'
import { listScenarios } from './lists.ts'
import { Bare } from './load/bare.ts'
import { type Measured, measure } from './measure.ts'
import { milliseconds, perSecond } from './table.ts'
import { batchedRate } from './writing.ts'

/** Prints what each index costs, in space and in writing, and how slow the slowest lists are without it. */
export async function printIndexCosts(path: string): Promise<void> {
  process.stdout.write('\nWhat each index costs, and the slowest lists without it:\n')
  await withCopy(path, (copy) => report('(with all)', copy))
  for (const index of indexesOf(path)) {
    await withCopy(path, async (copy) => {
      const space = drop(copy, index)
      await report(`${index}, ${(space / 1e6).toFixed(0)} MB`, copy)
    })
  }
}

async function report(what: string, copy: string): Promise<void> {
  const slowest = await slowestLists(copy)
  const rate = await batchedRate(copy)
  const lists = slowest.map(({ scenario, p95 }) => `${milliseconds(p95)} ${scenario.what}`)
  process.stdout.write(`${what}: ${perSecond(rate)} live events; ${lists.join('; ')}\n`)
}

async function slowestLists(copy: string): Promise<Measured[]> {
  const archive = await openArchive(copy)
  const bare = new Bare(copy)
  const measured = await measure(listScenarios(archive, bare).map((scenario) => ({ ...scenario, times: 14 })))
  bare.close()
  await archive.close()
  return measured.toSorted((a, b) => b.p95 - a.p95).slice(0, 3)
}

function indexesOf(path: string): string[] {
  const database = new DatabaseSync(path, { readOnly: true })
  const rows = database
    .prepare(`SELECT name FROM sqlite_schema WHERE type = 'index' AND tbl_name = 'entry'`)
    .all()
  database.close()
  return rows.map(({ name }) => String(name))
}

/** @returns how many bytes it took */
function drop(path: string, index: string): number {
  const database = new DatabaseSync(path)
  const free = () => Number(database.prepare('PRAGMA freelist_count').get()?.freelist_count)
  const before = free()
  database.exec(`DROP INDEX ${index}`)
  const space = (free() - before) * Number(database.prepare('PRAGMA page_size').get()?.page_size)
  database.close()
  return space
}
