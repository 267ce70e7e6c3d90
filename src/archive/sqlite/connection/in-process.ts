import { DatabaseSync } from 'node:sqlite'
import { Kysely, type SqliteDatabase, SqliteDialect } from 'kysely'
import { toBindable } from './connection.ts'

/**
 * Opens a database on this thread, for a few milliseconds of work while Custos starts, where a worker thread would take
 * longer to start. What it writes has to be synced to the disk by the caller.
 */
export function openInProcess(path: string): Kysely<unknown> {
  const database = new DatabaseSync(path)
  database.exec('PRAGMA synchronous = off')
  return new Kysely<unknown>({ dialect: new SqliteDialect({ database: adapt(database) }) })
}

function adapt(database: DatabaseSync): SqliteDatabase {
  return {
    prepare(sql) {
      const statement = database.prepare(sql)
      return {
        reader: statement.columns().length > 0,
        all: (parameters) => statement.all(...parameters.map(toBindable)),
        run: (parameters) => statement.run(...parameters.map(toBindable)),
        iterate: (parameters) => statement.iterate(...parameters.map(toBindable)),
      }
    },
    close: () => database.close(),
  }
}
