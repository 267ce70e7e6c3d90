import { sql } from 'kysely'
import { openInProcess } from '../connection/in-process.ts'
import { migrations } from '../migrations/index.ts'
import type { Found } from './inspect.ts'
import { damaged } from './open-errors.ts'

/**
 * Requires that an archive has every table, index and trigger of its migrations: without a trigger, sums would become
 * wrong unnoticed.
 * @throws OperatorError that names what is missing
 */
export async function requireComplete(path: string, found: Found): Promise<void> {
  const missing = await missingFrom(found)
  if (missing !== undefined) throw damaged(path, `its ${missing} is missing`)
}

/** The first table, trigger or index of its migrations that an archive does not have, if any. */
export async function missingFrom({ migrations: names, schema }: Found): Promise<string | undefined> {
  return (await schemaAfter(names)).find((name) => !schema.has(name))
}

async function schemaAfter(names: readonly string[]): Promise<string[]> {
  const db = openInProcess(':memory:')
  try {
    for (const name of names) await migrations[name]?.up(db)
    const { rows } = await sql<{ name: string }>`
      SELECT name FROM sqlite_schema WHERE name NOT LIKE 'sqlite_%' ORDER BY type DESC, name`.execute(db)
    return rows.map(({ name }) => name)
  } finally {
    await db.destroy()
  }
}
