import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import type { Filter } from '../../src/core/query/filter.ts'
import type { Slice } from '../../src/core/query/slice.ts'
import { firstIdAt, type Snowflake } from '../../src/core/snowflake.ts'
import { runs } from '../support/archive/runs.ts'
import { freshGuild, sharedArchive } from '../support/archive/shared-archive.ts'
import { anyFilter, anyLog, anySlice, BOT_AMONG_USERS } from '../support/entries/arbitrary-log.ts'
import { entriesOf, withPruneParts } from '../support/entries/entries.ts'
import { namedEntity, observationOf } from '../support/entries/names.ts'
import { plainList } from '../support/entries/plain-answers.ts'

const archive = await sharedArchive()

const NEWEST: Slice = { order: 'newest', limit: 100 }

test('an unknown guild has an empty list', async () => {
  expect(await archive.list(freshGuild(), {}, NEWEST)).toEqual([])
  expect(await archive.newestId(freshGuild())).toBeUndefined()
  expect(await archive.entry(freshGuild(), '1')).toBeUndefined()
})

describe('a list', () => {
  const guildId = guildWith(['9', '10', '99', '100', '101'].map((id) => ({ id, action_type: 20 })))

  test.each<[string, Slice, string[]]>([
    ['begins with the newest', { order: 'newest', limit: 3 }, ['101', '100', '99']],
    ['begins with the oldest', { order: 'oldest', limit: 3 }, ['9', '10', '99']],
    ['continues past an id', { order: 'newest', limit: 2, past: '100' }, ['99', '10']],
    ['continues past an id, oldest first', { order: 'oldest', limit: 2, past: '99' }, ['100', '101']],
    ['continues past an id that is not in it', { order: 'newest', limit: 9, past: '50' }, ['10', '9']],
    ['leaves out as many as it is told', { order: 'newest', limit: 2, skip: 2 }, ['99', '10']],
    ['leaves them out from an id on', { order: 'oldest', limit: 2, past: '9', skip: 1 }, ['99', '100']],
    ['is empty if all are left out', { order: 'oldest', limit: 2, skip: 5 }, []],
    ['ends', { order: 'newest', limit: 9, past: '9' }, []],
    ['ends, oldest first', { order: 'oldest', limit: 9, past: '101' }, []],
  ])('%s', async (_, slice, ids) => {
    expect(await idsOf(await guildId, {}, slice)).toEqual(ids)
  })

  test('has a newest id', async () => {
    expect(await archive.newestId(await guildId)).toBe('101')
  })
})

describe('the pages', () => {
  const filters: [string, Filter][] = [
    ['of a whole log', {}],
    ['of one moderator', { executorId: '7' }],
    ['of some kinds', { kinds: { anyOf: [20, 22] } }],
    ['of one moderator in a window', { executorId: '7', from: '3', to: '33' }],
  ]
  const guildId = guildWith(
    Array.from({ length: 40 }, (_, index) => ({
      id: String(index),
      action_type: [20, 22, 72][index % 3],
      user_id: index % 2 === 0 ? '7' : '8',
    })),
  )

  test.each(filters)('%s contain each entry once, in both orders', async (_, filter) => {
    for (const order of ['newest', 'oldest'] as const) {
      const whole = await idsOf(await guildId, filter, { order, limit: 100 })
      expect(await inPages(await guildId, filter, order)).toEqual(whole)
    }
  })

  test.each(filters)('%s are the same when they are read by their number', async (_, filter) => {
    for (const order of ['newest', 'oldest'] as const) {
      const whole = await idsOf(await guildId, filter, { order, limit: 100 })
      for (let skip = 0; skip <= whole.length; skip += 3) {
        const page = await idsOf(await guildId, filter, { order, limit: 3, skip })
        expect(page).toEqual(whole.slice(skip, skip + 3))
      }
    }
  })

  test.each(filters)('%s lead back to the page before', async (_, filter) => {
    const [first, second] = await Promise.all([
      idsOf(await guildId, filter, { order: 'newest', limit: 4 }),
      idsOf(await guildId, filter, { order: 'newest', limit: 8 }).then((ids) => ids.slice(4)),
    ])
    const back: Slice = { order: 'oldest', limit: 4, past: second[0] }
    expect((await idsOf(await guildId, filter, back)).reverse()).toEqual(first)
  })
})

describe('a search in reasons', () => {
  const reasons = [
    'Spam in #general',
    'Ärger auf der Straße',
    'СПАМ и реклама',
    '50% off, "cheap"',
    'snake_case',
    'back\\slash',
  ]
  const guildId = guildWith(reasons.map((reason, index) => ({ id: String(index), action_type: 22, reason })))

  test.each([
    ['spam', 'Spam in #general'],
    ['#GENERAL', 'Spam in #general'],
    ['ÄRGER', 'Ärger auf der Straße'],
    ['straß', 'Ärger auf der Straße'],
    ['спам', 'СПАМ и реклама'],
    ['РЕКЛАМА', 'СПАМ и реклама'],
    ['0%', '50% off, "cheap"'],
    ['"CHEAP"', '50% off, "cheap"'],
    ['e_c', 'snake_case'],
    ['K\\S', 'back\\slash'],
  ])('for %s finds %s', async (reason, found) => {
    const entries = await archive.list(await guildId, { reason }, NEWEST)
    expect(entries.map((entry) => entry.reason)).toEqual([found])
  })

  test.each(['%', '_', '\\', '*', '?'])('does not treat %s as a wildcard', async (reason) => {
    const matching = reasons.filter((text) => text.includes(reason))
    const entries = await archive.list(await guildId, { reason }, { order: 'oldest', limit: 10 })
    expect(entries.map((entry) => entry.reason)).toEqual(matching)
  })
})

test.each(['invite-code', '007', '18446744073709551616', 'ÄÖ', '1e3', ' 5'])(
  'a target that is not a snowflake is found by its exact id: %j',
  async (targetId) => {
    const others = ['invite-cod', '7', '5', '1000', null]
    const guildId = await guildWith(
      [targetId, ...others].map((target_id, index) => ({ id: String(index), action_type: 40, target_id })),
    )
    expect(await idsOf(guildId, { targetId }, NEWEST)).toEqual(['0'])
  },
)

test('many kinds of entries are merged in order', async () => {
  const guildId = await guildWith(
    Array.from({ length: 700 }, (_, index) => ({ id: String(index), action_type: index, user_id: '7' })),
  )
  expect(await idsOf(guildId, { executorId: '7' }, { order: 'oldest', limit: 700 })).toEqual(
    Array.from({ length: 700 }, (_, index) => String(index)),
  )
})

test('a list with any filter, order and beginning matches filtering and sorting the whole log', async () => {
  const anyQueries = fc.array(fc.tuple(anyFilter, anySlice), { minLength: 1, maxLength: 6 })
  await fc.assert(
    fc.asyncProperty(anyLog, anyQueries, async (payloads, queries) => {
      const guildId = freshGuild()
      const entries = withPruneParts(entriesOf(guildId, payloads))
      await archive.record([{ guildId, entries, from: 'rest', names: BOT_AMONG_USERS }])
      for (const [filter, slice] of queries) {
        expect(await archive.list(guildId, filter, slice)).toEqual(plainList(entries, filter, slice))
      }
    }),
    runs(120),
  )
})

test('an entry with the largest id is listed, counted and ranked with the others', async () => {
  const largest = '9223372036854775806'
  const guildId = await guildWith(
    ['1000', '1001', largest].map((id) => ({ id, action_type: 22, user_id: largest, target_id: '5' })),
  )
  expect(await idsOf(guildId, {}, { order: 'newest', limit: 5, skip: 1 })).toEqual(['1001', '1000'])
  expect(await idsOf(guildId, {}, { order: 'oldest', limit: 5, skip: 2 })).toEqual([largest])
  const tally = { entries: 3, units: 3 }
  for (const by of ['executor', 'target'] as const) {
    const { top } = await archive.rank(guildId, {}, { by, most: 'entries', top: 5 })
    expect(top).toEqual([{ key: by === 'target' ? '5' : largest, ...tally }])
  }
  await archive.packDays(guildId, 0)
  const { top } = await archive.rank(guildId, {}, { by: 'target', most: 'entries', top: 5 })
  expect(top).toEqual([{ key: '5', ...tally }])
  const window = { from: '1000', to: firstIdAt(Date.UTC(2100, 0)) }
  expect(await archive.activity(guildId, window, [largest])).toEqual([{ key: largest, kind: 22, ...tally }])
})

test('an entry with the largest id keeps no later entry by its member from being stored', async () => {
  const guildId = freshGuild()
  const names = [observationOf(namedEntity('5', 'user', 'Ada'))]
  const ids = ['1000', '9223372036854775806', '1002']
  for (const id of ids) {
    const entries = entriesOf(guildId, [{ id, action_type: 22, user_id: '5' }])
    await archive.record([{ guildId, entries, from: 'rest', ...(id === '1000' && { names }) }])
  }
  expect(await archive.countHeld(guildId)).toBe(3)
})

async function guildWith(payloads: readonly object[]): Promise<Snowflake> {
  const guildId = freshGuild()
  await archive.record([{ guildId, entries: entriesOf(guildId, payloads), from: 'rest' }])
  return guildId
}

async function idsOf(guildId: Snowflake, filter: Filter, slice: Slice): Promise<Snowflake[]> {
  return (await archive.list(guildId, filter, slice)).map(({ id }) => id)
}

async function inPages(guildId: Snowflake, filter: Filter, order: Slice['order']): Promise<Snowflake[]> {
  const ids: Snowflake[] = []
  let page: Snowflake[] = []
  do {
    page = await idsOf(guildId, filter, { order, limit: 3, past: ids.at(-1) })
    ids.push(...page)
  } while (page.length > 0)
  return ids
}
