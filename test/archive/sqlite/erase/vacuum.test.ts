import { copyFileSync, existsSync, mkdirSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import { DatabaseSync } from 'node:sqlite'
import { Kysely, sql } from 'kysely'
import { describe, expect, onTestFinished, test } from 'vitest'
import { SqliteDialect } from '../../../../src/archive/sqlite/connection/dialect.ts'
import { vacuum } from '../../../../src/archive/sqlite/erase/vacuum.ts'
import type { Schema } from '../../../../src/archive/sqlite/schema.ts'
import { archiveFile } from '../../../support/archive-file.ts'
import type { AtEnd } from '../../../support/at-end.ts'
import { freshGuild, testArchive } from '../../../support/shared-archive.ts'
import { hasSmallDisks, onSmallDisk } from '../../../support/small-disk.ts'
import {
  asKilled,
  filesContaining,
  fillWithSecrets,
  openElsewhere,
  SECRET,
  timesVacuumed,
} from '../../../support/traces.ts'

const ALL = '100000'

async function filled(atEnd: AtEnd = onTestFinished) {
  const path = archiveFile(atEnd)
  const archive = await testArchive(path, atEnd)
  const guildId = freshGuild()
  await fillWithSecrets(archive, guildId)
  return { path, archive, guildId }
}

describe.concurrent('an erasure that was confirmed', () => {
  test('is pending until the file is written anew and the write-ahead log is empty', async ({
    onTestFinished: atEnd,
  }) => {
    const { path, archive, guildId } = await filled(atEnd)
    expect(await archive.isErasing(guildId)).toBe(false)
    await archive.forget(guildId, ALL)
    expect(await archive.isErasing(guildId)).toBe(true)
    expect(await archive.isErasing(freshGuild())).toBe(false)
    await archive.vacuum('log')
    expect(await archive.isErasing(guildId)).toBe(true)
    expect(await archive.vacuum('file')).toBe(true)
    expect(await archive.isErasing(guildId)).toBe(false)
    expect(filesContaining(path, SECRET)).toEqual([])
  })

  test('stays pending when the file cannot be written anew', async ({ onTestFinished: atEnd }) => {
    const { path, archive, guildId } = await filled(atEnd)
    await archive.forget(guildId, ALL)
    const stop = openElsewhere(path, 'writes', atEnd)
    await expect(archive.vacuum('file')).rejects.toThrow('locked')
    expect(await archive.isErasing(guildId)).toBe(true)
    stop()
    expect(await archive.vacuum('file')).toBe(true)
    expect(await archive.isErasing(guildId)).toBe(false)
  })

  test('stays pending while somebody reads what the log holds, and then needs no second rewriting', async ({
    onTestFinished: atEnd,
  }) => {
    const { path, archive, guildId } = await filled(atEnd)
    const stop = openElsewhere(path, 'reads', atEnd)
    await archive.forget(guildId, ALL)
    expect(await archive.vacuum('file')).toBe(false)
    expect(await archive.isErasing(guildId)).toBe(true)
    stop()
    const before = timesVacuumed(path)
    expect(await archive.vacuum('file')).toBe(true)
    expect(await archive.isErasing(guildId)).toBe(false)
    expect(timesVacuumed(path)).toBe(before)
    expect(filesContaining(path, SECRET)).toEqual([])
  })

  test('is pending still for a process that follows one that was killed', async ({
    onTestFinished: atEnd,
  }) => {
    const { path, archive, guildId } = await filled(atEnd)
    await archive.forget(guildId, ALL)
    const copy = asKilled(path, atEnd)
    expect(filesContaining(copy, SECRET)).not.toEqual([])
    const after = await testArchive(copy, atEnd)
    expect(await after.isErasing(guildId)).toBe(true)
    expect(await after.vacuum('file')).toBe(true)
    expect(await after.isErasing(guildId)).toBe(false)
    expect(filesContaining(copy, SECRET)).toEqual([])
  })

  test('is pending though everything was forgotten further on before', async ({ onTestFinished: atEnd }) => {
    const { path, archive, guildId } = await filled(atEnd)
    await archive.applyRetention(guildId, ALL, 0)
    const before = timesVacuumed(path)
    await archive.forget(guildId, '2000')
    expect(await archive.isErasing(guildId)).toBe(true)
    expect((await archive.coverage(guildId)).forgottenTo).toBe(ALL)
    await archive.vacuum('file')
    expect(timesVacuumed(path)).toBe(before + 1)
    expect(filesContaining(path, SECRET)).toEqual([])
  })

  test('is not settled by what grows too old meanwhile', async ({ onTestFinished: atEnd }) => {
    const { path, archive, guildId } = await filled(atEnd)
    await archive.forget(guildId, '2000')
    await archive.applyRetention(guildId, '2500', 0)
    expect(await archive.isErasing(guildId)).toBe(true)
    const before = timesVacuumed(path)
    expect(await archive.vacuum('file')).toBe(true)
    expect(timesVacuumed(path)).toBe(before + 1)
    expect(await archive.isErasing(guildId)).toBe(false)
  })
})

test('the file is written anew for those who wait, once for all of them, and for nobody else', async () => {
  const { path, archive, guildId } = await filled()
  const before = timesVacuumed(path)
  await archive.vacuum('file')
  await archive.applyRetention(guildId, '1500', 0)
  await archive.vacuum('file')
  expect(timesVacuumed(path)).toBe(before)
  const other = freshGuild()
  await fillWithSecrets(archive, other)
  await Promise.all([archive.forget(guildId, ALL), archive.forget(other, ALL)])
  await Promise.all([archive.vacuum('file'), archive.vacuum('file')])
  expect(timesVacuumed(path)).toBe(before + 1)
  expect([await archive.isErasing(guildId), await archive.isErasing(other)]).toEqual([false, false])
})

test('what a killed process left in the write-ahead log is gone once the archive is open again', async () => {
  const { path, archive, guildId } = await filled()
  await archive.applyRetention(guildId, ALL, 0)
  const copy = asKilled(path)
  expect(filesContaining(copy, SECRET)).toContain('custos.db-wal')
  await testArchive(copy)
  expect(filesContaining(copy, SECRET)).not.toContain('custos.db-wal')
})

test('what a killed backup left beside the archive goes too', async () => {
  const { path, archive, guildId } = await filled()
  const unfinished = join(dirname(path), '.custos-unfinished-killed')
  mkdirSync(unfinished)
  copyFileSync(path, join(unfinished, 'archive.db'))
  await archive.forget(guildId, ALL)
  await archive.vacuum('file')
  expect(existsSync(unfinished)).toBe(false)
})

test.skipIf(!hasSmallDisks(tmpdir()))(
  'where there is no room for writing the file anew it is not begun, so that the disk does not become full',
  () => {
    expect(onSmallDisk('erase-on-full-disk.ts', dirname(archiveFile()))).toEqual({
      refusal: expect.stringMatching(/^Error: It takes [\d.]+ MB of free space, and [\d.]+ MB are free\.$/),
      isFuller: false,
      isWiped: true,
      left: [],
    })
  },
)

test('the copy that is made on the way lies beside the archive, not among temporary files', async () => {
  const { path, archive, guildId } = await filled()
  await archive.forget(guildId, ALL)
  await archive.vacuum('file')
  // SQLite has one such folder for the whole process. It makes the file only for a copy that is too large for its cache.
  const other = new DatabaseSync(':memory:')
  onTestFinished(() => other.close())
  expect(other.prepare('PRAGMA temp_store_directory').get()).toEqual({ temp_store_directory: dirname(path) })
})

test.each(['log', 'file'] as const)(
  'after %s is wiped a write waits for another program as long as before',
  async (of) => {
    const { path, archive, guildId } = await filled()
    await archive.forget(guildId, ALL)
    await archive.close()
    const db = new Kysely<Schema>({ dialect: new SqliteDialect({ path, readOnly: false }, 1) })
    onTestFinished(() => db.destroy())
    const timeout = async () => (await sql<{ timeout: number }>`PRAGMA busy_timeout`.execute(db)).rows
    const before = await timeout()
    await vacuum(db, of)
    expect(await timeout()).toEqual(before)
  },
)
