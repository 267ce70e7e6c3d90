import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import type { Archive, ArchiveUpdate } from '../../src/core/archive.ts'
import type { Entry } from '../../src/core/audit-log/entry.ts'
import { firstIdAt, type Snowflake } from '../../src/core/snowflake.ts'
import { forget } from '../support/archive/forget.ts'
import { freshGuild, sharedArchive, testArchive } from '../support/archive/shared-archive.ts'
import { anyPayload } from '../support/entries/arbitrary-log.ts'
import { allEntries, entriesOf, entryOf } from '../support/entries/entries.ts'
import { namedEntity, observationOf } from '../support/entries/names.ts'
import { byKey, partyOf, plainTallies } from '../support/entries/plain-answers.ts'
import { anyPrunesAmongOthers, NOON } from '../support/entries/prunes.ts'

const archive = await sharedArchive()

type From = ArchiveUpdate['from']

/** What is recorded of a guild, and what was erased before. */
interface Update {
  readonly log: readonly { readonly id: Snowflake }[]
  readonly from: From
  readonly names: readonly Snowflake[]
  readonly erased: Snowflake | undefined
  readonly upTo: Snowflake
}

/** An entry's payload, and where it comes from. */
type Delivery = readonly [from: From, payload: object]

describe('a count is never lowered', () => {
  test.each<[string, Delivery, Delivery, number | null]>([
    ['when REST has more than the event', ['gateway', counted('1')], ['rest', counted('4')], 4],
    ['when REST has less than the event', ['gateway', counted('4')], ['rest', counted('1')], 4],
    ['when the event arrives late', ['rest', counted('4')], ['gateway', counted('1')], 4],
    ['when the event has more', ['rest', counted('1')], ['gateway', counted('4')], 4],
    ['when an event arrives again', ['gateway', counted('4')], ['gateway', counted('1')], 4],
    ['when an old page is read again', ['rest', counted('4')], ['rest', counted('1')], 4],
    ['when it comes as a number', ['rest', counted(4)], ['rest', counted(1)], 4],
    ['when it grows as a number', ['gateway', counted(1)], ['gateway', counted(4)], 4],
    ['when a page leaves it out', ['rest', counted('4')], ['rest', counted(undefined)], 4],
    ['when a page says null', ['gateway', counted('4')], ['rest', { options: null }], 4],
    ['when only an event has one', ['rest', counted(undefined)], ['gateway', counted('4')], 4],
    ['when neither has one', ['gateway', counted(undefined)], ['rest', counted(undefined)], null],
  ])('%s', async (_, first, second, count) => {
    const guildId = await recorded([first, second])
    expect(await onlyEntry(guildId)).toMatchObject({ count })
    expect(await archive.countByKind(guildId, {})).toEqual([{ key: 72, entries: 1, units: count ?? 1 }])
  })

  test('and the payload has the count that grew', async () => {
    const guildId = await recorded([
      ['gateway', counted('1')],
      ['rest', counted('4')],
      ['gateway', counted('9')],
    ])
    expect((await onlyEntry(guildId)).payload).toMatchObject({ options: { channel_id: '5', count: '9' } })
  })
})

describe('apart from the count', () => {
  const before = {
    user_id: '1',
    target_id: '2',
    reason: 'before',
    changes: [{ key: 'a' }],
    options: { a: '1' },
  }
  const after = {
    user_id: '3',
    target_id: '4',
    reason: 'after',
    changes: [{ key: 'b' }],
    options: { b: '1' },
  }

  test.each<[string, Delivery, Delivery, object]>([
    ['REST replaces the event', ['gateway', before], ['rest', after], after],
    ['REST replaces an earlier page', ['rest', before], ['rest', after], after],
    ['REST replaces the event even with fewer fields', ['gateway', before], ['rest', {}], {}],
    ['an event does not change what REST said', ['rest', before], ['gateway', after], before],
    ['an event does not change an earlier event', ['gateway', before], ['gateway', after], before],
    [
      'an event that raises a count changes nothing else',
      ['rest', { ...before, options: { count: '1' } }],
      ['gateway', { ...after, options: { count: '2' } }],
      { ...before, options: { count: '2' } },
    ],
  ])('%s', async (_, first, second, expected) => {
    const guildId = await recorded([first, second])
    expect(await onlyEntry(guildId)).toStrictEqual(theEntry(guildId, expected))
  })

  test.each([
    { action_type: 74 },
    { user_id: '3' },
    { user_id: null },
    { target_id: '4' },
    { target_id: 'invite-code' },
    { reason: 'after' },
    { changes: [{ key: 'b' }] },
    { options: { a: '1', channel_id: '5' } },
    { tomorrow: true },
  ])('REST replaces an entry that differs only in %j', async (difference) => {
    const guildId = await recorded([
      ['gateway', before],
      ['rest', { ...before, ...difference }],
    ])
    expect(await onlyEntry(guildId)).toStrictEqual(theEntry(guildId, { ...before, ...difference }))
  })
})

test('the daily sums match the entries, whatever is recorded in whatever order', async () => {
  const anyDelivery = fc.tuple(
    fc.constantFrom<From>('rest', 'gateway'),
    // Prunes depend on those around them, see prunes.test.ts.
    anyPayload.filter(({ action_type }) => action_type !== 21),
    fc.constantFrom('1', '2', '3'),
  )
  await fc.assert(
    fc.asyncProperty(fc.array(anyDelivery, { maxLength: 12, size: 'max' }), async (deliveries) => {
      const guildId = freshGuild()
      for (const [from, payload, id] of deliveries) {
        await archive.record([{ guildId, from, entries: [entryOf(guildId, { ...payload, id })] }])
      }
      const entries = await allEntries(archive, guildId)
      expect(entries).toEqual(expectedEntries(guildId, deliveries))
      expect(byKey(await archive.countByKind(guildId, {}))).toEqual(
        byKey(plainTallies(entries, ({ kind }) => kind)),
      )
      const { top } = await archive.rank(guildId, {}, { by: 'executor', most: 'units', top: 100 })
      expect(byKey(top)).toEqual(byKey(plainTallies(entries, (entry) => partyOf(entry, 'executor'))))
    }),
  )
})

describe('a batch', () => {
  test('without content changes nothing', async () => {
    const guildId = freshGuild()
    await archive.record([])
    await archive.record([{ guildId, entries: [], from: 'rest', names: [], complete: [] }])
    expect(await allEntries(archive, guildId)).toEqual([])
    expect(await archive.coverage(guildId)).toEqual({ ranges: [], readAt: null })
  })

  test('of 5,000 entries is recorded completely', async () => {
    const guildId = freshGuild()
    const entries = entriesOf(
      guildId,
      Array.from({ length: 5000 }, (_, index) => ({
        id: String(1_564_000_000_000_000_000n + BigInt(index)),
        action_type: 72,
        user_id: '1',
        target_id: String(index % 70),
        options: { channel_id: '5', count: String(1 + (index % 3)) },
      })),
    )
    await archive.record([{ guildId, entries, from: 'rest' }])
    expect(await allEntries(archive, guildId)).toEqual(entries)
    expect(await archive.countByKind(guildId, {})).toEqual(plainTallies(entries, ({ kind }) => kind))
  })

  test('can contain an entry more than once', async () => {
    const guildId = freshGuild()
    const counts = ['1', '3', '2'].map((count) => ({ id: '7', action_type: 72, options: { count } }))
    await archive.record([{ guildId, entries: entriesOf(guildId, counts), from: 'gateway' }])
    expect(await allEntries(archive, guildId)).toMatchObject([{ id: '7', count: 3 }])
    expect(await archive.countByKind(guildId, {})).toEqual([{ key: 72, entries: 1, units: 3 }])
  })

  test('of many guilds stores for each guild what it stores by itself, prunes and erasures included', async () => {
    const anyGuild = fc.record({
      log: fc.oneof(anyPrunesAmongOthers, fc.array(anyPayload, { maxLength: 10 })),
      from: fc.constantFrom<From>('gateway', 'rest'),
      names: fc.subarray(['1', '4', '9']),
      erased: fc.option(fc.constantFrom('1', '4'), { nil: undefined }),
      upTo: fc.constantFrom('0', firstIdAt(NOON)),
    })
    const updateOf = (guildId: Snowflake, { log, from, names }: Omit<Update, 'erased' | 'upTo'>) => ({
      guildId,
      from,
      entries: entriesOf(guildId, log),
      names: names.map((id) => observationOf(namedEntity(id, 'user', `Member ${id}`), firstIdAt(NOON))),
    })
    const record = async (together: boolean, all: readonly (readonly [Snowflake, Update])[]) => {
      for (const [guildId, { upTo, erased }] of all) await forget(archive, guildId, upTo, erased)
      const updates = all.map(([guildId, update]) => updateOf(guildId, update))
      for (const batch of together ? [updates] : updates.map((update) => [update]))
        await archive.record(batch)
      const stored = await Promise.all(all.map(([guildId]) => everythingOf(archive, guildId)))
      return stored.map(({ entries, ...rest }) => ({
        ...rest,
        entries: entries.map(({ guildId: _, ...entry }) => entry),
      }))
    }
    await fc.assert(
      fc.asyncProperty(fc.array(anyGuild, { minLength: 2, maxLength: 4 }), async (guilds) => {
        const [together, alone] = [true, false].map((isTogether) =>
          record(
            isTogether,
            guilds.map((update) => [freshGuild(), update] as const),
          ),
        )
        expect(await together).toEqual(await alone)
      }),
    )
  })

  test('is recorded completely or not at all', async () => {
    const own = await testArchive()
    const [one, other] = [freshGuild(), freshGuild()]
    const good: ArchiveUpdate = {
      guildId: one,
      entries: entriesOf(one, [{ id: '7', action_type: 72 }]),
      from: 'rest',
      complete: [{ start: '1', end: '2' }],
      readAt: 1,
      names: [observationOf(namedEntity('1', 'user', 'ann'))],
    }
    // The time has to be a whole number, so the very last statement fails.
    await expect(own.record([good, { ...good, guildId: other, readAt: 0.5 }])).rejects.toThrow()

    for (const guildId of [one, other]) expect(await everythingOf(own, guildId)).toEqual(NOTHING)
    await own.record([good])
    expect(await everythingOf(own, one)).not.toEqual(NOTHING)
  })
})

const NOTHING = { entries: [], counts: [], coverage: { ranges: [], readAt: null }, names: [] }

async function everythingOf(of: Archive, guildId: Snowflake) {
  return {
    entries: await allEntries(of, guildId),
    counts: await of.countByKind(guildId, {}),
    coverage: await of.coverage(guildId),
    names: await of.findNames(guildId, '', 10),
  }
}

/** The entries after all deliveries, by a plain implementation of the rules. */
function expectedEntries(
  guildId: Snowflake,
  deliveries: readonly (readonly [From, object, Snowflake])[],
): Entry[] {
  const known = new Map<Snowflake, Entry>()
  for (const [from, payload, id] of deliveries) {
    const delivered = entryOf(guildId, { ...payload, id })
    const before = known.get(id)
    if (!before) known.set(id, delivered)
    else known.set(id, from === 'rest' ? grown(delivered, before.count) : grown(before, delivered.count))
  }
  return [...known.values()].sort((a, b) => Number(a.id) - Number(b.id))
}

function grown(entry: Entry, count: number | null): Entry {
  if (count === null || count <= (entry.count ?? 1)) return entry
  const { guildId, payload, options } = entry
  return entryOf(guildId, { ...payload, options: { ...options, count: String(count) } })
}

function counted(count: unknown) {
  return { options: { channel_id: '5', ...(count !== undefined && { count }) } }
}

function theEntry(guildId: Snowflake, payload: object): Entry {
  return entryOf(guildId, { id: '7', action_type: 72, ...payload })
}

async function recorded(deliveries: readonly Delivery[]): Promise<Snowflake> {
  const guildId = freshGuild()
  for (const [from, payload] of deliveries) {
    await archive.record([{ guildId, from, entries: [theEntry(guildId, payload)] }])
  }
  return guildId
}

async function onlyEntry(guildId: Snowflake): Promise<Entry> {
  const [entry, ...others] = await allEntries(archive, guildId)
  expect(others).toEqual([])
  if (!entry) throw new Error('There is no entry.')
  return entry
}
