import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import type { Entry } from '../../src/core/audit-log/entry.ts'
import type { RankOptions } from '../../src/core/query/ranking.ts'
import { firstIdAt, type Snowflake } from '../../src/core/snowflake.ts'
import { freshGuild, sharedArchive } from '../support/archive/shared-archive.ts'
import { anyDailyFilter, anyFilter, anyLog, BOT_AMONG_USERS } from '../support/entries/arbitrary-log.ts'
import { entriesOf, withPruneParts } from '../support/entries/entries.ts'
import { byKey, matches, partyOf, plainTallies } from '../support/entries/plain-answers.ts'

const archive = await sharedArchive()

test('an unknown guild has no counts', async () => {
  const guildId = freshGuild()
  expect(await archive.countByKind(guildId, {})).toEqual([])
  for (const by of ['executor', 'target', 'channel'] as const) {
    expect(await archive.rank(guildId, {}, { by, most: 'units', top: 5 })).toEqual({ top: [], size: 0 })
  }
})

describe('a window', () => {
  const monday = Date.UTC(2026, 10, 23)
  const tuesday = Date.UTC(2026, 10, 24)
  const wednesday = Date.UTC(2026, 10, 25)
  const noon = 43_200_000
  const moments = [tuesday - 1, tuesday, tuesday + noon, wednesday - 1]
  const guildId = guildWith(
    moments.map((moment) => ({ id: firstIdAt(moment), action_type: 20, user_id: '7' })),
  )

  test.each<[string, { from?: number; to?: number }, number]>([
    ['of one whole day', { from: tuesday, to: wednesday }, 3],
    ['that begins at midnight', { from: tuesday }, 3],
    ['that ends at midnight', { to: tuesday }, 1],
    ['that begins just after midnight', { from: tuesday + 1 }, 2],
    ['that ends just after midnight', { to: tuesday + 1 }, 2],
    ['that begins just before midnight', { from: tuesday - 1 }, 4],
    ['within a day', { from: tuesday + 1, to: tuesday + noon + 1 }, 1],
    ['of two half days', { from: monday + noon, to: tuesday + noon }, 2],
    ['of nothing', { from: tuesday, to: tuesday }, 0],
    ['that ends before it begins', { from: wednesday, to: monday }, 0],
    ['without bounds', {}, 4],
  ])('%s counts the entries within it', async (_, { from, to }, entries) => {
    const filter = {
      ...(from !== undefined && { from: firstIdAt(from) }),
      ...(to !== undefined && { to: firstIdAt(to) }),
    }
    const counted = entries === 0 ? [] : [{ key: 20, entries, units: entries }]
    expect(await archive.countByKind(await guildId, filter)).toEqual(counted)
  })
})

describe('a ranking', () => {
  const deletes = [
    { id: '1', user_id: '7', target_id: '50', options: { channel_id: '90', count: '9' } },
    { id: '2', user_id: '8', target_id: '51', options: { channel_id: '90' } },
    { id: '3', user_id: '8', target_id: '51', options: { channel_id: '91', count: '2' } },
    { id: '4', user_id: null, target_id: null, options: {} },
  ]
  const guildId = guildWith(deletes.map((payload) => ({ ...payload, action_type: 72 })))

  test.each<[string, RankOptions, [key: string | null, entries: number, units: number][], number]>([
    [
      'by messages',
      { by: 'executor', most: 'units', top: 2 },
      [
        ['7', 1, 9],
        ['8', 2, 3],
      ],
      3,
    ],
    [
      'by entries',
      { by: 'executor', most: 'entries', top: 2 },
      [
        ['8', 2, 3],
        ['7', 1, 9],
      ],
      3,
    ],
    [
      'of targets by messages',
      { by: 'target', most: 'units', top: 2 },
      [
        ['50', 1, 9],
        ['51', 2, 3],
      ],
      3,
    ],
    ['of targets by entries', { by: 'target', most: 'entries', top: 1 }, [['51', 2, 3]], 3],
    [
      'of channels',
      { by: 'channel', most: 'units', top: 9 },
      [
        ['90', 2, 10],
        ['91', 1, 2],
        [null, 1, 1],
      ],
      3,
    ],
  ])('%s returns the first ones and the total', async (_, options, top, size) => {
    expect(await archive.rank(await guildId, {}, options)).toEqual({
      top: top.map(([key, entries, units]) => ({ key, entries, units })),
      size,
    })
  })

  test('distinguishes a user with the id 0 from nobody', async () => {
    const guild = await guildWith(
      ['0', null].map((user_id, id) => ({ id: String(id), action_type: 20, user_id })),
    )
    const { top } = await archive.rank(guild, {}, { by: 'executor', most: 'entries', top: 5 })
    expect(byKey(top).map(({ key }) => key)).toEqual(['0', null])
    expect(await archive.countByKind(guild, { executorId: '0' })).toEqual([{ key: 20, entries: 1, units: 1 }])
  })
})

test('countUnnamed leaves out what AutoMod and Discord do by themselves', async () => {
  const types = [143, 144, 145, 146, 180, 22]
  const guild = await guildWith(
    types.map((action_type, id) => ({ id: String(id), action_type, user_id: null, target_id: '7' })),
  )
  expect(await archive.countUnnamed(guild, {})).toBe(1)
  expect(await archive.countUnnamed(guild, { executorId: '8', targetId: '7' })).toBe(1)
})

/** Any filter, and often one whose whole days are counted from the daily sums. */
const anyCounted = fc.oneof(anyFilter, anyDailyFilter)

test('counts with any filter match counting the entries one by one', async () => {
  await fc.assert(
    fc.asyncProperty(
      anyLog,
      fc.array(anyCounted, { minLength: 1, maxLength: 5 }),
      async (payloads, filters) => {
        const guildId = freshGuild()
        const entries = withPruneParts(entriesOf(guildId, payloads))
        await archive.record([{ guildId, entries, from: 'rest', names: BOT_AMONG_USERS }])
        for (const filter of filters) {
          const meant = entries.filter((entry) => matches(filter, entry))
          expect(byKey(await archive.countByKind(guildId, filter))).toEqual(
            byKey(plainTallies(meant, ({ kind }) => kind)),
          )
          const { executorId: _, ...whoever } = filter
          const unnamed = entries.filter((entry) => matches(whoever, entry) && isUnnamed(entry))
          expect(await archive.countUnnamed(guildId, filter)).toBe(unnamed.length)
        }
      },
    ),
  )
})

const anyOptions = fc.record({
  by: fc.constantFrom('executor', 'target', 'channel'),
  most: fc.constantFrom('entries', 'units'),
  top: fc.integer({ min: 1, max: 8 }),
})

test('any ranking matches counting the entries one by one', async () => {
  await fc.assert(
    fc.asyncProperty(anyLog, anyCounted, anyOptions, async (payloads, filter, options) => {
      const guildId = freshGuild()
      const entries = withPruneParts(entriesOf(guildId, payloads))
      await archive.record([{ guildId, entries, from: 'rest', names: BOT_AMONG_USERS }])
      const meant = entries.filter((entry) => matches(filter, entry))
      const plain = plainTallies(meant, (entry) => partyOf(entry, options.by))

      const whole = await archive.rank(guildId, filter, { ...options, top: 100 })
      expect(byKey(whole.top)).toEqual(byKey(plain))
      expect(whole.top).toEqual(
        whole.top.toSorted((a, b) => b[options.most] - a[options.most] || b.entries - a.entries),
      )
      expect(await archive.rank(guildId, filter, options)).toEqual({
        top: whole.top.slice(0, options.top),
        size: plain.length,
      })
    }),
  )
})

test('ties have the same order, whatever order the entries were recorded in', async () => {
  await fc.assert(
    fc.asyncProperty(anyLog, anyOptions, async (payloads, options) => {
      const [oneWay, theOther] = await Promise.all([guildWith(payloads), guildWith(payloads.toReversed())])
      expect(await archive.rank(oneWay, {}, options)).toEqual(await archive.rank(theOther, {}, options))
    }),
  )
})

test('counts too large to add up exactly do not make a query fail', async () => {
  const guildId = freshGuild()
  const day = Date.UTC(2026, 10, 24)
  const entries = entriesOf(
    guildId,
    [1, 2, 3].map((serial) => ({
      id: firstIdAt(day + serial),
      action_type: 72,
      user_id: '7',
      target_id: '8',
    })),
  ).map((entry) => ({ ...entry, count: Number.MAX_SAFE_INTEGER }))
  await archive.record([{ guildId, entries, from: 'rest' }])
  const sums = [
    await archive.countByKind(guildId, {}),
    await archive.countByKind(guildId, { from: firstIdAt(day + 1) }),
    (await archive.rank(guildId, {}, { by: 'executor', most: 'units', top: 5 })).top,
    (await archive.rank(guildId, {}, { by: 'target', most: 'units', top: 5 })).top,
  ]
  for (const [sum] of sums) expect(sum?.units).toBeGreaterThan(Number.MAX_SAFE_INTEGER)
})

function isUnnamed({ payload }: Entry): boolean {
  return (payload.user_id ?? null) === null
}

async function guildWith(payloads: readonly object[]): Promise<Snowflake> {
  const guildId = freshGuild()
  await archive.record([{ guildId, entries: entriesOf(guildId, payloads), from: 'rest' }])
  return guildId
}
