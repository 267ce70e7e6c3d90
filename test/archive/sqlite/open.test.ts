import { subscribe, unsubscribe } from 'node:diagnostics_channel'
import { dirname, join } from 'node:path'
import { Worker } from 'node:worker_threads'
import { describe, expect, onTestFinished, test } from 'vitest'
import type { ArchiveUpdate } from '../../../src/core/archive.ts'
import { isRecord } from '../../../src/core/json.ts'
import type { SavedQuery } from '../../../src/core/query/saved-query.ts'
import { archiveFile } from '../../support/archive/archive-file.ts'
import { makeSearchesEndless } from '../../support/archive/endless-searches.ts'
import { testArchive } from '../../support/archive/shared-archive.ts'
import { allEntries, entriesOf } from '../../support/entries/entries.ts'
import { namedEntity, observationOf } from '../../support/entries/names.ts'

const GUILD = '1564237482688512200'

const ann = namedEntity('7', 'user', 'ann')

const update: ArchiveUpdate = {
  guildId: GUILD,
  entries: entriesOf(GUILD, [
    { id: '1564393200418818188', action_type: 72, user_id: '7', options: { channel_id: '5', count: '4' } },
    { id: '1564405493923841369', action_type: 22, user_id: '8', target_id: '9', reason: 'Spam' },
  ]),
  from: 'rest',
  complete: [{ start: '1564393200418818188', end: '1564405493923841369' }],
  readAt: 1_795_521_600_000,
  names: [observationOf(ann)],
}

const query: SavedQuery = {
  command: 'audit recent',
  guildId: GUILD,
  askerId: '7',
  askedAt: 1,
  timeZone: 'UTC',
  filter: { reason: 'Spam' },
  order: 'oldest',
}

describe('an archive', () => {
  test('is created with its folders where there is none, and has everything after a restart', async () => {
    const path = join(dirname(archiveFile()), 'a', 'folder', 'custos.db')
    const before = await testArchive(path)
    await before.record([update])
    const number = before.saveQuery(query)
    await before.close()

    const after = await testArchive(path)
    expect(await allEntries(after, GUILD)).toEqual(update.entries)
    expect(await after.newestId(GUILD)).toBe('1564405493923841369')
    expect(await after.countByKind(GUILD, { executorId: '7' })).toEqual([{ key: 72, entries: 1, units: 4 }])
    expect(await after.coverage(GUILD)).toEqual({ ranges: update.complete, readAt: update.readAt })
    expect(await after.findNames(GUILD, 'ANN', 5)).toEqual([{ ...ann, alias: null }])
    expect(await after.savedQuery(query.guildId, number)).toStrictEqual(query)
    expect(after.saveQuery(query)).toBeGreaterThan(number)
  })

  test('in memory is a new one every time', async () => {
    const before = await testArchive(':memory:')
    await before.record([update])
    expect(await allEntries(await testArchive(':memory:'), GUILD)).toEqual([])
  })

  test('answers a short query during a long one', async () => {
    const path = archiveFile()
    const archive = await testArchive(path)
    await archive.record([update])
    makeSearchesEndless(path)
    const search = expect(archive.countByKind(GUILD, { reason: 'zebra' })).rejects.toThrow(CLOSED)
    expect((await archive.coverage(GUILD)).readAt).toBe(update.readAt)
    await archive.close()
    await search
  })

  test('that is closed has no thread left, rejects every query, and can be closed again', async () => {
    const threads = recordThreads()
    const archive = await testArchive(archiveFile())
    await Promise.all([archive.newestId(GUILD), archive.newestId(GUILD)])
    await archive.close()
    expect(threads.length).toBeGreaterThanOrEqual(3)
    expect(threads.filter(({ threadId }) => threadId !== ENDED)).toEqual([])
    await expect(archive.newestId(GUILD)).rejects.toThrow()
    await expect(archive.record([update])).rejects.toThrow()
    await expect(archive.close()).resolves.toBeUndefined()
  })
})

describe('a thread of an archive that ends unexpectedly', () => {
  test('fails the queries it was running and is replaced for the next caller', async () => {
    const threads = recordThreads()
    const archive = await testArchive(archiveFile())
    await archive.record([update])
    for (let round = 1; round <= 3; round++) {
      await Promise.all([archive.newestId(GUILD), archive.countByKind(GUILD, { reason: 'spam' })])
      const writing = archive.record([{ ...update, readAt: round }])
      const search = archive.countByKind(GUILD, { reason: 'spam' })
      const outcomes = Promise.allSettled([writing, search])
      await endAll(threads)
      expect((await outcomes).map(({ status }) => status)).toEqual(['rejected', 'rejected'])

      await archive.record([{ ...update, readAt: 100 + round }])
      expect(await allEntries(archive, GUILD)).toEqual(update.entries)
      expect((await archive.coverage(GUILD)).readAt).toBe(100 + round)
    }
  })

  test('loses an archive in memory, and every query says so', async () => {
    const threads = recordThreads()
    const archive = await testArchive(':memory:')
    await archive.record([update])
    await endAll(threads)
    const lost = 'The archive was in memory only and its thread has ended, so it is lost. Restart Custos.'
    await expect(archive.newestId(GUILD)).rejects.toThrow(lost)
    await expect(archive.record([update])).rejects.toThrow(lost)
  })
})

describe('closing an archive', () => {
  test('does not wait for a long search, and leaves no thread that goes on with it', async () => {
    const threads = recordThreads()
    const path = archiveFile()
    const archive = await testArchive(path)
    await archive.record([update])
    makeSearchesEndless(path)
    const searches = Array.from({ length: 50 }, () =>
      expect(archive.countByKind(GUILD, { reason: 'zebra' })).rejects.toThrow(CLOSED),
    )
    await expectQuickly(archive.close())
    await Promise.all(searches)
    expect(threads.filter(({ threadId }) => threadId !== ENDED)).toEqual([])
  })

  test('finishes a write that is running', async () => {
    const path = archiveFile()
    const archive = await testArchive(path)
    const payloads = Array.from({ length: 2000 }, (_, id) => ({ id: String(id + 1), action_type: 22 }))
    const written = archive.record([{ guildId: GUILD, entries: entriesOf(GUILD, payloads), from: 'rest' }])
    await archive.close()
    await written
    expect(await (await testArchive(path)).countHeld(GUILD)).toBe(2000)
  })
})

const CLOSED = 'The archive is closed.'

/** Closing takes a second at most; the rest allows for a busy machine. */
async function expectQuickly(closed: Promise<void>): Promise<void> {
  const began = performance.now()
  await closed
  expect(performance.now() - began).toBeLessThan(1500)
}

/** The `threadId` of a thread that has ended. */
const ENDED = -1

async function endAll(threads: Worker[]): Promise<void> {
  await Promise.all(threads.splice(0).map((thread) => thread.terminate()))
}

function recordThreads(): Worker[] {
  const threads: Worker[] = []
  const onThread = (message: unknown) => {
    if (isRecord(message) && message.worker instanceof Worker) threads.push(message.worker)
  }
  subscribe('worker_threads', onThread)
  onTestFinished(() => {
    unsubscribe('worker_threads', onThread)
  })
  return threads
}
