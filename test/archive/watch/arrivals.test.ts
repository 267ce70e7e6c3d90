import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { runs } from '../../support/archive/runs.ts'
import { freshGuild, sharedArchive } from '../../support/archive/shared-archive.ts'
import { added, arrived, DIGEST, feedOf, recordDeletes } from '../../support/archive/watches.ts'
import { anyFilter, anyLog, BOT_AMONG_USERS } from '../../support/entries/arbitrary-log.ts'
import { entriesOf, withPruneParts } from '../../support/entries/entries.ts'
import { namedEntity, observationOf } from '../../support/entries/names.ts'
import { matches } from '../../support/entries/plain-answers.ts'

const archive = await sharedArchive()

describe('nothing arrives', () => {
  test('in a guild without watches', async () => {
    const guildId = freshGuild()
    expect(await recordDeletes(archive, guildId, ['5', '6'])).toEqual([])
    expect(await arrived(archive, guildId)).toEqual([])
    expect(await archive.newestArrival(guildId)).toBe(0)
  })

  test('for a digest, which reads the archive when it is due', async () => {
    const guildId = freshGuild()
    await added(archive, guildId, '5', DIGEST)
    expect(await recordDeletes(archive, guildId, ['6'])).toEqual([])
    expect(await archive.watchesBehind()).not.toContainEqual({ guildId, number: 1 })
  })

  test('when an old log is read after the first watch was set, or an old count grows', async () => {
    const guildId = freshGuild()
    await recordDeletes(archive, guildId, ['3'])
    await added(archive, guildId, '50')
    expect(await recordDeletes(archive, guildId, { 3: 9, 4: 1, 49: 1 }, 'rest')).toEqual([])
    expect(await recordDeletes(archive, guildId, ['50', '51'], 'rest')).toEqual([guildId])
    expect(await arrived(archive, guildId)).toEqual([
      [1, '50'],
      [2, '51'],
    ])
  })

  test('of what is erased', async () => {
    const guildId = freshGuild()
    await added(archive, guildId, '1')
    await archive.applyRetention(guildId, '5', 0)
    await recordDeletes(archive, guildId, ['6'])
    await archive.applyRetention(guildId, '7', 0)
    expect(await recordDeletes(archive, guildId, ['7', '8'])).toEqual([guildId])
    expect(await arrived(archive, guildId)).toEqual([[2, '8']])
  })

  test('when a record fails, and the next arrival gets the number that was not used', async () => {
    const guildId = freshGuild()
    await added(archive, guildId, '1')
    await recordDeletes(archive, guildId, ['2'])
    const entries = entriesOf(guildId, [{ id: '3', action_type: 72 }])
    const rejected = entries.map((entry) => ({ ...entry, kind: Number.NaN }))
    const written = archive.record([
      { guildId, from: 'gateway', entries },
      { guildId, from: 'rest', entries: rejected },
    ])
    await expect(written).rejects.toThrow()
    expect(await archive.newestArrival(guildId)).toBe(1)
    await recordDeletes(archive, guildId, ['3'])
    expect(await arrived(archive, guildId)).toEqual([
      [1, '2'],
      [2, '3'],
    ])
  })
})

describe('an entry arrives once', () => {
  test('although its event comes, and REST has it too', async () => {
    const guildId = freshGuild()
    await added(archive, guildId, '1')
    await recordDeletes(archive, guildId, ['2'])
    expect(await recordDeletes(archive, guildId, ['2', '3'], 'rest')).toEqual([guildId])
    expect(await recordDeletes(archive, guildId, ['3'])).toEqual([])
    expect(await arrived(archive, guildId)).toEqual([
      [1, '2'],
      [2, '3'],
    ])
  })

  test('with its highest count, if it is twice in what is written together', async () => {
    const guildId = freshGuild()
    await added(archive, guildId, '1')
    const counted = (count: string) =>
      entriesOf(guildId, [{ id: '2', action_type: 72, user_id: '7', options: { count } }])
    await archive.record([
      { guildId, from: 'gateway', entries: counted('1') },
      { guildId, from: 'rest', entries: [...counted('4'), ...counted('3')] },
    ])
    expect(await archive.arrivals(guildId, {}, { after: 0 }, 9)).toMatchObject([
      { number: 1, entry: { id: '2', count: 4 } },
    ])
    expect(await arrived(archive, guildId)).toEqual([[1, '2']])
  })

  test('and once more each time that its count has grown, with the number that it came with', async () => {
    const guildId = freshGuild()
    await added(archive, guildId, '1')
    await recordDeletes(archive, guildId, { 2: 1, 3: 5 })
    await recordDeletes(archive, guildId, { 2: 4, 3: 5 }, 'rest')
    await recordDeletes(archive, guildId, { 2: 1 })
    await recordDeletes(archive, guildId, { 2: 6 })
    expect(await arrived(archive, guildId)).toEqual([
      [1, '2'],
      [2, '3'],
      [3, '2', 1],
      [4, '2', 1],
    ])
  })

  test('with 0 for that number, once it is no longer stored', async () => {
    const guildId = freshGuild()
    const { number } = await added(archive, guildId, '1')
    await recordDeletes(archive, guildId, { 2: 1 })
    await archive.saveProgress(guildId, number, { position: 1 })
    await archive.dropHandled(guildId, Date.UTC(2030, 0))
    await recordDeletes(archive, guildId, { 2: 2 })
    expect(await arrived(archive, guildId)).toEqual([[2, '2', 0]])
  })

  test('if it is read again after it was deleted by a wrong clock', async () => {
    const guildId = freshGuild()
    await added(archive, guildId, '1')
    await recordDeletes(archive, guildId, ['20'])
    await archive.applyRetention(guildId, '4194303', 0)
    await archive.lowerBound(guildId, '5', undefined)
    await recordDeletes(archive, guildId, ['20', '21'])
    expect(await arrived(archive, guildId)).toEqual([
      [1, '20'],
      [3, '21'],
    ])
  })
})

test('arrivals of a batch come oldest entry first, each guild with its own numbers', async () => {
  const [one, other, unwatched] = [freshGuild(), freshGuild(), freshGuild()]
  await added(archive, one, '1')
  await added(archive, other, '1')
  const arrivedIn = await archive.record(
    [
      [one, '9'],
      [other, '5'],
      [unwatched, '6'],
      [one, '10'],
      [other, '4'],
      [one, '8'],
    ].map(([guildId = '', id]) => ({
      guildId,
      from: 'gateway' as const,
      entries: entriesOf(guildId, [{ id, action_type: 20 }]),
    })),
    1234.5,
  )
  expect(arrivedIn.toSorted()).toEqual([one, other])
  expect(await arrived(archive, one)).toEqual([
    [1, '8'],
    [2, '9'],
    [3, '10'],
  ])
  expect(await arrived(archive, other)).toEqual([
    [1, '4'],
    [2, '5'],
  ])
  expect((await archive.arrivals(one, {}, { after: 0 }, 9)).map(({ at }) => at)).toEqual([1234, 1234, 1234])
})

test('an arrival has the entry as a list has it, with whom a bot acted for', async () => {
  const guildId = freshGuild()
  await added(archive, guildId, '1')
  const names = [
    observationOf(namedEntity('104', 'bot', 'Helper')),
    observationOf(namedEntity('101', 'user', 'Ada')),
  ]
  const entries = entriesOf(guildId, [
    { id: '5', action_type: 22, user_id: '104', target_id: '201', reason: 'Banned by ada: spam' },
  ])
  await archive.record([{ guildId, from: 'gateway', entries, names }])
  const [arrival] = await archive.arrivals(guildId, { onBehalfOfId: '101' }, { after: 0 }, 9)
  expect(arrival?.entry).toEqual((await archive.list(guildId, {}, { order: 'newest', limit: 1 }))[0])
  expect(arrival?.entry.onBehalfOfId).toBe('101')
  expect(await archive.countedEntries(guildId, {}, { order: 'oldest', limit: 5 })).toEqual([
    { id: '5', kind: 22, executorId: '104', onBehalfOfId: '101', targetId: '201', units: 1 },
  ])
})

test('numbers are not used again after arrivals were dropped and all watches removed', async () => {
  const guildId = freshGuild()
  const { number } = await added(archive, guildId, '1')
  await recordDeletes(archive, guildId, ['2', '3'])
  await archive.removeWatch(guildId, { id: '4', by: '7' }, number)
  expect(await arrived(archive, guildId)).toEqual([])
  await recordDeletes(archive, guildId, ['5'])
  expect(await added(archive, guildId, '6')).toMatchObject({ number: 2, position: 2 })
  await recordDeletes(archive, guildId, ['7'])
  expect(await arrived(archive, guildId)).toEqual([[3, '7']])
})

describe('a watch begins with what was made since its interaction', () => {
  test('even if that was stored before the watch was', async () => {
    const guildId = freshGuild()
    await recordDeletes(archive, guildId, ['40', '60', '70'])
    expect(await added(archive, guildId, '50')).toMatchObject({ position: 0 })
    await recordDeletes(archive, guildId, ['80'])
    expect(await arrived(archive, guildId)).toEqual([
      [1, '60'],
      [2, '70'],
      [3, '80'],
    ])
  })

  test('even if it has arrived for an older watch', async () => {
    const guildId = freshGuild()
    await added(archive, guildId, '10')
    await recordDeletes(archive, guildId, ['40'])
    await recordDeletes(archive, guildId, ['60'])
    await recordDeletes(archive, guildId, ['45'])
    expect(await added(archive, guildId, '50')).toMatchObject({ position: 1 })
    expect(await added(archive, guildId, '61', feedOf({}, '302'))).toMatchObject({ position: 3 })
    expect(await arrived(archive, guildId)).toEqual([
      [1, '40'],
      [2, '60'],
      [3, '45'],
    ])
  })
})

test('any range and filter of arrivals has what an entry by entry comparison finds, and is counted alike', async () => {
  const anyRange = fc.record({ after: fc.nat(40), to: fc.nat(40) }, { requiredKeys: ['after'] })
  await fc.assert(
    fc.asyncProperty(anyLog, anyFilter, anyRange, fc.integer({ min: 1, max: 50 }), async (...given) => {
      const [log, filter, range, limit] = given
      const guildId = freshGuild()
      await added(archive, guildId, '0')
      const entries = withPruneParts(entriesOf(guildId, log))
      await archive.record([{ guildId, from: 'rest', entries, names: BOT_AMONG_USERS }])
      const inOrder = entries.toSorted((a, b) => Number(BigInt(a.id) - BigInt(b.id)))
      const meant = inOrder
        .map((entry, index) => ({ number: index + 1, entry }))
        .filter(({ number, entry }) => {
          return number > range.after && number <= (range.to ?? 99) && matches(filter, entry)
        })
      expect(await archive.arrivals(guildId, filter, range, limit)).toMatchObject(meant.slice(0, limit))
      const counts = await archive.countArrivals(guildId, filter, range)
      const groups = Map.groupBy(meant, ({ entry }) => `${entry.executorId} ${entry.kind}`)
      expect(
        counts.map(({ executorId, kind, ...sums }) => [`${executorId} ${kind}`, sums]).toSorted(),
      ).toEqual(
        [...groups]
          .map(([key, those]) => [
            key,
            {
              entries: those.length,
              units: those.reduce((sum, { entry }) => sum + (entry.count ?? 1), 0),
            },
          ])
          .toSorted(),
      )
    }),
    runs(60),
  )
})

test('entries whose counts grew are not counted again', async () => {
  const guildId = freshGuild()
  await added(archive, guildId, '1')
  await recordDeletes(archive, guildId, { 2: 1 })
  await recordDeletes(archive, guildId, { 2: 7, 3: 2 }, 'rest')
  expect(await archive.countArrivals(guildId, {}, { after: 0 })).toEqual([
    { executorId: '101', kind: 72, entries: 2, units: 9 },
  ])
  expect(await archive.countArrivals(guildId, {}, { after: 1, to: 3 })).toEqual([
    { executorId: '101', kind: 72, entries: 1, units: 2 },
  ])
})
