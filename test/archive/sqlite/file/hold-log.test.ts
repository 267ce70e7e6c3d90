import { existsSync } from 'node:fs'
import { DatabaseSync } from 'node:sqlite'
import { expect, test } from 'vitest'
import { holdLog } from '../../../../src/archive/sqlite/file/hold-log.ts'
import { archiveFile } from '../../../support/archive/archive-file.ts'

/** Opens a file, writes to it, and closes it. */
function writeTo(path: string): void {
  const database = new DatabaseSync(path)
  database.exec(
    'PRAGMA journal_mode = wal; CREATE TABLE IF NOT EXISTS written (id); INSERT INTO written VALUES (1)',
  )
  database.close()
}

test('the write-ahead log stays while nobody else has the file open, until it is let go', () => {
  const path = archiveFile()
  writeTo(path)
  expect(existsSync(`${path}-wal`)).toBe(false)
  const release = holdLog(path)
  writeTo(path)
  expect(existsSync(`${path}-wal`)).toBe(true)
  release()
  expect(existsSync(`${path}-wal`)).toBe(false)
})
