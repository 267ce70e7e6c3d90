import type { StatementSync } from 'node:sqlite'
import { Kysely, SqliteDialect } from 'kysely'
import { ArchiveQueryCompiler } from '../query-compiler.ts'
import { toBindable } from './connection.ts'
import { openDatabase } from './database.js'

/**
 * Opens a database on this thread, for a few milliseconds of work while Custos starts, where a worker thread would take
 * longer to start. What it writes has to be synced to the disk by the caller.
 */
export function openInProcess<Database>(path: string, { readOnly = false } = {}): Kysely<Database> {
  const { database, prepare } = openDatabase({ path, readOnly })
  database.exec('PRAGMA synchronous = off')
  const adapted = { prepare: (sql: string) => adapt(prepare(sql)), close: () => database.close() }
  return new Kysely<Database>({ dialect: new InProcessDialect({ database: adapted }) })
}

/** Kysely's own dialect, with the archive's compiler. */
class InProcessDialect extends SqliteDialect {
  override createQueryCompiler(): ArchiveQueryCompiler {
    return new ArchiveQueryCompiler()
  }
}

function adapt(statement: StatementSync) {
  return {
    reader: statement.columns().length > 0,
    all: (parameters: readonly unknown[]) => statement.all(...parameters.map(toBindable)),
    run: (parameters: readonly unknown[]) => statement.run(...parameters.map(toBindable)),
    iterate: (parameters: readonly unknown[]) => statement.iterate(...parameters.map(toBindable)),
  }
}
