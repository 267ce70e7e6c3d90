import { Kysely, sql } from 'kysely'
import { damaged } from './cannot-open.ts'
import { migrations } from './migrations.ts'
import type { Found } from './refuse.ts'
import { SqliteDialect } from './sqlite-dialect.ts'

/**
 * Refuses an archive that lacks a table, an index or a trigger which its own migrations made: without a trigger
 * sums would go wrong and nobody would notice.
 * @throws OperatorError that names what is missing
 */
export async function refuseIncomplete(path: string, found: Found): Promise<void> {
  const missing = (await schemaAfter(found.migrations)).find((name) => !found.schema.has(name))
  if (missing !== undefined) throw damaged(path, `its ${missing} is missing`)
}

async function schemaAfter(names: readonly string[]): Promise<string[]> {
  const db = new Kysely<unknown>({ dialect: new SqliteDialect({ path: ':memory:', readOnly: false }, 1) })
  try {
    for (const name of names) await migrations[name]?.up(db)
    const { rows } = await sql<{ name: string }>`
      SELECT name FROM sqlite_schema WHERE name NOT LIKE 'sqlite_%' ORDER BY type DESC, name`.execute(db)
    return rows.map(({ name }) => name)
  } finally {
    await db.destroy()
  }
}
