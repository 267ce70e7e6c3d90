import { DatabaseSync } from 'node:sqlite'
import { withCopy } from './copy.ts'
import type { BenchDatabase } from './databases/database.ts'
import { STANDARD } from './databases/dataset.ts'
import { preparedFile, sqliteDatabase } from './databases/sqlite.ts'
import { measure } from './measure.ts'
import { listScenarios } from './scenarios/lists.ts'
import { withSubject } from './scenarios/parts.ts'
import { writingFigures } from './scenarios/writing.ts'
import { type Figure, milliseconds, perSecond } from './table.ts'

/** Prints what each index costs, in space and in writing, and how slow the slowest lists are without it. */
export async function printIndexCosts(): Promise<void> {
  const path = await preparedFile()
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
  const database = sqliteDatabase(copy)
  const slow = await slowestLists(database)
  const [written] = await writingFigures(database)
  const lists = slow.map(({ what, p50 }) => `${milliseconds(p50)} ${what}`)
  process.stdout.write(`${what}: ${perSecond(written?.p50 ?? 0)} live events; ${lists.join('; ')}\n`)
}

async function slowestLists(database: BenchDatabase): Promise<Figure[]> {
  const figures = await withSubject(database, STANDARD.guilds[0], async (subject) =>
    measure('sqlite', await listScenarios(subject)),
  )
  return figures.toSorted((a, b) => b.p50 - a.p50).slice(0, 3)
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
