import {
  chmodSync,
  existsSync,
  linkSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  rmSync,
  statSync,
  writeFileSync,
} from 'node:fs'
import { dirname, join } from 'node:path'
import { DatabaseSync } from 'node:sqlite'
import { describe, expect, test } from 'vitest'
import { backUp } from '../../../../src/archive/sqlite/file/backup.ts'
import { publish } from '../../../../src/archive/sqlite/file/publish.ts'
import { OperatorError } from '../../../../src/core/errors.ts'
import { archiveFile } from '../../../support/archive/archive-file.ts'
import { testArchive } from '../../../support/archive/shared-archive.ts'
import { entriesOf } from '../../../support/entries/entries.ts'

describe('a backup', () => {
  test('returns its size and entries, and only its owner can read it', async () => {
    const [path, copy] = [archiveFile(), archiveFile()]
    const archive = await testArchive(path)
    const payloads = ['1', '2', '3'].map((id) => ({ id, action_type: 22 }))
    await archive.record([{ guildId: '1', entries: entriesOf('1', payloads), from: 'rest' }])
    expect(await backUp(path, copy)).toEqual({ entries: 3, bytes: statSync(copy).size })
    expect(statSync(copy).mode & 0o777).toBe(0o600)
  })

  test('never replaces an existing file', async () => {
    const [path, copy] = [archiveFile(), archiveFile()]
    await (await testArchive(path)).close()
    writeFileSync(copy, 'important')
    await expect(backUp(path, copy)).rejects.toThrow(
      new OperatorError(`The file ${copy} already exists and is left as it is. Choose another name.`),
    )
    expect(readFileSync(copy, 'utf8')).toBe('important')
  })

  test('of a missing archive fails and creates nothing', async () => {
    const [path, copy] = [archiveFile(), archiveFile()]
    await expect(backUp(path, copy)).rejects.toThrow(
      new OperatorError(`There is no archive ${path}. Set DATABASE_URL as it is set for the bot.`),
    )
    expect([existsSync(path), existsSync(copy)]).toEqual([false, false])
  })

  test('of another file fails', async () => {
    const [path, copy] = [archiveFile(), archiveFile()]
    writeFileSync(path, 'This is no database, however long it is.\n'.repeat(100))
    await expect(backUp(path, copy)).rejects.toThrow(`The archive ${path} cannot be opened`)
    expect(existsSync(copy)).toBe(false)
  })

  test('of an archive without an index fails and leaves nothing behind', async () => {
    const [path, copy] = [archiveFile(), archiveFile()]
    await (await testArchive(path)).close()
    const database = new DatabaseSync(path)
    database.exec('DROP INDEX entry_by_kind')
    database.close()
    await expect(backUp(path, copy)).rejects.toThrow(
      new OperatorError(
        `The copy ${copy} could not be written: the archive is damaged: its entry_by_kind is missing.`,
      ),
    )
    expect(readdirSync(dirname(copy))).toEqual([])
  })

  test('of an archive that a newer version wrote fails, and says so', async () => {
    const [path, copy] = [archiveFile(), archiveFile()]
    await (await testArchive(path)).close()
    const database = new DatabaseSync(path)
    database.exec(`
      INSERT INTO kysely_migration (name, timestamp) VALUES ('9999-later', '2030-01-01');
      ALTER TABLE name RENAME TO renamed`)
    database.close()
    await expect(backUp(path, copy)).rejects.toThrow(`The archive ${path} was written by a newer Custos.`)
    expect(existsSync(copy)).toBe(false)
  })

  test('is not written beside the write-ahead log of another database', async () => {
    const [path, copy] = [archiveFile(), archiveFile()]
    await (await testArchive(path)).close()
    writeFileSync(`${copy}-wal`, 'of another database')
    await expect(backUp(path, copy)).rejects.toThrow(
      `${copy}-wal is in the way, which belongs to another database`,
    )
    expect(readdirSync(dirname(copy))).toEqual(['custos.db-wal'])
  })

  test('removes the unfinished files of a killed backup, and no others', async () => {
    const [path, copy] = [archiveFile(), archiveFile()]
    await (await testArchive(path)).close()
    const folder = dirname(copy)
    mkdirSync(join(folder, '.custos-unfinished-killed'))
    writeFileSync(join(folder, '.custos-unfinished-killed', 'archive.db'), 'half')
    const finished = Promise.withResolvers<void>()
    const other = publish(join(folder, 'other.db'), () => finished.promise)
    await backUp(path, copy)
    const unfinished = readdirSync(folder).filter((name) => name.startsWith('.custos'))
    expect(unfinished).toHaveLength(1)
    expect(unfinished).not.toContain('.custos-unfinished-killed')
    finished.resolve()
    await other
    expect(readdirSync(folder).sort()).toEqual(['custos.db', 'other.db'])
  })

  test('that a killed process left with both its names can be opened', async () => {
    const path = archiveFile()
    await (await testArchive(path)).close()
    const unfinished = join(dirname(path), '.custos-unfinished-killed')
    mkdirSync(unfinished)
    linkSync(path, join(unfinished, 'archive.db'))
    await expect(testArchive(path)).resolves.toBeDefined()
    expect(existsSync(unfinished)).toBe(false)
  })

  test('never replaces a file that is created meanwhile', async () => {
    const copy = archiveFile()
    const published = publish(copy, async () => writeFileSync(copy, 'important'))
    await expect(published).rejects.toThrow('EEXIST')
    expect(readFileSync(copy, 'utf8')).toBe('important')
    expect(readdirSync(dirname(copy))).toEqual(['custos.db'])
  })

  test('of a folder, or in a missing folder, fails', async () => {
    const [path, copy] = [archiveFile(), archiveFile()]
    mkdirSync(path)
    await expect(backUp(path, copy)).rejects.toThrow(`The archive ${path} cannot be opened: it is a folder.`)
    rmSync(path, { recursive: true })
    await (await testArchive(path)).close()
    const folder = join(dirname(copy), 'missing')
    await expect(backUp(path, join(folder, 'copy.db'))).rejects.toThrow(
      new OperatorError(`There is no folder ${folder}. Create it, or choose another.`),
    )
  })

  test('that cannot be written fails with a message', async () => {
    const path = archiveFile()
    await (await testArchive(path)).close()
    const rejected = expect(backUp(path, `${path}/copy.db`)).rejects
    await rejected.toThrow(OperatorError)
    await rejected.toThrow(`The copy ${path}/copy.db could not be written`)
  })
})

test('only its owner can read an archive and the files beside it', async () => {
  const path = archiveFile()
  const archive = await testArchive(path)
  await archive.record([{ guildId: '1', entries: [], from: 'rest', readAt: 1 }])
  for (const suffix of ['', '-wal', '-shm', '.lock']) {
    expect([suffix, statSync(path + suffix).mode & 0o777]).toEqual([suffix, 0o600])
  }
  await archive.close()
  chmodSync(path, 0o640)
  await (await testArchive(path)).close()
  expect(statSync(path).mode & 0o777).toBe(0o640)
})
