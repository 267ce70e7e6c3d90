import { type Kysely, sql } from 'kysely'
import { Migrator } from 'kysely/migration'
import { type Log, SILENT } from '../../core/log.ts'
import { logUpgrade } from '../open/log-upgrade.ts'
import { migrations } from './migrations/index.ts'

/** Brings an archive, or an empty file, to the current schema. */
export async function migrate<Database>(db: Kysely<Database>, log: Log = SILENT): Promise<void> {
  const migrator = new Migrator({ db, provider: { getMigrations: async () => migrations } })
  await logUpgrade(migrator, log)
  const { error } = await migrator.migrateToLatest()
  if (error !== undefined) throw error
  // Lets others read while one writes. The file stays in this mode.
  await sql`PRAGMA journal_mode = wal`.execute(db)
}
