import { DatabaseSync } from 'node:sqlite'

/**
 * Keeps the write-ahead log of an archive while no thread has the archive open. SQLite deletes the log with the last
 * connection, and could not create it again on a full disk, where the archive could then not even be read.
 * @returns a function that lets go of the log: SQLite then writes it into the archive and deletes it, if no thread is left
 */
export function holdLog(path: string): () => void {
  const database = new DatabaseSync(path, { timeout: 0 })
  // SQLite opens the log when it first reads.
  database.exec('SELECT count(*) FROM sqlite_schema')
  return () => {
    if (database.isOpen) database.close()
  }
}
