import { execFileSync, spawn } from 'node:child_process'
import { once } from 'node:events'
import { chmodSync, mkdirSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { DatabaseSync } from 'node:sqlite'
import { fileURLToPath } from 'node:url'
import { describe, expect, test } from 'vitest'
import { openArchive } from '../../../../src/archive/sqlite/open.ts'
import { OperatorError } from '../../../../src/core/errors.ts'
import { archiveFile } from '../../../support/archive/archive-file.ts'
import { testArchive } from '../../../support/archive/shared-archive.ts'

const OTHERWISE = 'Put a backup in its place, or set DATABASE_URL to another file.'

describe('openArchive refuses to open, and leaves as it is,', () => {
  test('a file that a newer Custos wrote', async () => {
    const path = archiveFile()
    const archive = await testArchive(path)
    await archive.close()
    change(path, `INSERT INTO kysely_migration VALUES ('9999-not-written-yet', '2036-01-01T00:00:00.000Z')`)

    await expectError(
      path,
      `The archive ${path} was written by a newer Custos. Run that version, or set DATABASE_URL to another file.`,
    )
  })

  test.each([
    ['a short text', 'DISCORD_TOKEN=not-a-database\n'],
    ['a long text', 'This is no database, however long it is.\n'.repeat(1000)],
    ['a single letter', 'D'],
  ])('%s', async (_, content) => {
    const path = archiveFile()
    writeFileSync(path, content)
    await expectError(path, `The archive ${path} cannot be opened: it is not a database. ${OTHERWISE}`)
  })

  test('a file that only begins like a database', async () => {
    const path = archiveFile()
    writeFileSync(path, `SQLite format 3\0${'?'.repeat(5000)}`)
    await expectError(
      path,
      `The archive ${path} is damaged: its end is missing. It is left as it is. ${OTHERWISE}`,
    )
  })

  test.each([
    ['a table', 'DROP TABLE name', 'name'],
    ['an index', 'DROP INDEX entry_by_kind', 'entry_by_kind'],
  ])('an archive without %s', async (_, statement, missing) => {
    const path = archiveFile()
    const archive = await testArchive(path)
    await archive.close()
    change(path, statement)
    await expectError(
      path,
      `The archive ${path} is damaged: its ${missing} is missing. It is left as it is. ${OTHERWISE}`,
    )
  })

  test('a database of another program', async () => {
    const path = archiveFile()
    change(path, 'CREATE TABLE song (title TEXT)')
    await expectError(
      path,
      `The file ${path} is the database of another program. Set DATABASE_URL to another file.`,
    )
  })

  test('a file that has one of the tables already: no other table is created', async () => {
    const path = archiveFile()
    change(
      path,
      'CREATE TABLE kysely_migration (name TEXT, timestamp TEXT); CREATE TABLE question (answer TEXT)',
    )
    await expect(openArchive(path)).rejects.toThrow(
      new OperatorError(`The archive ${path} cannot be opened: table question already exists. ${OTHERWISE}`),
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
      new OperatorError(`The archive ${path} cannot be opened: it is a folder. ${OTHERWISE}`),
    )
  })

  test('a pipe or a device, which looks like an empty file and must not be removed', async () => {
    const path = archiveFile()
    execFileSync('mkfifo', [path])
    await expect(openArchive(path)).rejects.toThrow(
      new OperatorError(`The archive ${path} cannot be opened: it is a device or a pipe. ${OTHERWISE}`),
    )
  })

  test('a name that is too long, which no backup would help', async () => {
    const path = join(dirname(archiveFile()), 'x'.repeat(300))
    const rejected = expect(openArchive(path)).rejects
    await rejected.toThrow(`The archive ${path} cannot be opened: ENAMETOOLONG`)
    await rejected.toThrow('Custos needs permission to read and write that file and its folder.')
  })

  test('a path with a file as a folder', async () => {
    const file = archiveFile()
    writeFileSync(file, '')
    const path = join(file, 'custos.db')
    const rejected = expect(openArchive(path)).rejects
    await rejected.toThrow(OperatorError)
    await rejected.toThrow(`The archive ${path} cannot be opened: `)
  })

  test.each([
    ['a file without read permission', 0o200, 0o777, 'EACCES: permission denied, access '],
    ['a file without write permission', 0o444, 0o777, 'EACCES: permission denied, access '],
    ['a folder without write permission', 0o666, 0o555, 'EACCES: permission denied, open '],
  ])('%s', async (_, file, folder, message) => {
    const path = archiveFile()
    const archive = await openArchive(path)
    await archive.close()
    rmSync(`${path}.lock`)
    chmodSync(path, file)
    chmodSync(dirname(path), folder)
    const before = readFileSync(path)
    const { code, output } = await openAsNobody(path)
    expect(code).toBe(1)
    expect(output).toContain(`The archive ${path} cannot be opened: ${message}`)
    expect(output).toContain('Custos needs permission to read and write that file and its folder.')
    expect(readFileSync(path).equals(before)).toBe(true)
  })

  test('what it refused before, without locking it', async () => {
    const path = archiveFile()
    writeFileSync(path, 'This is no database.')
    await expect(openArchive(path)).rejects.toThrow('it is not a database')
    await expect(openArchive(path)).rejects.toThrow('it is not a database')
  })
})

async function expectError(path: string, message: string): Promise<void> {
  const before = readFileSync(path)
  await expect(openArchive(path)).rejects.toThrow(new OperatorError(message))
  expect(readFileSync(path).equals(before)).toBe(true)
  expect(readdirSync(dirname(path)).sort()).toEqual(['custos.db', 'custos.db.lock'])
}

/** Opens the archive in a process of a user without permissions, because the superuser could open any file. */
async function openAsNobody(path: string): Promise<{ code: unknown; output: string }> {
  const script = fileURLToPath(new URL('../../../support/archive/archive-holder.ts', import.meta.url))
  const nobody = process.getuid?.() === 0 ? { uid: 65_534, gid: 65_534 } : {}
  const child = spawn(process.execPath, [script, path], { stdio: ['ignore', 'ignore', 'pipe'], ...nobody })
  let output = ''
  child.stderr.on('data', (chunk: Buffer) => {
    output += chunk
  })
  const [code] = await once(child, 'close')
  return { code, output }
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
