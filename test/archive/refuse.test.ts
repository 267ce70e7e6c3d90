import { mkdirSync, readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { DatabaseSync } from 'node:sqlite'
import { describe, expect, test } from 'vitest'
import { openArchive } from '../../src/archive/open.ts'
import { OperatorError } from '../../src/core/operator-error.ts'
import { archiveFile } from '../support/archive-file.ts'
import { testArchive } from '../support/shared-archive.ts'

describe('what is no archive of this version is refused, and left as it is', () => {
  test('a file that a newer Custos wrote', async () => {
    const path = archiveFile()
    const archive = await testArchive(path)
    await archive.close()
    change(path, `INSERT INTO kysely_migration VALUES ('9999-not-written-yet', '2036-01-01T00:00:00.000Z')`)

    await expectRefusal(
      path,
      `The archive ${path} was written by a newer Custos. Run that version, or set DATABASE_URL to another file.`,
    )
  })

  test.each([
    ['a short text', 'DISCORD_TOKEN=not-a-database\n'],
    ['a long text', 'This is no database, however long it is.\n'.repeat(1000)],
    ['what only begins like a database', `SQLite format 3\0${'?'.repeat(5000)}`],
  ])('%s', async (_, content) => {
    const path = archiveFile()
    writeFileSync(path, content)
    await expectRefusal(path, `The archive ${path} cannot be opened: file is not a database.`)
  })

  test('a database of another program', async () => {
    const path = archiveFile()
    change(path, 'CREATE TABLE song (title TEXT)')
    await expectRefusal(
      path,
      `The file ${path} is the database of another program. Set DATABASE_URL to another file.`,
    )
  })

  test('one in which a table stands in the way: nothing is left half made', async () => {
    const path = archiveFile()
    change(
      path,
      'CREATE TABLE kysely_migration (name TEXT, timestamp TEXT); CREATE TABLE question (answer TEXT)',
    )
    await expect(openArchive(path)).rejects.toThrow(
      new OperatorError(`The archive ${path} cannot be opened: table question already exists.`),
    )
    const tables = query(
      path,
      `SELECT name FROM sqlite_schema WHERE type = 'table' AND name NOT LIKE 'kysely%'`,
    )
    expect(tables).toMatchObject([{ name: 'question' }])
  })

  test('a folder', async () => {
    const path = archiveFile()
    mkdirSync(path)
    await expect(openArchive(path)).rejects.toThrow(
      new OperatorError(`The archive ${path} cannot be opened: unable to open database file.`),
    )
  })

  test('a place in a file that should be a folder', async () => {
    const file = archiveFile()
    writeFileSync(file, '')
    const path = join(file, 'custos.db')
    const refused = expect(openArchive(path)).rejects
    await refused.toThrow(OperatorError)
    await refused.toThrow(`The archive ${path} cannot be opened: `)
  })

  test('and is not claimed by the one that was refused', async () => {
    const path = archiveFile()
    writeFileSync(path, 'This is no database.')
    await expect(openArchive(path)).rejects.toThrow('file is not a database')
    await expect(openArchive(path)).rejects.toThrow('file is not a database')
  })
})

async function expectRefusal(path: string, sentence: string): Promise<void> {
  const before = readFileSync(path)
  await expect(openArchive(path)).rejects.toThrow(new OperatorError(sentence))
  expect(readFileSync(path).equals(before)).toBe(true)
}

function change(path: string, statements: string): void {
  const database = new DatabaseSync(path)
  database.exec(statements)
  database.close()
}

function query(path: string, statement: string): object[] {
  const database = new DatabaseSync(path, { readOnly: true })
  const rows = database.prepare(statement).all()
  database.close()
  return rows
}
