import { copyFileSync, existsSync, mkdirSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import { DatabaseSync } from 'node:sqlite'
import { sql } from 'kysely'
import { describe, expect, onTestFinished, test } from 'vitest'
import { connect } from '../../../../src/archive/sqlite/connection/connections.ts'
import { vacuum } from '../../../../src/archive/sqlite/erase/vacuum.ts'
import { SILENT } from '../../../../src/core/log.ts'
import { archiveFile } from '../../../support/archive/archive-file.ts'
import { forget } from '../../../support/archive/forget.ts'
import { freshGuild, testArchive } from '../../../support/archive/shared-archive.ts'
import { hasSmallDisks, onSmallDisk } from '../../../support/archive/small-disk.ts'
import {
  asKilled,
  filesContaining,
  fillWithSecrets,
  openElsewhere,
  SECRET,
  timesVacuumed,
} from '../../../support/archive/traces.ts'
import type { AtEnd } from '../../../support/at-end.ts'

const ALL = '100000'

async function filled(atEnd: AtEnd = onTestFinished) {
  const path = archiveFile(atEnd)
  const archive = await testArchive(path, atEnd)
  const guildId = freshGuild()
  await fillWithSecrets(archive, guildId)
  return { path, archive, guildId }
}

describe.concurrent('a confirmed erasure', () => {
  test('is pending until the file is vacuumed and the write-ahead log is empty', async ({
    onTestFinished: atEnd,
  }) => {
    const { path, archive, guildId } = await filled(atEnd)
    expect(await archive.isErasing(guildId)).toBe(false)
    await forget(archive, guildId, ALL)
    expect(await archive.isErasing(guildId)).toBe(true)
    expect(await archive.isErasing(freshGuild())).toBe(false)
    await archive.vacuum('log')
    expect(await archive.isErasing(guildId)).toBe(true)
    expect(await archive.vacuum('file')).toBe(true)
    expect(await archive.isErasing(guildId)).toBe(false)
    expect(filesContaining(path, SECRET)).toEqual([])
  })

  test('stays pending when the vacuum fails', async ({ onTestFinished: atEnd }) => {
    const { path, archive, guildId } = await filled(atEnd)
    await forget(archive, guildId, ALL)
    const stop = openElsewhere(path, 'writes', atEnd)
    await expect(archive.vacuum('file')).rejects.toThrow('locked')
    expect(await archive.isErasing(guildId)).toBe(true)
    stop()
    expect(await archive.vacuum('file')).toBe(true)
    expect(await archive.isErasing(guildId)).toBe(false)
  })

  test('stays pending while the log is being read, and then needs no second vacuum', async ({
    onTestFinished: atEnd,
  }) => {
    const { path, archive, guildId } = await filled(atEnd)
    const stop = openElsewhere(path, 'reads', atEnd)
    await forget(archive, guildId, ALL)
    expect(await archive.vacuum('file')).toBe(false)
    expect(await archive.isErasing(guildId)).toBe(true)
    stop()
    const before = timesVacuumed(path)
    expect(await archive.vacuum('file')).toBe(true)
    expect(await archive.isErasing(guildId)).toBe(false)
    expect(timesVacuumed(path)).toBe(before)
    expect(filesContaining(path, SECRET)).toEqual([])
  })

  test('is still pending after the process was killed', async ({ onTestFinished: atEnd }) => {
    const { path, archive, guildId } = await filled(atEnd)
    await forget(archive, guildId, ALL)
    const copy = asKilled(path, atEnd)
    expect(filesContaining(copy, SECRET)).not.toEqual([])
    const after = await testArchive(copy, atEnd)
    expect(await after.isErasing(guildId)).toBe(true)
    expect(await after.vacuum('file')).toBe(true)
    expect(await after.isErasing(guildId)).toBe(false)
    expect(filesContaining(copy, SECRET)).toEqual([])
  })

  test('is pending even if the retention already reaches further', async ({ onTestFinished: atEnd }) => {
    const { path, archive, guildId } = await filled(atEnd)
    await archive.applyRetention(guildId, ALL, 0)
    const before = timesVacuumed(path)
    await forget(archive, guildId, '2000')
    expect(await archive.isErasing(guildId)).toBe(true)
    expect((await archive.coverage(guildId)).erasedTo).toBe(ALL)
    await archive.vacuum('file')
    expect(timesVacuumed(path)).toBe(before + 1)
    expect(filesContaining(path, SECRET)).toEqual([])
  })

  test('is not settled by the retention', async ({ onTestFinished: atEnd }) => {
    const { path, archive, guildId } = await filled(atEnd)
    await forget(archive, guildId, '2000')
    await archive.applyRetention(guildId, '2500', 0)
    expect(await archive.isErasing(guildId)).toBe(true)
    const before = timesVacuumed(path)
    expect(await archive.vacuum('file')).toBe(true)
    expect(timesVacuumed(path)).toBe(before + 1)
    expect(await archive.isErasing(guildId)).toBe(false)
  })
})

test('one vacuum serves all pending erasures, and without one there is no vacuum', async () => {
  const { path, archive, guildId } = await filled()
  const before = timesVacuumed(path)
  await archive.vacuum('file')
  await archive.applyRetention(guildId, '1500', 0)
  await archive.vacuum('file')
  expect(timesVacuumed(path)).toBe(before)
  const other = freshGuild()
  await fillWithSecrets(archive, other)
  await Promise.all([forget(archive, guildId, ALL), forget(archive, other, ALL)])
  await Promise.all([archive.vacuum('file'), archive.vacuum('file')])
  expect(timesVacuumed(path)).toBe(before + 1)
  expect([await archive.isErasing(guildId), await archive.isErasing(other)]).toEqual([false, false])
})

test('opening an archive empties the write-ahead log of a killed process', async () => {
  const { path, archive, guildId } = await filled()
  await archive.applyRetention(guildId, ALL, 0)
  const copy = asKilled(path)
  expect(filesContaining(copy, SECRET)).toContain('custos.db-wal')
  await testArchive(copy)
  expect(filesContaining(copy, SECRET)).not.toContain('custos.db-wal')
})

test('a vacuum removes what a killed backup left beside the archive', async () => {
  const { path, archive, guildId } = await filled()
  const unfinished = join(dirname(path), '.custos-unfinished-killed')
  mkdirSync(unfinished)
  copyFileSync(path, join(unfinished, 'archive.db'))
  await forget(archive, guildId, ALL)
  await archive.vacuum('file')
  expect(existsSync(unfinished)).toBe(false)
})

test.skipIf(!hasSmallDisks(tmpdir()))(
  'without enough free space a vacuum does not start, so that the disk does not fill up',
  () => {
    expect(onSmallDisk('erase-on-full-disk.ts', dirname(archiveFile()))).toEqual({
      failure: expect.stringMatching(/^Error: It needs [\d.]+ MB of free space, and [\d.]+ MB is free\.$/),
      isFuller: false,
      isDone: true,
      left: [],
    })
  },
)

test('the copy that a vacuum makes is beside the archive, not among temporary files', async () => {
  const { path, archive, guildId } = await filled()
  await forget(archive, guildId, ALL)
  await archive.vacuum('file')
  // SQLite has one such folder for the whole process. It only creates the file if the copy is too large for its cache.
  const other = new DatabaseSync(':memory:')
  onTestFinished(() => other.close())
  expect(other.prepare('PRAGMA temp_store_directory').get()).toEqual({ temp_store_directory: dirname(path) })
})

test.each(['log', 'file'] as const)(
  'after a vacuum of the %s, writes wait for other programs as long as before',
  async (scope) => {
    const { path, archive, guildId } = await filled()
    await forget(archive, guildId, ALL)
    await archive.close()
    const connections = connect(path, SILENT)
    onTestFinished(async () => void (await connections.close()))
    const db = connections.writer()
    const timeout = async () => (await sql<{ timeout: number }>`PRAGMA busy_timeout`.execute(db)).rows
    const before = await timeout()
    await vacuum(db, scope)
    expect(await timeout()).toEqual(before)
  },
)
