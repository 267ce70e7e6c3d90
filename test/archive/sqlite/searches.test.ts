import { describe, expect, onTestFinished, test } from 'vitest'
import { createArchive } from '../../../src/archive/archive.ts'
import type { Connect, Connections } from '../../../src/archive/connection/connections.ts'
import type { Schema } from '../../../src/archive/schema.ts'
import { openInProcess } from '../../../src/archive/sqlite/connection/in-process.ts'
import { vacuum } from '../../../src/archive/sqlite/erase/vacuum.ts'
import { migrate } from '../../../src/archive/sqlite/migrate.ts'
import { SavedQueryStore } from '../../../src/archive/write/saved-query-store.ts'
import type { Archive, ArchiveReader } from '../../../src/core/archive.ts'
import { SILENT } from '../../../src/core/log.ts'
import type { Filter } from '../../../src/core/query/filter.ts'
import { archiveFile } from '../../support/archive/archive-file.ts'
import { forget } from '../../support/archive/forget.ts'
import { freshGuild, testArchive } from '../../support/archive/shared-archive.ts'
import { entriesOf } from '../../support/entries/entries.ts'

const GUILD = freshGuild()
const PAGE = { order: 'newest', limit: 10 } as const
const RANKING = { most: 'entries', top: 3 } as const
const REPEATS = { min: 2, skip: 0, limit: 10 } as const
const REASON = { reason: 'spam' }
const BANS = ['5', '6', '7'].map((id) => ({
  id,
  action_type: 22,
  user_id: '1',
  target_id: id,
  reason: 'Spam',
}))

type Read = (archive: ArchiveReader, filter: Filter) => Promise<unknown>

/** Reads that take long when they are narrowed by a reason only. */
const LISTS: readonly (readonly [what: string, read: Read])[] = [
  ['a list', (archive, filter) => archive.list(GUILD, filter, PAGE)],
  ['counts by kind', (archive, filter) => archive.countByKind(GUILD, filter)],
  ['entries without an executor', (archive, filter) => archive.countUnnamed(GUILD, filter)],
  ['moderators', (archive, filter) => archive.rank(GUILD, filter, { ...RANKING, by: 'executor' })],
]

/** Reads of what a watch follows, which take long in the same case. */
const WATCHES: typeof LISTS = [
  ['arrivals', (archive, filter) => archive.arrivals(GUILD, filter, { after: 0 }, 10)],
  ['counts of arrivals', (archive, filter) => archive.countArrivals(GUILD, filter, { after: 0 })],
  ['what alerts count', (archive, filter) => archive.countedEntries(GUILD, filter, PAGE)],
]

/** Reads that always take long. */
const SEARCHES: readonly (readonly [what: string, read: Read])[] = [
  ['targets', (archive, filter) => archive.rank(GUILD, filter, { ...RANKING, by: 'target' })],
  ['channels', (archive, filter) => archive.rank(GUILD, filter, { ...RANKING, by: 'channel' })],
  ['repeats', (archive, filter) => archive.repeats(GUILD, filter, REPEATS)],
  ['what concerns a member', (archive) => archive.countConcerning(GUILD, '7')],
]

/** An archive in memory that notes which connections its reads use. */
async function openNoting(): Promise<{ archive: Archive; used: Set<string> }> {
  const db = openInProcess<Schema>(':memory:')
  onTestFinished(() => db.destroy())
  await migrate(db)
  const used = new Set<string>()
  const noting =
    (name: string): Connect =>
    () => {
      used.add(name)
      return db
    }
  const connections: Connections = {
    writer: noting('writer'),
    reader: noting('reader'),
    searcher: noting('searcher'),
    maintainer: noting('maintainer'),
    close: async () => true,
    hasEnded: false,
  }
  const queries = new SavedQueryStore({ connections, log: SILENT, lastNumber: 0 })
  return {
    archive: createArchive({
      connections,
      queries,
      vacuum: (scope) => vacuum(db, scope),
      writesGuildsTogether: true,
      size: async () => 0,
      close: async () => {},
    }),
    used,
  }
}

describe('what is read on the threads for searches', () => {
  test.each([...LISTS, ...WATCHES])('%s, if a reason is searched for', async (_, read) => {
    const { archive, used } = await openNoting()
    await read(archive, {})
    expect([...used]).toEqual(['reader'])
    used.clear()
    await read(archive, REASON)
    expect([...used]).toEqual(['searcher'])
  })

  test.each(SEARCHES)('%s', async (_, read) => {
    const { archive, used } = await openNoting()
    await read(archive, {})
    expect([...used]).toEqual(['searcher'])
  })
})

describe('giving up', () => {
  test('rejects what somebody waits for with the reason, and nothing else', async () => {
    const archive = await testArchive(archiveFile())
    await archive.record([{ guildId: GUILD, entries: entriesOf(GUILD, BANS), from: 'rest' }])
    const giveUp = new AbortController()
    const given = archive.within(giveUp.signal)
    expect(await given.list(GUILD, REASON, PAGE)).toEqual(await archive.list(GUILD, REASON, PAGE))
    const reason = new Error('Nobody waits.')
    const reads = [...LISTS, ...WATCHES, ...SEARCHES].map(([, read]) => read(given, REASON))
    giveUp.abort(reason)
    expect(await Promise.allSettled(reads)).toEqual(reads.map(() => ({ status: 'rejected', reason })))
    await expect(given.coverage(GUILD)).rejects.toBe(reason)
    expect(await archive.countHeld(GUILD)).toBe(3)
  })

  test('does not keep anything from being written', async () => {
    const archive = await testArchive(archiveFile())
    const given = archive.within(AbortSignal.abort(new Error('Nobody waits.')))
    await given.record([{ guildId: GUILD, entries: entriesOf(GUILD, BANS), from: 'rest' }])
    await forget(given, GUILD, '1')
    expect(await archive.countHeld(GUILD)).toBe(3)
  })
})
