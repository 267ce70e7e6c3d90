import { expect, test } from 'vitest'
import type { SavedQuery } from '../../src/core/query/saved-query.ts'
import { freshGuild, queriesWritten, sharedArchive } from '../support/archive/shared-archive.ts'
import { entriesOf } from '../support/entries/entries.ts'

const archive = await sharedArchive()

const plain: SavedQuery = {
  command: 'audit recent',
  guildId: '1',
  askerId: '2',
  askedAt: 1,
  timeZone: 'UTC',
  filter: {},
  order: 'newest',
}

const full: SavedQuery = {
  command: 'audit user',
  guildId: '1564237482688512200',
  askerId: '9223372036854775806',
  askedAt: 1,
  timeZone: 'UTC',
  filter: {
    executorId: '3',
    targetId: 'invite-code',
    targetType: 'channel',
    kinds: { noneOf: [20, -1] },
    channelId: '5',
    from: '6',
    to: '1564675951034371831',
    reason: 'It’s "fine" \\ 100%',
  },
  order: 'oldest',
  limit: 1000,
  asOf: '1564675951034371830',
}

test.each([
  ['with the fewest fields', plain],
  ['with every field', full],
  ['for certain kinds', { ...plain, filter: { kinds: { anyOf: [72, 73] } } }],
])('a query %s is found by its number', async (_, query) => {
  const number = archive.saveQuery(query)
  expect(await archive.savedQuery(query.guildId, number)).toStrictEqual(query)
  await queriesWritten(archive)
  expect(await archive.savedQuery(query.guildId, number)).toStrictEqual(query)
})

test('a query of an earlier version without a target type matches everything with that id', async () => {
  const guildId = freshGuild()
  const untyped = { ...plain, guildId, filter: { targetId: '5' } }
  const number = archive.saveQuery({ ...untyped, ...{ targetIs: 'role' } })
  await queriesWritten(archive)
  expect(await archive.savedQuery(guildId, number)).toStrictEqual(untyped)
  const payloads = [1, 11, 31].map((action_type) => ({
    id: String(action_type),
    action_type,
    target_id: '5',
  }))
  await archive.record([{ guildId, entries: entriesOf(guildId, payloads), from: 'rest' }])
  expect(await archive.list(guildId, untyped.filter, { order: 'oldest', limit: 5 })).toHaveLength(3)
})

test('the same query gets a new number each time', async () => {
  const [first, second] = [archive.saveQuery(plain), archive.saveQuery(plain)]
  expect(second).not.toBe(first)
})

test.each([0, -1, 999_999_999])('there is no query %d', async (number) => {
  expect(await archive.savedQuery(plain.guildId, number)).toBeUndefined()
})
