import { inject, onTestFinished } from 'vitest'
import type { AtEnd } from '../at-end.ts'
import { postgresDatabase } from '../postgres/postgres-database.ts'
import { archiveFile } from './archive-file.ts'

/** The URL of an empty archive that outlives a restart, on the database of the test's project, until the test ends. */
export async function archiveUrl(atEnd: AtEnd = onTestFinished): Promise<string> {
  return isOnPostgres() ? postgresDatabase(atEnd) : `sqlite:${archiveFile(atEnd)}`
}

/** Whether the tests of this project run on PostgreSQL. */
export function isOnPostgres(): boolean {
  return inject('postgres') !== undefined
}
