import { mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import { DatabaseSync } from 'node:sqlite'
import { beforeAll, describe, expect, test } from 'vitest'
import { backUp } from '../../../../src/archive/sqlite/file/backup.ts'
import { openArchive } from '../../../../src/archive/sqlite/open.ts'
import type { Archive } from '../../../../src/core/archive.ts'
import { OperatorError } from '../../../../src/core/errors.ts'
import { archiveFile } from '../../../support/archive-file.ts'
import { allEntries, entriesOf } from '../../../support/entries.ts'
import { known, naming } from '../../../support/names.ts'

const GUILD = '1564237482688512200'
const PAGE = 4096
const BATCH = 150

/** The lengths of the headers of a log of writes, and of each frame in it. */
const [HEADER, FRAME_HEADER] = [32, 24]

/** An archive that was closed. */
let closed: Buffer<ArrayBuffer>
/** The file of one whose process was killed, and the log of writes beside it. */
interface Killed {
  readonly file: Buffer<ArrayBuffer>
  readonly log: Buffer<ArrayBuffer>
}
/** Killed after it had kept a name. */
let named: Killed
/** Killed after three more batches. */
let killed: Killed
/** The file that all of the log was moved into. */
let moved: Buffer<ArrayBuffer>

beforeAll(async () => {
  const folder = mkdtempSync(join(tmpdir(), 'custos-'))
  const path = join(folder, 'custos.db')
  const before = await openArchive(path)
  await keepBatch(before, 0)
  await before.close()
  closed = readFileSync(path)
  const after = await openArchive(path)
  const asKilled = () => ({ file: readFileSync(path), log: readFileSync(`${path}-wal`) })
  await after.record([
    { guildId: GUILD, entries: [], from: 'rest', names: [naming(known('7', 'user', 'ann'))] },
  ])
  named = asKilled()
  for (const nth of [1, 2, 3]) await keepBatch(after, nth)
  killed = asKilled()
  await after.close()
  moved = readFileSync(path)
  rmSync(folder, { recursive: true })
})

describe('an archive that is cut short is refused, and left as it is', () => {
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
    await expectRefusal(path)
  })

  test.each(cuts)('%s, with a log of writes beside it', async (_, cut) => {
    const path = archiveFile()
    writeFileSync(path, named.file.subarray(0, cut(named.file.length)))
    writeFileSync(`${path}-wal`, named.log)
    await expectRefusal(path)
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
    await expectRefusal(path)
  })

  test('in the middle of its header', async () => {
    const path = archiveFile()
    writeFileSync(path, closed.subarray(0, 60))
    await expectRefusal(path, 'cannot be opened: it is no database')
  })

  test('to nothing', async () => {
    const path = archiveFile()
    writeFileSync(path, '')
    await expectRefusalThat(path, emptySentence(path))
  })

  test('to a database without tables', async () => {
    const path = archiveFile()
    const database = new DatabaseSync(path)
    database.exec('PRAGMA user_version = 1')
    database.close()
    await expectRefusalThat(path, emptySentence(path))
  })

  test('and lost, with a log of writes left behind', async () => {
    const path = archiveFile()
    writeFileSync(`${path}-wal`, killed.log)
    await expectRefusalThat(
      path,
      `The archive ${path} is missing, but ${path}-wal is there, which belongs to it. Put the archive back, or remove ` +
        `${path}-wal to begin a new one.`,
    )
  })

  test('to nothing, with a log of writes beside it', async () => {
    const path = archiveFile()
    writeFileSync(path, '')
    writeFileSync(`${path}-wal`, killed.log)
    await expectRefusal(path)
  })
})

test('a backup beside the log of the archive that it replaces is refused until that is removed', async () => {
  const [path, copy] = [archiveFile(), archiveFile()]
  writeFileSync(path, closed)
  await backUp(path, copy)
  writeFileSync(path, readFileSync(copy))
  writeFileSync(`${path}-wal`, killed.log)
  await expectRefusalThat(
    path,
    `The archive ${path} was put there since ${path}-wal was written, which belongs to another one. Remove ` +
      `${path}-wal, and start Custos again.`,
  )
  rmSync(`${path}-wal`)
  expect(await batchesIn(readFileSync(path), Buffer.alloc(0))).toBe(1)
})

describe('what a killed process leaves is taken up where it was', () => {
  test('writes of which some were moved into the file already', async () => {
    expect(begun().length).toBeLessThan(moved.length)
    expect(await batchesIn(begun(), killed.log)).toBe(4)
  })

  test('a log that is cut short anywhere: what was committed before is there, whole', async () => {
    let held = 4
    for (let cut = killed.log.length; cut >= 0; cut -= Math.ceil(killed.log.length / 6)) {
      const batches = await batchesIn(killed.file, killed.log.subarray(0, cut))
      expect(batches).toBeLessThanOrEqual(held)
      held = batches
    }
    expect(held).toBe(1)
  })
})

/** A file whose process was killed while moving pages out of the log: the first page tells of more than there are. */
function begun(): Buffer<ArrayBuffer> {
  return Buffer.concat([moved.subarray(0, PAGE), killed.file.subarray(PAGE)])
}

function withWrongByte(log: Buffer, at: number): Buffer {
  const torn = Buffer.from(log)
  torn.writeUInt8(log.readUInt8(at) ^ 1, at)
  return torn
}

/** How many batches are held by a file with a log beside it. Of a batch, all is held or nothing. */
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

function keepBatch(archive: Archive, nth: number): Promise<void> {
  const payloads = Array.from({ length: BATCH }, (_, index) => ({
    id: String(1 + nth * BATCH + index),
    action_type: 72,
    user_id: '7',
    reason: 'Spam in every channel. '.repeat(5),
  }))
  return archive.record([{ guildId: GUILD, entries: entriesOf(GUILD, payloads), from: 'rest' }])
}

function expectRefusal(
  path: string,
  how = 'is damaged: its end is missing. It is left as it is',
): Promise<void> {
  return expectRefusalThat(
    path,
    `The archive ${path} ${how}. Put a backup in its place, or set DATABASE_URL to another file.`,
  )
}

function emptySentence(path: string): string {
  return (
    `The file ${path} is empty. It is left as it is, since it may have been an archive. Put a backup in its place, or ` +
    'remove it to begin a new archive.'
  )
}

async function expectRefusalThat(path: string, sentence: string): Promise<void> {
  const before = contentOf(path)
  await expect(openArchive(path)).rejects.toThrow(new OperatorError(sentence))
  expect(contentOf(path)).toEqual(before)
}

/** What lies in an archive's folder, but for what holds no data. */
function contentOf(path: string): object {
  const folder = dirname(path)
  const names = readdirSync(folder).filter((name) => !/\.lock$|-shm$/.test(name))
  return Object.fromEntries(names.map((name) => [name, readFileSync(`${folder}/${name}`).toString('base64')]))
}
