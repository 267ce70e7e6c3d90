import { Kysely, sql } from 'kysely'
import { Migrator } from 'kysely/migration'
import { SqliteDialect } from '../../src/archive/sqlite/connection/dialect.ts'
import { migrations } from '../../src/archive/sqlite/migrations/index.ts'
import { toRow } from '../../src/archive/sqlite/rows.ts'
import type { Entry } from '../../src/core/audit-log/entry.ts'
import { archiveFile } from './archive-file.ts'

/**
 * Makes an archive as it was before a migration, with entries in it.
 * @param change changes it further, as an earlier version would have left it
 * @returns where it is
 */
export async function archiveBefore(
  migration: string,
  entries: readonly Entry[],
  change?: (db: Kysely<unknown>) => Promise<unknown>,
): Promise<string> {
  const path = archiveFile()
  const db = new Kysely<unknown>({ dialect: new SqliteDialect({ path, readOnly: false }, 1) })
  const earlier = Object.entries(migrations).filter(([name]) => name < migration)
  const migrator = new Migrator({ db, provider: { getMigrations: async () => Object.fromEntries(earlier) } })
  const { error } = await migrator.migrateToLatest()
  if (error !== undefined) throw error
  await db.transaction().execute(async (transaction) => {
    for (const entry of entries) await hold(transaction, entry.guildId, toRow(entry))
  })
  await change?.(db)
  await db.destroy()
  return path
}

async function hold(db: Kysely<unknown>, guildId: string, row: ReturnType<typeof toRow>): Promise<void> {
  const { id, kind, executor, target, count, reason, payloadRest: remainder } = row
  await sql`
    INSERT INTO entry (guild, id, kind, executor, target, count, reason, remainder)
    VALUES (${BigInt(guildId)}, ${BigInt(id)}, ${kind}, ${executor && BigInt(executor)},
      ${target && BigInt(target)}, ${count}, ${reason}, ${remainder})`.execute(db)
}
