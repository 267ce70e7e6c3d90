import { mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import { DatabaseSync } from 'node:sqlite'
import { beforeAll, describe, expect, test } from 'vitest'
import { backUp } from '../../../../src/archive/sqlite/file/backup.ts'
import { openArchive } from '../../../../src/archive/sqlite/open.ts'
import type { Archive } from '../../../../src/core/archive.ts'
import { OperatorError } from '../../../../src/core/errors.ts'
import { archiveFile } from '../../../support/archive/archive-file.ts'
import { allEntries, entriesOf } from '../../../support/entries/entries.ts'
import { namedEntity, observationOf } from '../../../support/entries/names.ts'

const GUILD = '1564237482688512200'
const PAGE = 4096
const BATCH = 150

/** The lengths of the header of a write-ahead log, and of the header of each frame. */
const [HEADER, FRAME_HEADER] = [32, 24]

/** The file of an archive that was closed. */
let closed: Buffer<ArrayBuffer>
/** The file and the write-ahead log of a killed process. */
interface Killed {
  readonly file: Buffer<ArrayBuffer>
  readonly log: Buffer<ArrayBuffer>
}
/** Killed after it had stored a name. */
let named: Killed
/** Killed after three more batches of entries. */
let killed: Killed
/** The file after the whole log was moved into it. */
let moved: Buffer<ArrayBuffer>

beforeAll(async () => {
  const folder = mkdtempSync(join(tmpdir(), 'custos-'))
  const path = join(folder, 'custos.db')
  const before = await openArchive(path)
  await writeBatch(before, 0)
  await before.close()
  closed = readFileSync(path)
  const after = await openArchive(path)
  const asKilled = () => ({ file: readFileSync(path), log: readFileSync(`${path}-wal`) })
  await after.record([
    { guildId: GUILD, entries: [], from: 'rest', names: [observationOf(namedEntity('7', 'user', 'ann'))] },
  ])
  named = asKilled()
  for (const nth of [1, 2, 3]) await writeBatch(after, nth)
  killed = asKilled()
  await after.close()
  moved = readFileSync(path)
  rmSync(folder, { recursive: true })
})

describe('openArchive refuses to open, and leaves as it is, an archive that is cut', () => {
  const cuts: [string, (whole: number) => number][] = [
    ['after its header', () => 100],
    ['in its first page', () => 2000],
    ['after its first page', () => PAGE],
    ['in the middle', (whole) => Math.floor(whole / 2) + 7],
    ['by some pages', (whole) => whole - 3 * PAGE],
    ['by its last page', (whole) => whole - PAGE],
    ['in its last page', (whole) => whole - PAGE + 1],
    ['by its last byte', (whole) => whole - 1],
  ]

  test.each(cuts)('%s', async (_, cut) => {
    const path = archiveFile()
    writeFileSync(path, closed.subarray(0, cut(closed.length)))
    await expectCannotOpen(path)
  })

  test.each(cuts)('%s, with a write-ahead log beside it', async (_, cut) => {
    const path = archiveFile()
    writeFileSync(path, named.file.subarray(0, cut(named.file.length)))
    writeFileSync(`${path}-wal`, named.log)
    await expectCannotOpen(path)
  })

  test.each([
    ['whose last page was written in part', (log: Buffer) => log.subarray(0, log.length - 1)],
    ['of whose pages one byte is wrong', (log: Buffer) => withWrongByte(log, Math.floor(log.length / 2))],
    ['whose first page is wrong', (log: Buffer) => withWrongByte(log, HEADER + FRAME_HEADER + 100)],
    ['in which a frame says another page', (log: Buffer) => withWrongByte(log, HEADER + 3)],
    ['whose header is wrong', (log: Buffer) => withWrongByte(log, 15)],
    ['that is none', (log: Buffer) => withWrongByte(log, 0)],
  ])('and needs a log of writes %s', async (_, tear) => {
    const path = archiveFile()
    writeFileSync(path, begun())
    writeFileSync(`${path}-wal`, tear(killed.log))
    await expectCannotOpen(path)
  })

  test('in the middle of its header', async () => {
    const path = archiveFile()
    writeFileSync(path, closed.subarray(0, 60))
    await expectCannotOpen(path, 'cannot be opened: it is not a database')
  })

  test('to nothing', async () => {
    const path = archiveFile()
    writeFileSync(path, '')
    await expectError(path, emptyMessage(path))
  })

  test('to a database without tables', async () => {
    const path = archiveFile()
    const database = new DatabaseSync(path)
    database.exec('PRAGMA user_version = 1')
    database.close()
    await expectError(path, emptyMessage(path))
  })

  test('and removed, with its write-ahead log left behind', async () => {
    const path = archiveFile()
    writeFileSync(`${path}-wal`, killed.log)
    await expectError(
      path,
      `The archive ${path} is missing, but ${path}-wal is there, which belongs to it. Put the archive back, or remove ` +
        `${path}-wal to create a new one.`,
    )
  })

  test('to nothing, with a write-ahead log beside it', async () => {
    const path = archiveFile()
    writeFileSync(path, '')
    writeFileSync(`${path}-wal`, killed.log)
    await expectCannotOpen(path)
  })
})

test('a restored backup beside the log of the archive it replaces cannot be opened until the log is removed', async () => {
  const [path, copy] = [archiveFile(), archiveFile()]
  writeFileSync(path, closed)
  await backUp(path, copy)
  writeFileSync(path, readFileSync(copy))
  writeFileSync(`${path}-wal`, killed.log)
  await expectError(
    path,
    `The archive ${path} was put there after ${path}-wal was written, which belongs to another one. Remove ` +
      `${path}-wal, and start Custos again.`,
  )
  rmSync(`${path}-wal`)
  expect(await batchesIn(readFileSync(path), Buffer.alloc(0))).toBe(1)
})

describe('opening recovers what a killed process left', () => {
  test('when some pages of the log were moved into the file', async () => {
    expect(begun().length).toBeLessThan(moved.length)
    expect(await batchesIn(begun(), killed.log)).toBe(4)
  })

  test('when the log is cut anywhere: every transaction before the cut is complete', async () => {
    let complete = 4
    for (let cut = killed.log.length; cut >= 0; cut -= Math.ceil(killed.log.length / 6)) {
      const batches = await batchesIn(killed.file, killed.log.subarray(0, cut))
      expect(batches).toBeLessThanOrEqual(complete)
      complete = batches
    }
    expect(complete).toBe(1)
  })
})

/** The file of a process that was killed while it moved pages from the log: its header declares more than there are. */
function begun(): Buffer<ArrayBuffer> {
  return Buffer.concat([moved.subarray(0, PAGE), killed.file.subarray(PAGE)])
}

function withWrongByte(log: Buffer, at: number): Buffer {
  const torn = Buffer.from(log)
  torn.writeUInt8(log.readUInt8(at) ^ 1, at)
  return torn
}

/** How many batches of entries a file with a log has. Each batch is complete or absent. */
async function batchesIn(file: Buffer<ArrayBuffer>, log: Buffer<ArrayBuffer>): Promise<number> {
  const path = archiveFile()
  writeFileSync(path, file)
  writeFileSync(`${path}-wal`, log)
  const archive = await openArchive(path)
  const entries = await allEntries(archive, GUILD)
  const sums = await archive.countByKind(GUILD, {})
  await archive.close()
  const batches = entries.length / BATCH
  expect(entries.map(({ id }) => Number(id))).toEqual(
    Array.from({ length: BATCH * Math.floor(batches) }, (_, index) => 1 + index),
  )
  expect(sums).toEqual([{ key: 72, entries: entries.length, units: entries.length }])
  return batches
}

function writeBatch(archive: Archive, nth: number): Promise<unknown> {
  const payloads = Array.from({ length: BATCH }, (_, index) => ({
    id: String(1 + nth * BATCH + index),
    action_type: 72,
    user_id: '7',
    reason: 'Spam in every channel. '.repeat(5),
  }))
  return archive.record([{ guildId: GUILD, entries: entriesOf(GUILD, payloads), from: 'rest' }])
}

function expectCannotOpen(
  path: string,
  how = 'is damaged: its end is missing. It is left as it is',
): Promise<void> {
  return expectError(
    path,
    `The archive ${path} ${how}. Put a backup in its place, or set DATABASE_URL to another file.`,
  )
}

function emptyMessage(path: string): string {
  return (
    `The file ${path} is empty. It is left as it is, because it may have been an archive. Put a backup in its place, or ` +
    'remove it to create a new archive.'
  )
}

async function expectError(path: string, message: string): Promise<void> {
  const before = contentOf(path)
  await expect(openArchive(path)).rejects.toThrow(new OperatorError(message))
  expect(contentOf(path)).toEqual(before)
}

/** The files with data in an archive's folder. */
function contentOf(path: string): object {
  const folder = dirname(path)
  const names = readdirSync(folder).filter((name) => !/\.lock$|-shm$/.test(name))
  return Object.fromEntries(names.map((name) => [name, readFileSync(`${folder}/${name}`).toString('base64')]))
}
