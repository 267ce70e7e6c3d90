import fc from 'fast-check'
import { expect, test } from 'vitest'
import { compareIds, type Snowflake } from '../../src/core/snowflake.ts'
import { runs } from '../support/archive/runs.ts'
import { freshGuild, sharedArchive } from '../support/archive/shared-archive.ts'
import { anyLog } from '../support/entries/arbitrary-log.ts'
import { allEntries, entriesOf, withPruneParts } from '../support/entries/entries.ts'
import { namedEntity, observationOf } from '../support/entries/names.ts'
import { byKey, partyOf, plainTallies } from '../support/entries/plain-answers.ts'

const archive = await sharedArchive()

test('after a cut anywhere, the entries and sums are those of a log that began there', async () => {
  await fc.assert(
    fc.asyncProperty(anyLog, fc.nat(40), async (log, index) => {
      const guildId = freshGuild()
      const entries = withPruneParts(entriesOf(guildId, log)).sort((a, b) => compareIds(a.id, b.id))
      const upTo = entries[index]?.id ?? '1'
      await archive.record([{ guildId, from: 'rest', entries }])
      const expected = entries.filter(({ id }) => compareIds(id, upTo) > 0)
      expect(await archive.applyRetention(guildId, upTo, 0)).toEqual({
        removed: entries.length - expected.length,
        scrubbed: 0,
      })
      const left = await allEntries(archive, guildId)
      expect(left.map(({ id }) => id)).toEqual(expected.map(({ id }) => id))
      expect(byKey(await archive.countByKind(guildId, {}))).toEqual(
        byKey(plainTallies(expected, ({ kind }) => kind)),
      )
      const { top } = await archive.rank(guildId, {}, { by: 'executor', most: 'units', top: 100 })
      expect(byKey(top)).toEqual(byKey(plainTallies(expected, (entry) => partyOf(entry, 'executor'))))
    }),
    runs(40),
  )
})

test.each([
  ['before all ranges', '5', [range(10, 20), range(30, 40)]],
  ['between ranges', '25', [range(30, 40)]],
  ['within a range', '15', [range(16, 20), range(30, 40)]],
  ['at the end of a range', '20', [range(30, 40)]],
  ['after all ranges', '50', []],
])('coverage begins after the cut: %s', async (_, upTo, ranges) => {
  const guildId = freshGuild()
  await archive.record([{ guildId, from: 'rest', entries: [], complete: [range(10, 20), range(30, 40)] }])
  await archive.applyRetention(guildId, upTo, 0)
  expect((await archive.coverage(guildId)).ranges).toEqual(ranges)
})

test('a name is removed with the last entry that refers to it, except names of parts of the server', async () => {
  const guildId = freshGuild()
  const log = [
    { id: '10', action_type: 22, user_id: '1', target_id: '2' },
    { id: '11', action_type: 22, user_id: '9', target_id: '3', reason: 'Banned by ann: rude' },
    { id: '12', action_type: 12, user_id: '4', target_id: '7' },
    { id: '20', action_type: 22, user_id: '1', target_id: '3' },
    { id: '21', action_type: 22, user_id: '9', target_id: '3', reason: 'Banned by bea: rude' },
  ]
  const names = [
    ...['1', '2', '3', '4'].map((id) => observationOf(namedEntity(id, 'user', `user ${id}`))),
    { ...observationOf(namedEntity('5', 'user', 'Ann')), alias: 'ann' },
    { ...observationOf(namedEntity('6', 'user', 'Bea')), alias: 'bea' },
    observationOf(namedEntity('7', 'channel', 'deleted')),
    observationOf(namedEntity('8', 'channel', 'there')),
    observationOf(namedEntity('9', 'bot', 'Warden')),
  ]
  await archive.record([{ guildId, from: 'rest', entries: entriesOf(guildId, log), names }])
  await archive.applyRetention(guildId, '15', 0)
  const left = await archive.findNames(guildId, '', 20)
  expect(left.map(({ id }) => id).sort()).toEqual(['1', '3', '6', '8', '9'])
})

test('old queries are removed, and their numbers are not used again', async () => {
  const guildId = freshGuild()
  const save = (askedAt: number) =>
    archive.saveQuery({
      command: 'c',
      guildId,
      askerId: '1',
      askedAt,
      timeZone: 'UTC',
      filter: {},
      order: 'newest',
    })
  const [old, young] = [save(100), save(200)]
  // The trusted time can have fractions.
  await archive.applyRetention(guildId, undefined, 150.5)
  expect(await archive.savedQuery(guildId, old)).toBeUndefined()
  expect(await archive.savedQuery(guildId, young)).toBeDefined()
  await archive.applyRetention(guildId, undefined, 250)
  expect(save(300)).toBeGreaterThan(young)
})

test('nothing changes if nothing is old', async () => {
  const guildId = freshGuild()
  await archive.record([{ guildId, from: 'rest', entries: [], complete: [range(10, 20)] }])
  await archive.applyRetention(guildId, '9', 0)
  expect(await archive.coverage(guildId)).toEqual({ ranges: [range(10, 20)], readAt: null })
})

function range(start: number, end: number): { start: Snowflake; end: Snowflake } {
  return { start: String(start), end: String(end) }
}
