import { describe, expect, test } from 'vitest'
import { forget } from '../support/archive/forget.ts'
import { freshGuild, queriesWritten, sharedArchive } from '../support/archive/shared-archive.ts'
import { entriesOf, entryOf } from '../support/entries/entries.ts'
import { prune } from '../support/entries/prunes.ts'

const archive = await sharedArchive()

/** Different characters of three bytes each, which PostgreSQL cannot compress. */
const LONG = String.fromCodePoint(
  ...Array.from({ length: 4000 }, (_, index) => 0x4e00 + ((index * 7919) % 20_000)),
)

const NEWEST = { order: 'newest', limit: 10 } as const

/** Texts that PostgreSQL can store neither in a column nor as a JSON value. */
const ODD = [
  ['the character U+0000', 'a\0B'],
  ['half a surrogate pair', 'a\ud800B'],
] as const

describe('a text that is longer than an index can hold', () => {
  test('is stored whole as what an entry was done to, and finds it', async () => {
    const guildId = freshGuild()
    const entry = entryOf(guildId, {
      id: '1',
      action_type: 40,
      user_id: '101',
      target_id: LONG,
      reason: LONG,
    })
    await archive.record([{ guildId, entries: [entry], from: 'gateway' }])
    expect(await archive.entry(guildId, '1')).toStrictEqual(entry)
    expect(await archive.list(guildId, { targetId: LONG }, NEWEST)).toStrictEqual([entry])
    expect(await archive.list(guildId, { reason: LONG.slice(2000) }, NEWEST)).toStrictEqual([entry])
  })

  test('is a name that is found by how it begins, or by all of it', async () => {
    const guildId = freshGuild()
    const named = { id: '5', type: 'user', name: LONG, alias: LONG, at: '7', presence: 'present' } as const
    await archive.record([{ guildId, entries: [], from: 'gateway', names: [named] }])
    for (const typed of [LONG, LONG.slice(0, 30), LONG.slice(100, 130)])
      expect(await archive.findNames(guildId, typed, 10)).toMatchObject([{ id: '5', type: 'user' }])
  })
})

test.each(['9', '92233720368547758', '922337203685477580', '9223372036854775807', '99999999999999999999'])(
  'suggestions for %s, with which a number may be too large for an id, are found',
  async (typed) => {
    const guildId = freshGuild()
    const named = { type: 'user', name: 'Ann', at: '7', presence: 'present' } as const
    const names = ['9', '9223372036854775806'].map((id) => ({ ...named, id }))
    await archive.record([{ guildId, entries: [], from: 'gateway', names }])
    const found = await archive.findNames(guildId, typed, 10)
    expect(found.map(({ id }) => id)).toEqual(names.map(({ id }) => id).filter((id) => id.startsWith(typed)))
  },
)

describe.each(ODD)('%s', (_, text) => {
  test('in a reason is found by typing it', async () => {
    const guildId = freshGuild()
    const payloads = [
      { id: '1', action_type: 22, reason: `it says ${text} here` },
      { id: '2', action_type: 22, reason: 'it says aB here' },
    ]
    await archive.record([{ guildId, entries: entriesOf(guildId, payloads), from: 'rest' }])
    const filter = { reason: text.toUpperCase() }
    expect((await archive.list(guildId, filter, NEWEST)).map(({ id }) => id)).toEqual(['1'])
    expect(await archive.countByKind(guildId, filter)).toEqual([{ key: 22, entries: 1, units: 1 }])
  })

  test('that a member typed keeps nobody from their last query, and the member from no erasure', async () => {
    const guildId = freshGuild()
    const query = {
      command: 'audit recent',
      guildId,
      askedAt: 1,
      timeZone: 'UTC',
      filter: { reason: text },
      order: 'newest',
    } as const
    const [theirs, others] = [
      { ...query, askerId: '101' },
      { ...query, askerId: '102' },
    ]
    const number = archive.saveQuery(theirs)
    archive.saveQuery(others)
    await queriesWritten(archive)
    expect(await archive.lastQuery(guildId, '101')).toStrictEqual(theirs)
    await forget(archive, guildId, '9', '101')
    expect(await archive.savedQuery(guildId, number)).toBeUndefined()
    expect(await archive.lastQuery(guildId, '101')).toBeUndefined()
    expect(await archive.lastQuery(guildId, '102')).toStrictEqual(others)
  })

  test('in a prune keeps no later entry from showing that its member was not pruned', async () => {
    const guildId = freshGuild()
    const parts = [prune(0, '101'), prune(0.1, '102')].map((part) => ({ ...part, odd: text }))
    const kick = { id: String(BigInt(prune(1, '102').id)), action_type: 20, user_id: '102', target_id: '9' }
    for (const payload of [...parts, kick])
      await archive.record([{ guildId, entries: entriesOf(guildId, [payload]), from: 'gateway' }])
    expect((await archive.list(guildId, { executorId: '102' }, NEWEST)).map(({ kind }) => kind)).toEqual([
      20, 21,
    ])
  })
})
