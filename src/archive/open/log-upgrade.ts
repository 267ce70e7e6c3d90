import type { Migrator } from 'kysely/migration'
import type { Log } from '../../core/log.ts'

/** Logs that an archive of an earlier version is about to be upgraded, which takes minutes if it is large. */
export async function logUpgrade(migrator: Migrator, log: Log): Promise<void> {
  const migrations = await migrator.getMigrations()
  const from = migrations.findLast(({ executedAt }) => executedAt)?.name
  const to = migrations.at(-1)?.name
  if (from !== undefined && from !== to)
    log.info({ from, to }, 'Upgrading the archive. Custos answers when that is done.')
}
