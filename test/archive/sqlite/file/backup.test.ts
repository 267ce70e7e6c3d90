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
import { archiveFile } from '../../../support/archive-file.ts'
import { entriesOf } from '../../../support/entries.ts'
import { testArchive } from '../../../support/shared-archive.ts'

describe('a copy', () => {
  test('says what it holds, and only its owner can read it', async () => {
    const [path, copy] = [archiveFile(), archiveFile()]
    const archive = await testArchive(path)
    const payloads = ['1', '2', '3'].map((id) => ({ id, action_type: 22 }))
    await archive.record([{ guildId: '1', entries: entriesOf('1', payloads), from: 'rest' }])
    expect(await backUp(path, copy)).toEqual({ entries: 3, bytes: statSync(copy).size })
    expect(statSync(copy).mode & 0o777).toBe(0o600)
  })

  test('never takes the place of a file that is there', async () => {
    const [path, copy] = [archiveFile(), archiveFile()]
    await (await testArchive(path)).close()
    writeFileSync(copy, 'something dear')
    await expect(backUp(path, copy)).rejects.toThrow(
      new OperatorError(`The file ${copy} exists already, and is left as it is. Name another.`),
    )
    expect(readFileSync(copy, 'utf8')).toBe('something dear')
  })

  test('is not made where there is no archive, and none is made there', async () => {
    const [path, copy] = [archiveFile(), archiveFile()]
    await expect(backUp(path, copy)).rejects.toThrow(
      new OperatorError(`There is no archive ${path}. Set DATABASE_URL as it is set for the bot.`),
    )
    expect([existsSync(path), existsSync(copy)]).toEqual([false, false])
  })

  test('is not made of what is no archive', async () => {
    const [path, copy] = [archiveFile(), archiveFile()]
    writeFileSync(path, 'This is no database, however long it is.\n'.repeat(100))
    await expect(backUp(path, copy)).rejects.toThrow(`The archive ${path} cannot be opened`)
    expect(existsSync(copy)).toBe(false)
  })

  test('is not made of an archive that lacks a part, nor is one left behind', async () => {
    const [path, copy] = [archiveFile(), archiveFile()]
    await (await testArchive(path)).close()
    const database = new DatabaseSync(path)
    database.exec('DROP TRIGGER entry_added')
    database.close()
    await expect(backUp(path, copy)).rejects.toThrow(
      new OperatorError(
        `The copy ${copy} could not be written: the archive is damaged: its entry_added is missing.`,
      ),
    )
    expect(readdirSync(dirname(copy))).toEqual([])
  })

  test('is not put where SQLite would add to it what another database left', async () => {
    const [path, copy] = [archiveFile(), archiveFile()]
    await (await testArchive(path)).close()
    writeFileSync(`${copy}-wal`, 'of another database')
    await expect(backUp(path, copy)).rejects.toThrow(`${copy}-wal is in the way, a part of another database`)
    expect(readdirSync(dirname(copy))).toEqual(['custos.db-wal'])
  })

  test('removes what a killed one left beside it, and leaves alone what another is making', async () => {
    const [path, copy] = [archiveFile(), archiveFile()]
    await (await testArchive(path)).close()
    const folder = dirname(copy)
    mkdirSync(join(folder, '.custos-unfinished-killed'))
    writeFileSync(join(folder, '.custos-unfinished-killed', 'archive.db'), 'half')
    const made = Promise.withResolvers<void>()
    const other = publish(join(folder, 'other.db'), () => made.promise)
    await backUp(path, copy)
    const unfinished = readdirSync(folder).filter((name) => name.startsWith('.custos'))
    expect(unfinished).toHaveLength(1)
    expect(unfinished).not.toContain('.custos-unfinished-killed')
    made.resolve()
    await other
    expect(readdirSync(folder).sort()).toEqual(['custos.db', 'other.db'])
  })

  test('of which a killed process left the unfinished name beside the final one can be opened', async () => {
    const path = archiveFile()
    await (await testArchive(path)).close()
    const unfinished = join(dirname(path), '.custos-unfinished-killed')
    mkdirSync(unfinished)
    linkSync(path, join(unfinished, 'archive.db'))
    await expect(testArchive(path)).resolves.toBeDefined()
    expect(existsSync(unfinished)).toBe(false)
  })

  test('never takes the place of a file that came there meanwhile', async () => {
    const copy = archiveFile()
    const published = publish(copy, async () => writeFileSync(copy, 'something dear'))
    await expect(published).rejects.toThrow('EEXIST')
    expect(readFileSync(copy, 'utf8')).toBe('something dear')
    expect(readdirSync(dirname(copy))).toEqual(['custos.db'])
  })

  test('is not made of a folder, nor in one that is not there', async () => {
    const [path, copy] = [archiveFile(), archiveFile()]
    mkdirSync(path)
    await expect(backUp(path, copy)).rejects.toThrow(`The archive ${path} cannot be opened: it is a folder.`)
    rmSync(path, { recursive: true })
    await (await testArchive(path)).close()
    const folder = join(dirname(copy), 'missing')
    await expect(backUp(path, join(folder, 'copy.db'))).rejects.toThrow(
      new OperatorError(`There is no folder ${folder}. Create it, or name another.`),
    )
  })

  test('that cannot be written is told', async () => {
    const path = archiveFile()
    await (await testArchive(path)).close()
    const refused = expect(backUp(path, `${path}/copy.db`)).rejects
    await refused.toThrow(OperatorError)
    await refused.toThrow(`The copy ${path}/copy.db could not be written`)
  })
})

test('only its owner can read an archive, and what lies beside it', async () => {
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
