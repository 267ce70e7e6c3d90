import { chmodSync, existsSync, readFileSync, statSync, writeFileSync } from 'node:fs'
import { describe, expect, test } from 'vitest'
import { backUp } from '../../src/archive/backup.ts'
import { OperatorError } from '../../src/core/operator-error.ts'
import { archiveFile } from '../support/archive-file.ts'
import { entriesOf } from '../support/entries.ts'
import { testArchive } from '../support/shared-archive.ts'

describe('a copy', () => {
  test('says what it holds, and only its owner can read it', async () => {
    const [path, copy] = [archiveFile(), archiveFile()]
    const archive = await testArchive(path)
    const payloads = ['1', '2', '3'].map((id) => ({ id, action_type: 22 }))
    await archive.keep([{ guildId: '1', entries: entriesOf('1', payloads), from: 'rest' }])
    expect(backUp(path, copy)).toEqual({ entries: 3, bytes: statSync(copy).size })
    expect(statSync(copy).mode & 0o777).toBe(0o600)
  })

  test('never takes the place of a file that is there', async () => {
    const [path, copy] = [archiveFile(), archiveFile()]
    await (await testArchive(path)).close()
    writeFileSync(copy, 'something dear')
    expect(() => backUp(path, copy)).toThrow(
      new OperatorError(`The file ${copy} exists already, and is left as it is. Name another.`),
    )
    expect(readFileSync(copy, 'utf8')).toBe('something dear')
  })

  test('is not made where there is no archive, and none is made there', () => {
    const [path, copy] = [archiveFile(), archiveFile()]
    expect(() => backUp(path, copy)).toThrow(
      new OperatorError(`There is no archive ${path}. Set DATABASE_URL as it is set for the bot.`),
    )
    expect([existsSync(path), existsSync(copy)]).toEqual([false, false])
  })

  test('is not made of what is no archive', () => {
    const [path, copy] = [archiveFile(), archiveFile()]
    writeFileSync(path, 'This is no database, however long it is.\n'.repeat(100))
    expect(() => backUp(path, copy)).toThrow(`The archive ${path} cannot be opened`)
    expect(existsSync(copy)).toBe(false)
  })

  test('that cannot be written is told', async () => {
    const path = archiveFile()
    await (await testArchive(path)).close()
    const refused = expect(() => backUp(path, `${path}/copy.db`))
    refused.toThrow(OperatorError)
    refused.toThrow(`The copy ${path}/copy.db could not be written`)
  })
})

test('only its owner can read an archive, and what lies beside it', async () => {
  const path = archiveFile()
  const archive = await testArchive(path)
  await archive.keep([{ guildId: '1', entries: [], from: 'rest', readAt: 1 }])
  for (const suffix of ['', '-wal', '-shm', '.lock']) {
    expect([suffix, statSync(path + suffix).mode & 0o777]).toEqual([suffix, 0o600])
  }
  await archive.close()
  chmodSync(path, 0o640)
  await (await testArchive(path)).close()
  expect(statSync(path).mode & 0o777).toBe(0o640)
})
