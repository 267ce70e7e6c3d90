import { expect, test } from 'vitest'
import type { SavedQuery } from '../../src/core/query/saved-query.ts'
import { entriesOf } from '../support/entries.ts'
import { freshGuild, queriesWritten, sharedArchive } from '../support/shared-archive.ts'

const archive = await sharedArchive()

const plain: SavedQuery = {
  command: 'audit recent',
  guildId: '1',
  askerId: '2',
  askedAt: 1,
  filter: {},
  order: 'newest',
}

const full: SavedQuery = {
  command: 'audit user',
  guildId: '1564237482688512200',
  askerId: '9223372036854775806',
  askedAt: 1,
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
  ['of the fewest words', plain],
  ['with all its options', full],
  ['about certain kinds', { ...plain, filter: { kinds: { anyOf: [72, 73] } } }],
])('a question %s is found again by its number', async (_, query) => {
  const number = archive.saveQuery(query)
  expect(await archive.savedQuery(number)).toStrictEqual(query)
  await queriesWritten(archive)
  expect(await archive.savedQuery(number)).toStrictEqual(query)
})

test('a question of the version before, whose target has no class, is read and means all of that id', async () => {
  const guildId = freshGuild()
  const asked = { ...plain, guildId, filter: { targetId: '5' } }
  const number = archive.saveQuery({ ...asked, ...{ targetIs: 'role' } })
  await queriesWritten(archive)
  expect(await archive.savedQuery(number)).toStrictEqual(asked)
  const payloads = [1, 11, 31].map((action_type) => ({
    id: String(action_type),
    action_type,
    target_id: '5',
  }))
  await archive.record([{ guildId, entries: entriesOf(guildId, payloads), from: 'rest' }])
  expect(await archive.list(guildId, asked.filter, { order: 'oldest', limit: 5 })).toHaveLength(3)
})

test('every question has a number of its own, even when it is asked again', async () => {
  const [first, second] = [archive.saveQuery(plain), archive.saveQuery(plain)]
  expect(second).not.toBe(first)
})

test.each([0, -1, 999_999_999])('there is no question %d', async (number) => {
  expect(await archive.savedQuery(number)).toBeUndefined()
})
