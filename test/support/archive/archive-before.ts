import { type Kysely, sql } from 'kysely'
import { Migrator } from 'kysely/migration'
import type { EntryRow } from '../../../src/archive/entry-row.ts'
import { toRow } from '../../../src/archive/rows.ts'
import { openInProcess } from '../../../src/archive/sqlite/connection/in-process.ts'
import { migrations } from '../../../src/archive/sqlite/migrations/index.ts'
import type { Entry } from '../../../src/core/audit-log/entry.ts'
import { archiveFile } from './archive-file.ts'

/** The migration that named the guild's column `guild_id` and dropped the triggers. */
const WITHOUT_TRIGGERS = '0010-one-guild-at-a-time'

/**
 * Creates an archive as it was before a migration, with entries.
 * @param change changes it further, to what an earlier version would have written
 * @returns its path
 */
export async function archiveBefore(
  migration: string,
  entries: readonly Entry[],
  change?: (db: Kysely<unknown>) => Promise<unknown>,
): Promise<string> {
  const path = archiveFile()
  const db = openInProcess<unknown>(path)
  const earlier = Object.entries(migrations).filter(([name]) => name < migration)
  const migrator = new Migrator({ db, provider: { getMigrations: async () => Object.fromEntries(earlier) } })
  const { error } = await migrator.migrateToLatest()
  if (error !== undefined) throw error
  await db.transaction().execute(async (transaction) => {
    for (const entry of entries) await insert(transaction, entry.guildId, toRow(entry), migration)
    if (migration > WITHOUT_TRIGGERS) await insertSums(transaction)
  })
  await change?.(db)
  await db.destroy()
  return path
}

/** Inserts the daily sums of all entries, which no trigger does any more. */
async function insertSums(db: Kysely<unknown>): Promise<void> {
  await sql`
    INSERT INTO daily (guild_id, executor, kind, day, entries, units)
    SELECT guild_id, ifnull(executor, -1), kind, ((id >> 22) + 1420070400000) / 86400000, count(*), sum(ifnull(count, 1))
    FROM entry GROUP BY 1, 2, 3, 4`.execute(db)
}

/** Inserts an entry, with the names that its columns had before a migration. */
async function insert(db: Kysely<unknown>, guildId: string, row: EntryRow, migration: string): Promise<void> {
  const { id, kind, executor, target, channel, count, reason, attribution, payloadRest } = row
  const isRenamed = migration > '0007-vocabulary'
  const columns = isRenamed ? sql`attribution, payload_rest` : sql`claim, remainder`
  await sql`
    INSERT INTO entry (${sql.ref(migration > WITHOUT_TRIGGERS ? 'guild_id' : 'guild')}, id, kind, executor, target, channel, count, reason, ${columns})
    VALUES (${BigInt(guildId)}, ${BigInt(id)}, ${kind}, ${executor && BigInt(executor)},
      ${target && BigInt(target)}, ${channel && BigInt(channel)}, ${count}, ${reason}, ${attribution}, ${payloadRest})`.execute(
    db,
  )
}
