import { DatabaseSync } from 'node:sqlite'
import { type Kysely, sql } from 'kysely'
import { expect, test } from 'vitest'
import { readSchema } from '../../../../src/archive/sqlite/file/inspect.ts'
import { openArchive } from '../../../../src/archive/sqlite/open.ts'
import type { SavedQuery } from '../../../../src/core/query/saved-query.ts'
import { archiveBefore } from '../../../support/archive/archive-before.ts'
import { testArchive } from '../../../support/archive/shared-archive.ts'
import { allEntries, entriesOf } from '../../../support/entries/entries.ts'
import { namedEntity, observationOf } from '../../../support/entries/names.ts'

const GUILD = '900000000000000001'
const [ALICE, BOT] = ['101', '103']

const query: SavedQuery = {
  command: 'audit recent',
  guildId: GUILD,
  askerId: '7',
  askedAt: 5,
  timeZone: 'UTC',
  filter: { targetId: '8', targetType: 'user', kinds: { anyOf: [22] } },
  order: 'newest',
}

const storedQuery = (number: number, filter: object) => (db: Kysely<unknown>) =>
  sql`
    INSERT INTO question (number, guild, asked_at, question)
    VALUES (${number}, ${BigInt(GUILD)}, 5, ${JSON.stringify({ ...query, filter })})`.execute(db)

test('a stored query keeps its filter for whom bots acted for', async () => {
  const path = await archiveBefore('0007-vocabulary', [], async (db) => {
    await storedQuery(1, { ...query.filter, creditedId: ALICE })(db)
    await storedQuery(2, query.filter)(db)
    await storedQuery(3, { reason: 'creditedId' })(db)
  })
  const archive = await testArchive(path)
  expect(await archive.savedQuery(GUILD, 1)).toEqual({
    ...query,
    filter: { ...query.filter, onBehalfOfId: ALICE },
  })
  expect(await archive.savedQuery(GUILD, 2)).toEqual(query)
  expect(await archive.savedQuery(GUILD, 3)).toEqual({ ...query, filter: { reason: 'creditedId' } })
  expect((await archive.lastQuery(GUILD, '7'))?.filter).toEqual({ reason: 'creditedId' })
})

test('a number that an earlier version used is not used again', async () => {
  const used = 5 * 2 ** 32
  const path = await archiveBefore('0007-vocabulary', [], storedQuery(used, {}))
  expect((await testArchive(path)).saveQuery(query)).toBeGreaterThan(used)
})

test('entries, their sums, names and erasures of an earlier version are the same', async () => {
  const bans = [1, 2, 3].map((id) => ({
    id: String(id),
    action_type: 22,
    user_id: BOT,
    target_id: '8',
    reason: 'Banned by alice: rude',
    odd: { more: id },
  }))
  const path = await archiveBefore('0007-vocabulary', entriesOf(GUILD, bans), async (db) => {
    await sql`
      INSERT INTO name (guild, id, class, "is", name, folded, alias, named_at, there_at, gone_at)
      VALUES (${BigInt(GUILD)}, 101, 'user', 'user', 'Alice Adams', 'alice adams', 'alice', 9, 9, 0),
        (${BigInt(GUILD)}, 103, 'user', 'bot', 'Warden', 'warden', NULL, 9, 8, 9)`.execute(db)
    await sql`
      INSERT INTO forgotten (guild, member, up_to, pending)
      VALUES (${BigInt(GUILD)}, -1, 1, 0), (${BigInt(GUILD)}, 55, 1, 1)`.execute(db)
    await sql`INSERT INTO trusted (one, at) VALUES (1, 77)`.execute(db)
  })
  const archive = await testArchive(path)
  const entries = await allEntries(archive, GUILD)
  expect(entries.map(({ payload }) => payload)).toEqual(bans)
  expect(entries.map(({ onBehalfOfId }) => onBehalfOfId)).toEqual([ALICE, ALICE, ALICE])
  expect((await archive.attributions(GUILD, {})).get(ALICE)?.entries).toBe(3)
  expect(await archive.countByKind(GUILD, { onBehalfOfId: ALICE })).toEqual([
    { key: 22, entries: 3, units: 3 },
  ])
  expect((await archive.names(GUILD, [ALICE, BOT])).all).toEqual([
    namedEntity(ALICE, 'user', 'Alice Adams'),
    { ...namedEntity(BOT, 'bot', 'Warden'), presence: 'gone' },
  ])
  expect((await archive.coverage(GUILD)).erasedTo).toBe('1')
  expect(await archive.isErasing(GUILD)).toBe(true)
  expect(await archive.trustedTime()).toBe(77)
})

test('sums by attribution follow the entries that are written and deleted afterwards', async () => {
  const ban = (id: string) => ({
    id,
    action_type: 22,
    user_id: BOT,
    target_id: '8',
    reason: 'Banned by alice',
  })
  const path = await archiveBefore('0007-vocabulary', entriesOf(GUILD, [ban('1'), ban('2')]))
  const archive = await testArchive(path)
  const names = [
    { ...observationOf(namedEntity(ALICE, 'user', 'Alice')), alias: 'alice' },
    observationOf(namedEntity(BOT, 'bot', 'Warden')),
  ]
  await archive.record([{ guildId: GUILD, from: 'rest', entries: entriesOf(GUILD, [ban('3')]), names }])
  expect((await archive.attributions(GUILD, {})).get(ALICE)?.entries).toBe(3)
  await archive.record([
    { guildId: GUILD, from: 'rest', entries: entriesOf(GUILD, [{ ...ban('2'), reason: 'Spam' }]) },
  ])
  expect((await archive.attributions(GUILD, {})).get(ALICE)?.entries).toBe(2)
  await archive.applyRetention(GUILD, '1', 0)
  expect((await archive.attributions(GUILD, {})).get(ALICE)?.entries).toBe(1)
})

test('a migration that fails on its way changes nothing, and the next start runs it', async () => {
  const bans = [{ id: '1', action_type: 22, user_id: BOT, target_id: '8', reason: 'Banned by alice' }]
  const path = await archiveBefore('0007-vocabulary', entriesOf(GUILD, bans), (db) =>
    sql`CREATE TABLE trusted_time (one INTEGER)`.execute(db),
  )
  const before = schemaOf(path)
  await expect(openArchive(path)).rejects.toThrow('trusted_time')
  expect(schemaOf(path)).toEqual(before)
  const database = new DatabaseSync(path)
  database.exec('DROP TABLE trusted_time')
  database.close()
  expect(await allEntries(await testArchive(path), GUILD)).toHaveLength(1)
})

function schemaOf(path: string) {
  const database = new DatabaseSync(path, { readOnly: true })
  try {
    return readSchema(database)
  } finally {
    database.close()
  }
}
