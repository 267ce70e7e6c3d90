import { describe, expect, test } from 'vitest'
import type { Archive, ArchiveUpdate } from '../../src/core/archive.ts'
import { ERASED } from '../../src/core/audit-log/erased.ts'
import type { SavedQuery } from '../../src/core/query/saved-query.ts'
import type { Snowflake } from '../../src/core/snowflake.ts'
import { archiveFile } from '../support/archive/archive-file.ts'
import { forget } from '../support/archive/forget.ts'
import { freshGuild, sharedArchive, testArchive } from '../support/archive/shared-archive.ts'
import { filesContaining, SECRET } from '../support/archive/traces.ts'
import { allEntries, entriesOf } from '../support/entries/entries.ts'
import { namedEntity, observationOf } from '../support/entries/names.ts'
import { byKey, partyOf, plainTallies } from '../support/entries/plain-answers.ts'

const archive = await sharedArchive()

const [ALICE, BOB, BOT] = ['101', '102', '103']

/** Alice kicks, Bob renames and bans Alice, and a bot bans on Alice’s behalf. */
const PAYLOADS = [
  { id: '10', action_type: 20, user_id: ALICE, target_id: '7', reason: 'Alice’s own words' },
  {
    id: '20',
    action_type: 24,
    user_id: BOB,
    target_id: ALICE,
    changes: [{ key: 'nick', old_value: 'Alice the Old', new_value: 'Alice the New' }],
  },
  { id: '30', action_type: 22, user_id: BOB, target_id: ALICE, reason: 'Alice spammed' },
  { id: '40', action_type: 22, user_id: BOT, target_id: '8', reason: 'Banned by alice: rude' },
  { id: '50', action_type: 20, user_id: BOB, target_id: '9', reason: 'Nothing to do with her' },
  { id: '60', action_type: 72, user_id: ALICE, target_id: '7', options: { channel_id: '5', count: '3' } },
]

const NAMES = [
  { ...observationOf(namedEntity(ALICE, 'user', 'Alice Adams')), alias: 'alice' },
  observationOf(namedEntity(BOB, 'user', 'Bob')),
  observationOf(namedEntity(BOT, 'bot', 'Warden')),
  observationOf(namedEntity('5', 'channel', 'general')),
  observationOf(namedEntity('77', 'user', 'Unmentioned')),
]

describe('an erased guild', () => {
  test('has nothing left up to the bound: no entry, sum, member name or query', async () => {
    const guildId = await filled()
    const number = archive.saveQuery(queryBy(guildId, ALICE))
    expect(await forget(archive, guildId, '60')).toEqual({ removed: 6, scrubbed: 0 })
    expect(await allEntries(archive, guildId)).toEqual([])
    expect(await archive.countHeld(guildId)).toBe(0)
    expect(await archive.executors(guildId, [20, 22, 72])).toEqual([])
    expect(await archive.attributions(guildId, {})).toEqual(new Map())
    expect(await archive.findNames(guildId, '', 20)).toEqual([
      { ...namedEntity('5', 'channel', 'general'), alias: null },
    ])
    expect(await archive.savedQuery(guildId, number)).toBeUndefined()
    expect(await archive.coverage(guildId)).toEqual({ ranges: [], readAt: 1, erasedTo: '60' })
  })

  test('records newer entries, and older ones do not come back', async () => {
    const guildId = await filled()
    await forget(archive, guildId, '60')
    const after = entriesOf(guildId, [{ id: '61', action_type: 20, user_id: BOB, target_id: '7' }])
    await archive.record([
      {
        guildId,
        from: 'rest',
        entries: [...entriesOf(guildId, PAYLOADS), ...after],
        names: NAMES.map((each) => ({ ...each, at: '62' })),
        complete: [{ start: '5', end: '61' }],
      },
    ])
    expect(await allEntries(archive, guildId)).toEqual(after)
    expect((await archive.coverage(guildId)).ranges).toEqual([{ start: '61', end: '61' }])
    expect((await archive.findNames(guildId, '', 20)).map(({ name }) => name)).toEqual(['Bob', 'general'])
  })

  test('keeps newer entries and its coverage after the bound', async () => {
    const guildId = await filled()
    await forget(archive, guildId, '40')
    expect((await allEntries(archive, guildId)).map(({ id }) => id)).toEqual(['50', '60'])
    expect((await archive.coverage(guildId)).ranges).toEqual([{ start: '41', end: '60' }])
    await expectRightSums(guildId)
  })

  test('does not change other guilds', async () => {
    const [guildId, other] = [await filled(), await filled()]
    const before = await everythingOf(other)
    await forget(archive, guildId, '60')
    await forget(archive, guildId, '60', ALICE)
    expect(await everythingOf(other)).toEqual(before)
  })

  test('keeps the highest bound', async () => {
    const guildId = await filled()
    await forget(archive, guildId, '60')
    await forget(archive, guildId, '20')
    expect(await archive.coverage(guildId)).toMatchObject({ erasedTo: '60' })
  })
})

describe('an erased member', () => {
  test('has a number of entries that concern them, each counted once, of which those with texts are erased', async () => {
    const guildId = await filled()
    expect(await archive.countConcerning(guildId, ALICE)).toEqual({ entries: 5, withTexts: 4 })
    expect(await archive.countConcerning(guildId, '12345')).toEqual({ entries: 0, withTexts: 0 })
    expect(await forget(archive, guildId, '100', ALICE)).toEqual({ removed: 0, scrubbed: 4 })
    expect(await archive.countConcerning(guildId, ALICE)).toEqual({ entries: 5, withTexts: 0 })
  })

  test('has no name and no texts left, and their actions are still counted', async () => {
    const guildId = await filled()
    const counts = await archive.countByKind(guildId, {})
    const number = archive.saveQuery(queryBy(guildId, ALICE))
    const another = archive.saveQuery(queryBy(guildId, BOB))
    expect(await forget(archive, guildId, '60', ALICE)).toEqual({ removed: 0, scrubbed: 4 })
    const entries = await allEntries(archive, guildId)
    expect(JSON.stringify(entries)).not.toMatch(/alice/i)
    expect(entries.map(({ reason }) => reason)).toEqual([
      ERASED,
      null,
      ERASED,
      ERASED,
      'Nothing to do with her',
      null,
    ])
    expect(entries[1]?.changes).toEqual([{ key: 'nick', old_value: ERASED, new_value: ERASED }])
    expect(entries.map(({ id, executorId, targetId }) => [id, executorId, targetId])).toEqual(
      PAYLOADS.map(({ id, user_id, target_id }) => [id, user_id, target_id]),
    )
    expect(await archive.countByKind(guildId, {})).toEqual(counts)
    await expectRightSums(guildId)
    expect((await archive.names(guildId, [ALICE])).all).toEqual([])
    expect(await archive.savedQuery(guildId, number)).toBeUndefined()
    expect(await archive.savedQuery(guildId, another)).toBeDefined()
    expect(await archive.findNames(guildId, 'bob', 5)).toHaveLength(1)
  })

  test('does not come back when the same entries are read again, and counts still grow', async () => {
    const guildId = await filled()
    await forget(archive, guildId, '60', ALICE)
    const before = await allEntries(archive, guildId)
    const grown = PAYLOADS.map((payload) =>
      payload.options ? { ...payload, options: { ...payload.options, count: '9' } } : payload,
    )
    for (const from of ['rest', 'gateway'] as const) {
      const names = NAMES.map((each) => ({ ...each, at: '70' }))
      await archive.record([{ guildId, from, entries: entriesOf(guildId, grown), names }])
    }
    const entries = await allEntries(archive, guildId)
    expect(entries.slice(0, 5)).toEqual(before.slice(0, 5))
    expect(entries[5]?.count).toBe(9)
    expect(JSON.stringify(entries)).not.toMatch(/alice/i)
    expect((await archive.names(guildId, [ALICE])).all).toEqual([])
    await expectRightSums(guildId)
  })

  test('is also erased in old entries that are read for the first time', async () => {
    const guildId = await filled()
    await forget(archive, guildId, '60', ALICE)
    const late = entriesOf(guildId, [
      { id: '55', action_type: 20, user_id: ALICE, target_id: '7', reason: 'Alice again' },
      { id: '56', action_type: 22, user_id: BOT, target_id: '8', reason: `by ${ALICE_ID}` },
    ])
    await archive.record([{ guildId, from: 'rest', entries: late }])
    expect((await archive.entry(guildId, '55'))?.reason).toBe(ERASED)
  })

  test('has a name again when they act afterwards', async () => {
    const guildId = await filled()
    await forget(archive, guildId, '60', ALICE)
    const action = { id: '80', action_type: 20, user_id: ALICE, target_id: '7', reason: 'Back again' }
    await archive.record([{ guildId, from: 'rest', entries: entriesOf(guildId, [action]), names: NAMES }])
    expect((await archive.entry(guildId, '80'))?.reason).toBe('Back again')
    expect((await archive.names(guildId, [ALICE])).get('user', ALICE)?.name).toBe('Alice Adams')
    expect((await archive.entry(guildId, '10'))?.reason).toBe(ERASED)
  })
})

test.each([
  ['a guild', undefined],
  ['a member', ALICE],
])('no file of the archive contains a byte of %s that was erased', async (_, memberId) => {
  const path = archiveFile()
  const own = await testArchive(path)
  const guildId = freshGuild()
  const payloads = Array.from({ length: 3000 }, (_, index) => ({
    id: String(1000 + index),
    action_type: 22,
    user_id: index % 3 === 0 ? BOT : ALICE,
    target_id: String(500 + ((index * 7919) % 400)),
    reason: index % 3 === 0 ? `Banned by alice: ${SECRET} ${index}` : `${SECRET} ${'x'.repeat(index % 300)}`,
    changes: [{ key: 'nick', old_value: `${SECRET}er`, new_value: null }],
  }))
  const named = { ...observationOf(namedEntity(ALICE, 'user', `${SECRET}est`)), alias: 'alice' }
  await own.record([
    { ...updateOf(guildId), entries: entriesOf(guildId, payloads), names: [named, ...NAMES.slice(1)] },
  ])
  own.saveQuery({ ...queryBy(guildId, ALICE), filter: { reason: SECRET } })
  expect(filesContaining(path, SECRET)).not.toEqual([])

  await forget(own, guildId, '100000', memberId)
  expect(await own.vacuum('file')).toBe(true)
  expect(filesContaining(path, SECRET)).toEqual([])
  expect(filesContaining(path, 'alice')).toEqual([])
})

test('an erasure that a restart interrupted is finished by the next retention run', async () => {
  const path = archiveFile()
  const guildId = freshGuild()
  const own = await testArchive(path)
  const payloads = Array.from({ length: 20_000 }, (_, index) => ({
    id: String(1000 + index),
    action_type: 22,
  }))
  await own.record([{ ...updateOf(guildId), entries: entriesOf(guildId, payloads) }])
  // A reader that runs already sees the first rows go.
  expect(await own.countHeld(guildId)).toBe(20_000)
  const interrupted = forget(own, guildId, '100000').catch(() => 'interrupted')
  while ((await own.countHeld(guildId)) === 20_000) {}
  await own.close()
  expect(await interrupted).toBe('interrupted')

  const after = await testArchive(path)
  expect(await after.countHeld(guildId)).toBeGreaterThan(0)
  expect((await after.coverage(guildId)).erasedTo).toBe('100000')
  await after.applyRetention(guildId, undefined, 0)
  expect(await after.countHeld(guildId)).toBe(0)
})

const ALICE_ID = '123456789012345678'

async function filled(): Promise<Snowflake> {
  const guildId = freshGuild()
  await archive.record([updateOf(guildId)])
  return guildId
}

function updateOf(guildId: Snowflake): ArchiveUpdate {
  return {
    guildId,
    entries: entriesOf(guildId, PAYLOADS),
    from: 'rest',
    names: NAMES,
    complete: [{ start: '5', end: '60' }],
    readAt: 1,
  }
}

function queryBy(guildId: Snowflake, askerId: Snowflake): SavedQuery {
  return {
    command: 'audit recent',
    guildId,
    askerId,
    askedAt: 0,
    timeZone: 'UTC',
    filter: {},
    order: 'newest',
  }
}

async function expectRightSums(guildId: Snowflake): Promise<void> {
  const entries = await allEntries(archive, guildId)
  expect(byKey(await archive.countByKind(guildId, {}))).toEqual(
    byKey(plainTallies(entries, ({ kind }) => kind)),
  )
  const { top } = await archive.rank(guildId, {}, { by: 'executor', most: 'units', top: 100 })
  expect(byKey(top)).toEqual(byKey(plainTallies(entries, (entry) => partyOf(entry, 'executor'))))
}

async function everythingOf(guildId: Snowflake, of: Archive = archive) {
  return [
    await allEntries(of, guildId),
    await of.countByKind(guildId, {}),
    await of.attributions(guildId, {}),
    await of.coverage(guildId),
    await of.findNames(guildId, '', 50),
  ]
}
