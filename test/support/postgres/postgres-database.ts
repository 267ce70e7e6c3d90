import { inject, onTestFinished } from 'vitest'
import type { AtEnd } from '../at-end.ts'
import { copyTemplate } from './test-databases.ts'

/** The address of a database with an empty archive, which is dropped after the test. */
export async function postgresDatabase(atEnd: AtEnd = onTestFinished): Promise<string> {
  const server = inject('postgres')
  if (server === undefined) throw new Error('Only tests of the project postgres have a PostgreSQL server.')
  const { url, drop } = await copyTemplate(server)
  atEnd(drop)
  return url
}
