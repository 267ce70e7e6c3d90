import { isOnPostgres } from './archive-url.ts'

/**
 * How often a property is tried, if not as often as by default. On PostgreSQL a fifth of that, as by default: it tries the
 * same code of ours, with statements that the first few runs already use, and each of those is sent to another process.
 * A property that needs all its runs to find faults of one database names their number itself.
 */
export function runs(onSqlite: number): { readonly numRuns: number } {
  return { numRuns: isOnPostgres() ? Math.ceil(onSqlite / 5) : onSqlite }
}
