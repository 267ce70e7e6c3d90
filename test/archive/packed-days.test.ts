import fc from 'fast-check'
import { expect, test } from 'vitest'
import type { Entry } from '../../src/core/audit-log/entry.ts'
import { firstIdAt, type Snowflake } from '../../src/core/snowflake.ts'
import { forget } from '../support/archive/forget.ts'
import { freshGuild, sharedArchive } from '../support/archive/shared-archive.ts'
import { anyDailyFilter, anyLog, BOT_AMONG_USERS } from '../support/entries/arbitrary-log.ts'
import { entriesOf, withPruneParts } from '../support/entries/entries.ts'
import { byKey, matches, partyOf, plainTallies } from '../support/entries/plain-answers.ts'

const DAY = 86_400_000
const START = Date.UTC(2026, 10, 20)
const archive = await sharedArchive()

const anyOptions = fc.record({
  by: fc.constantFrom('target', 'channel'),
  most: fc.constantFrom('entries', 'units'),
  top: fc.integer({ min: 1, max: 8 }),
})

test('a ranking with packed days has the same order as without, and matches counting the entries one by one', async () => {
  await fc.assert(
    fc.asyncProperty(anyLog, anyDailyFilter, anyOptions, async (payloads, filter, options) => {
      const guildId = freshGuild()
      const entries = withPruneParts(entriesOf(guildId, payloads))
      const answers = async (held: readonly Entry[]) => {
        const meant = held.filter((entry) => matches(filter, entry))
        const plain = plainTallies(meant, (entry) => partyOf(entry, options.by))
        const whole = await archive.rank(guildId, filter, { ...options, top: 100 })
        expect(byKey(whole.top)).toEqual(byKey(plain))
        const first = await archive.rank(guildId, filter, options)
        expect(first).toEqual({ top: whole.top.slice(0, options.top), size: plain.length })
        return whole
      }
      await archive.record([{ guildId, entries, from: 'rest', names: BOT_AMONG_USERS }])
      const unpacked = await answers(entries)
      await archive.packDays(guildId, 0)
      expect(await answers(entries)).toEqual(unpacked)

      // What is written later is counted, on days that were packed and on others.
      const changed = entries.map((entry, index) => (index % 3 === 0 ? { ...entry, count: 1000 } : entry))
      await archive.record([{ guildId, entries: changed, from: 'rest' }])
      const changedAnswers = await answers(changed)
      await archive.packDays(guildId, 0)
      expect(await answers(changed)).toEqual(changedAnswers)
    }),
    { numRuns: 60 },
  )
})

/** A deleted message on each of the first days, and one on the last day. */
function dailyDeletes(guildId: Snowflake, days: number, options: object = {}): Entry[] {
  return entriesOf(
    guildId,
    Array.from({ length: days }, (_, day) => ({
      id: firstIdAt(START + day * DAY),
      action_type: 72,
      user_id: '7',
      target_id: String(50 + day),
      options: { channel_id: '90', ...options },
    })),
  )
}

test('all days but the newest are packed, once', async () => {
  const guildId = freshGuild()
  await archive.record([{ guildId, entries: dailyDeletes(guildId, 4), from: 'rest' }])
  expect(await archive.packDays(guildId, 5)).toBe(0)
  expect(await archive.packDays(guildId, 4)).toBe(3)
  expect(await archive.packDays(guildId, 4)).toBe(0)
})

test('a day stays packed when its entries are read again, and is packed again when one of them has changed', async () => {
  const guildId = freshGuild()
  const entries = dailyDeletes(guildId, 4)
  await archive.record([{ guildId, entries, from: 'rest' }])
  await archive.packDays(guildId, 0)
  await archive.record([{ guildId, entries, from: 'rest' }])
  expect(await archive.packDays(guildId, 0)).toBe(0)
  const [first] = dailyDeletes(guildId, 1, { channel_id: '91' })
  await archive.record([{ guildId, entries: first ? [first] : [], from: 'rest' }])
  expect(await archive.packDays(guildId, 0)).toBe(1)
})

test('a guild with nothing has no days to pack', async () => {
  expect(await archive.packDays(freshGuild(), 0)).toBe(0)
})

test('more targets than a small table holds are counted, with ids of every size', async () => {
  const guildId = freshGuild()
  const targets = Array.from({ length: 9000 }, (_, index) => String(2n ** BigInt(index % 63) + BigInt(index)))
  const payloads = targets.map((target_id, index) => ({
    id: String(BigInt(firstIdAt(START)) + BigInt(index)),
    action_type: 22,
    user_id: '7',
    target_id,
  }))
  const next = { id: firstIdAt(START + DAY), action_type: 22, user_id: '7', target_id: targets[4] }
  await archive.record([{ guildId, entries: entriesOf(guildId, [...payloads, next]), from: 'rest' }])
  const options = { by: 'target', most: 'entries', top: 9000 } as const
  const before = await archive.rank(guildId, {}, options)
  expect(await archive.packDays(guildId, 0)).toBe(1)
  expect(await archive.rank(guildId, {}, options)).toEqual(before)
  expect(before.top[0]).toEqual({ key: targets[4], entries: 2, units: 2 })
})

test.each([255, 256, 2 ** 32, Number.MAX_SAFE_INTEGER])(
  'a count of %i is added up from a packed day',
  async (count) => {
    const guildId = freshGuild()
    const entries = dailyDeletes(guildId, 2).map((entry) => ({ ...entry, count }))
    await archive.record([{ guildId, entries, from: 'rest' }])
    expect(await archive.packDays(guildId, 0)).toBe(1)
    const { top } = await archive.rank(guildId, {}, { by: 'target', most: 'units', top: 5 })
    expect(top.map(({ units }) => units)).toEqual([count, count])
  },
)

test('kinds of any size are told apart on a packed day', async () => {
  const guildId = freshGuild()
  const kinds = [22, 32_768, 2 ** 40]
  const payloads = [0, 1].flatMap((day) =>
    kinds.map((action_type, index) => ({
      id: firstIdAt(START + day * DAY + index),
      action_type,
      user_id: '7',
      target_id: String(50 + index),
    })),
  )
  await archive.record([{ guildId, entries: entriesOf(guildId, payloads), from: 'rest' }])
  expect(await archive.packDays(guildId, 0)).toBe(1)
  for (const [index, kind] of kinds.entries()) {
    const filter = { kinds: { anyOf: [kind] } }
    const { top } = await archive.rank(guildId, filter, { by: 'target', most: 'entries', top: 5 })
    expect(top).toEqual([{ key: String(50 + index), entries: 2, units: 2 }])
  }
})

test('nothing is left of packed days after everything is erased', async () => {
  const guildId = freshGuild()
  const entries = dailyDeletes(guildId, 4)
  await archive.record([{ guildId, entries, from: 'rest' }])
  await archive.packDays(guildId, 0)
  await forget(archive, guildId, firstIdAt(START + 9 * DAY))
  expect(await archive.rank(guildId, {}, { by: 'target', most: 'entries', top: 5 })).toEqual({
    top: [],
    size: 0,
  })
})
