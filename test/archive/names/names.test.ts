import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { ERASED } from '../../../src/core/audit-log/erased.ts'
import type { NamedEntity, NameObservation } from '../../../src/core/names/named-entity.ts'
import { firstIdAt, type Snowflake } from '../../../src/core/snowflake.ts'
import { forget } from '../../support/archive/forget.ts'
import { freshGuild, sharedArchive } from '../../support/archive/shared-archive.ts'
import { entriesOf } from '../../support/entries/entries.ts'
import { namedEntity, observationOf } from '../../support/entries/names.ts'

const archive = await sharedArchive()

const HAPPENED: Readonly<Record<string, object>> = {
  roles: { action_type: 25 },
  message: { action_type: 72 },
  kick: { action_type: 20 },
  ban: { action_type: 22 },
  unban: { action_type: 23 },
  timeout: {
    action_type: 24,
    changes: [{ key: 'communication_disabled_until', new_value: '2027-01-01T00:00:00+00:00' }],
  },
}

describe('a name', () => {
  test('is found by its id', async () => {
    const guildId = await guildWith([user('1', 'ann'), namedEntity('2', 'role', 'Helpers'), user('3', 'bob')])
    expect((await archive.names(guildId, ['1', '2'])).all).toEqual([
      user('1', 'ann'),
      namedEntity('2', 'role', 'Helpers'),
    ])
  })

  test('is the last known one', async () => {
    const guildId = await guildWith([user('1', 'ann'), user('2', 'old'), user('2', 'new')])
    await observeNow(guildId, [user('1', 'anna')])
    expect(await shown(guildId, ['1', '2'])).toEqual(['anna', 'new'])
    expect(await found(guildId, 'old')).toEqual([])
    expect(await found(guildId, 'anna')).toEqual(['anna'])
  })

  test('belongs to a class and an id: a guild, its @everyone role and its first channel can share an id', async () => {
    const shared = [
      namedEntity('5', 'guild', 'Books'),
      namedEntity('5', 'role', '@everyone'),
      namedEntity('5', 'channel', 'general'),
    ]
    const guildId = await guildWith(shared)
    const names = await archive.names(guildId, ['5'])
    for (const each of shared) expect(names.get(each.type, '5')).toEqual(each)
    expect(names.of('5')).toHaveLength(3)
    expect(names.get('emoji', '5')).toBeUndefined()
  })

  test('has its last known type within its class: threads are channels, bots are users', async () => {
    const guildId = await guildWith([namedEntity('5', 'channel', 'plans'), user('6', 'sweeper')])
    await observeNow(guildId, [namedEntity('5', 'thread', 'plans'), namedEntity('6', 'bot', 'sweeper')])
    const names = await archive.names(guildId, ['5', '6'])
    expect([names.get('channel', '5')?.type, names.get('user', '6')?.type]).toEqual(['thread', 'bot'])
    expect(names.all).toHaveLength(2)
  })

  test('that is older does not replace a newer one when it is recorded later', async () => {
    const guildId = freshGuild()
    const renamed = [
      observationOf(namedEntity('1', 'role', 'newer'), '20'),
      observationOf(namedEntity('1', 'role', 'older'), '10'),
    ]
    for (const each of renamed) await observe(guildId, [each])
    expect(await shown(guildId, ['1'])).toEqual(['newer'])
  })

  test('that a wrong clock dated ahead is replaced by what is observed now', async () => {
    const guildId = freshGuild()
    const [now, ahead] = [firstIdAt(Date.UTC(2026, 10, 1)), firstIdAt(Date.UTC(2027, 1, 9))]
    for (const [id, name, at] of [
      ['1', 'before', now],
      ['1', 'wrongly dated', ahead],
      ['1', 'after', now],
    ] as const) {
      await observe(guildId, [observationOf(namedEntity(id, 'role', name), at)])
    }
    expect(await shown(guildId, ['1'])).toEqual(['after'])
  })

  test('from an entry whose id is ahead is replaced too', async () => {
    const guildId = freshGuild()
    const [now, ahead] = [firstIdAt(Date.UTC(2026, 10, 1)), firstIdAt(Date.UTC(2027, 1, 9))]
    const renaming = { id: ahead, action_type: 31, target_id: '1' }
    const changes = [{ key: 'name', old_value: 'before', new_value: 'ahead' }]
    await archive.record([
      { guildId, from: 'gateway', entries: entriesOf(guildId, [{ ...renaming, changes }]) },
    ])
    expect(await shown(guildId, ['1'])).toEqual(['ahead'])
    await observe(guildId, [observationOf(namedEntity('1', 'role', 'after'), now)])
    expect(await shown(guildId, ['1'])).toEqual(['after'])
  })

  test.each([
    ['deleted after it was present', ['present', '10'], ['gone', '20'], true],
    ['present after it was deleted', ['gone', '10'], ['present', '20'], false],
    ['deleted, recorded before an older presence', ['gone', '20'], ['present', '10'], true],
    ['only named after it was deleted', ['gone', '10'], ['named', '20'], true],
  ] as const)('outlives what had it: %s', async (_, [firstWas, firstAt], [thenWas, thenAt], gone) => {
    const guildId = freshGuild()
    await observe(guildId, [observationOf(namedEntity('1', 'role', 'Helpers'), '1')])
    await observe(guildId, [{ id: '1', type: 'role', name: null, presence: firstWas, at: firstAt }])
    await observe(guildId, [{ id: '1', type: 'role', name: null, presence: thenWas, at: thenAt }])
    const presence = gone ? 'gone' : 'present'
    expect((await archive.names(guildId, ['1'])).all).toEqual([
      { ...namedEntity('1', 'role', 'Helpers'), presence },
    ])
  })

  test.each<[what: string, happened: string[], NamedEntity['presence']]>([
    ['here if they were given a role', ['roles'], 'present'],
    ['here if they wrote a message', ['message'], 'present'],
    ['gone if they were kicked later', ['roles', 'message', 'kick'], 'gone'],
    ['gone if a message of theirs was deleted after they were kicked', ['kick', 'message'], 'gone'],
    ['gone if they were only unbanned', ['ban', 'unban'], 'gone'],
    ['here if they were timed out after they were kicked', ['kick', 'message', 'timeout'], 'present'],
  ])('of a member says whether they are %s, whatever is recorded first', async (_, happened, presence) => {
    const guildId = freshGuild()
    await observe(guildId, [{ ...observationOf(user('1', 'ann'), guildId), presence: 'named' }])
    const start = Date.UTC(2026, 10, 1)
    const payloads = happened.map((what, index) => ({
      id: firstIdAt(start + index * 1000),
      user_id: '7',
      target_id: '1',
      ...HAPPENED[what],
    }))
    for (const payload of payloads.toReversed())
      await archive.record([{ guildId, from: 'rest', entries: entriesOf(guildId, [payload]) }])
    expect((await archive.names(guildId, ['1'])).get('user', '1')?.presence).toBe(presence)
  })

  test.each<[what: string, then: [happened: string, hours: number][], NamedEntity['presence']]>([
    [
      'came back within the day',
      [
        ['kick', 1],
        ['roles', 2],
      ],
      'present',
    ],
    [
      'was kicked before they were last seen, which is recorded late',
      [
        ['roles', 25],
        ['kick', 1],
      ],
      'present',
    ],
    [
      'was kicked after they were last seen',
      [
        ['roles', 1],
        ['kick', 2],
      ],
      'gone',
    ],
  ])('of a member who was here is kept up: one who %s', async (_, then, presence) => {
    const guildId = freshGuild()
    await observe(guildId, [{ ...observationOf(user('1', 'ann'), guildId), presence: 'named' }])
    for (const [happened, hours] of [['roles', 0] as const, ...then]) {
      const id = firstIdAt(Date.UTC(2026, 10, 1, hours))
      const payload = { id, user_id: '7', target_id: '1', ...HAPPENED[happened] }
      await archive.record([{ guildId, from: 'gateway', entries: entriesOf(guildId, [payload]) }])
    }
    expect((await archive.names(guildId, ['1'])).get('user', '1')?.presence).toBe(presence)
  })

  test('of a member comes with the entries that show it, even if no name was recorded before', async () => {
    const guildId = freshGuild()
    const entries = entriesOf(guildId, [{ id: '90', user_id: '7', target_id: '1', ...HAPPENED.roles }])
    const names = ['1', '7'].map((id) => ({
      ...observationOf(user(id, 'ann'), '100'),
      presence: 'named' as const,
    }))
    await archive.record([{ guildId, from: 'gateway', entries }])
    await archive.record([{ guildId, from: 'rest', entries, names }])
    expect((await archive.names(guildId, ['1', '7'])).all.map((each) => each.presence)).toEqual([
      'present',
      'present',
    ])
  })

  test('of a role or channel that a snapshot does not include is marked as gone', async () => {
    const guildId = freshGuild()
    const all = [
      namedEntity('1', 'role', 'left'),
      namedEntity('2', 'channel', 'stays'),
      namedEntity('3', 'thread', 'archived'),
    ]
    await observe(
      guildId,
      all.map((each) => observationOf(each, '10')),
    )
    const names = [observationOf(namedEntity('2', 'channel', 'stays'), '20')]
    await archive.record([{ guildId, entries: [], from: 'gateway', names, snapshotAt: '20' }])
    const { all: left } = await archive.names(guildId, ['1', '2', '3'])
    expect(left.filter(({ presence }) => presence === 'gone').map(({ name }) => name)).toEqual(['left'])
  })

  test('that a wrong clock dated ahead is marked as gone by a deletion or a snapshot without it', async () => {
    const guildId = freshGuild()
    const [now, ahead] = [firstIdAt(Date.UTC(2026, 10, 1)), firstIdAt(Date.UTC(2027, 1, 9))]
    const all = [
      namedEntity('1', 'role', 'deleted'),
      namedEntity('2', 'role', 'not included'),
      namedEntity('3', 'role', 'stays'),
    ]
    await observe(
      guildId,
      all.map((each) => observationOf(each, ahead)),
    )
    await observe(guildId, [{ id: '1', type: 'role', name: null, presence: 'gone', at: now }])
    const names = [observationOf(namedEntity('3', 'role', 'stays'), now)]
    await archive.record([{ guildId, entries: [], from: 'gateway', names, snapshotAt: now }])
    const { all: left } = await archive.names(guildId, ['1', '2', '3'])
    expect(Object.fromEntries(left.map(({ id, presence }) => [id, presence]))).toEqual({
      1: 'gone',
      2: 'gone',
      3: 'present',
    })
  })

  test('of a channel that a snapshot does not include leaves others with its id alone', async () => {
    const guildId = freshGuild()
    const shared = [
      namedEntity('5', 'role', '@everyone'),
      namedEntity('5', 'channel', 'general'),
      namedEntity('5', 'guild', 'Books'),
    ]
    await observe(
      guildId,
      shared.map((each) => observationOf(each, '10')),
    )
    const names = [observationOf(namedEntity('5', 'role', '@everyone'), '20')]
    await archive.record([{ guildId, entries: [], from: 'gateway', names, snapshotAt: '20' }])
    const after = await archive.names(guildId, ['5'])
    expect((['role', 'channel', 'guild'] as const).map((type) => after.get(type, '5')?.presence)).toEqual([
      'present',
      'gone',
      'present',
    ])
  })

  test('of a role with the id of a member is not erased with the member', async () => {
    const guildId = await guildWith([namedEntity('5', 'role', 'Helpers'), user('5', 'ann')])
    const changes = [{ key: 'nick', new_value: 'Annie' }]
    const entries = entriesOf(guildId, [
      { id: '7', action_type: 31, target_id: '5', reason: 'A role' },
      { id: '8', action_type: 24, target_id: '5', reason: 'A member', changes },
    ])
    await archive.record([{ guildId, entries, from: 'rest' }])
    expect(await archive.countConcerning(guildId, '5')).toMatchObject({ entries: 1 })
    await forget(archive, guildId, '9', '5')
    expect((await archive.names(guildId, ['5'])).all).toEqual([namedEntity('5', 'role', 'Helpers')])
    expect((await archive.entry(guildId, '7'))?.reason).toBe('A role')
    expect((await archive.entry(guildId, '8'))?.reason).toBe(ERASED)
  })

  test('is removed by an erasure of the guild when no entry refers to it any more', async () => {
    const guildId = freshGuild()
    await observe(guildId, [
      observationOf(namedEntity('5', 'webhook', 'Relay'), '1'),
      observationOf(namedEntity('6', 'webhook', 'Unused'), '1'),
      observationOf(user('7', 'ann'), '1'),
      observationOf(user('8', 'bob'), '1'),
    ])
    const entries = entriesOf(guildId, [
      { id: '20', action_type: 72, target_id: '5' },
      { id: '21', action_type: 31, target_id: '8' },
      { id: '22', action_type: 20, target_id: '7' },
    ])
    await archive.record([{ guildId, entries, from: 'rest' }])
    await forget(archive, guildId, '10')
    expect(await shown(guildId, ['5', '6', '7', '8'])).toEqual(['Relay', 'ann'])
  })

  test('is recorded from the entries that contain it', async () => {
    const guildId = freshGuild()
    const changes = [{ key: 'name', new_value: 'Helpers' }]
    const entries = entriesOf(guildId, [{ id: '7', action_type: 30, target_id: '1', changes }])
    await archive.record([{ guildId, entries, from: 'rest' }])
    expect(await shown(guildId, ['1'])).toEqual(['Helpers'])
  })

  test.each(['invite-code', '', '99', '18446744073709551616'])('of %j is unknown', async (id) => {
    const guildId = await guildWith([user('1', 'ann')])
    expect((await archive.names(guildId, [id])).all).toEqual([])
    expect(await shown(guildId, [id, '1', '1'])).toEqual(['ann'])
  })

  test('without an id is unknown', async () => {
    expect((await archive.names(freshGuild(), [])).all).toEqual([])
  })
})

describe('findNames returns', () => {
  const names = [
    'Ann',
    'ann-marie',
    'Joanna',
    'ÄRZTE',
    'Łukasz',
    '字幕',
    '100%',
    'under_score',
    `O'Brien "Bob"`,
    'a\\b',
  ]
  const guildId = guildWith(
    names.map((name, index) => user(String(1_564_000_000_000_000_000 + index * 1000), name)),
  )

  test.each([
    [
      'the exact name before those that begin with it, and those before the rest',
      'ANN',
      ['Ann', 'ann-marie', 'Joanna'],
    ],
    ['a part of a name', 'oan', ['Joanna']],
    ['letters that are not English, in any case', 'ärz', ['ÄRZTE']],
    ['letters that are not English, in any case', 'łUK', ['Łukasz']],
    ['letters without a case', '幕', ['字幕']],
    ['a percent sign', '%', ['100%']],
    ['an underscore', '_', ['under_score']],
    ['a quote', `'`, [`O'Brien "Bob"`]],
    ['two quotes', '"bob"', [`O'Brien "Bob"`]],
    ['a backslash', '\\', ['a\\b']],
    ['an id by its beginning', '15640000000000020', ['Joanna']],
    ['no id by its middle', '40000000000020', []],
    ['nothing when nothing matches', 'zebra', []],
    ['no id that only contains the digits of a longer text', '1564000000000002000000', []],
  ])('%s: %j', async (_, text, expected) => {
    expect(await found(await guildId, text)).toEqual(expected)
  })

  test('what is present before what is gone, except for an exact match', async () => {
    const guild = freshGuild()
    await observe(guild, [
      observationOf(namedEntity('1', 'role', 'mod')),
      observationOf(namedEntity('2', 'role', 'mods')),
      observationOf(namedEntity('3', 'role', 'modmail')),
      { id: '1', type: 'role', name: null, presence: 'gone', at: '9' },
      { id: '2', type: 'role', name: null, presence: 'gone', at: '9' },
    ])
    expect(await found(guild, 'mod')).toEqual(['mod', 'modmail', 'mods'])
  })

  test('as many as the limit', async () => {
    expect(await found(await guildId, '', 3)).toHaveLength(3)
    expect(await found(await guildId, '', 100)).toHaveLength(names.length)
  })
})

test('any part of a name finds exactly the names that contain it', async () => {
  // No name has the character U+0000.
  const anyLetter = fc.integer({ min: 1, max: 0xd7ff }).map((code) => String.fromCharCode(code))
  const anyName = fc.string({ unit: anyLetter, minLength: 1, maxLength: 8 })
  const anyPart = fc.tuple(fc.nat(8), fc.integer({ min: 1, max: 3 }))
  await fc.assert(
    fc.asyncProperty(
      fc.array(anyName, { minLength: 1, maxLength: 6 }),
      anyPart,
      async (names, [start, length]) => {
        const users = names.map((name, index) => user(String(index + 1), name))
        const guildId = await guildWith(users)
        const part =
          names[0]
            ?.toLowerCase()
            .slice(start, start + length)
            .toWellFormed() ?? ''
        const fitting = users.filter(
          ({ id, name }) => name.toLowerCase().includes(part) || id.startsWith(part),
        )
        expect((await found(guildId, part)).sort()).toEqual(fitting.map(({ name }) => name).sort())
      },
    ),
  )
})

function user(id: Snowflake, name: string): NamedEntity {
  return namedEntity(id, 'user', name)
}

async function guildWith(names: readonly NamedEntity[]): Promise<Snowflake> {
  const guildId = freshGuild()
  await observeNow(guildId, names)
  return guildId
}

async function observe(guildId: Snowflake, names: readonly NameObservation[]): Promise<void> {
  await archive.record([{ guildId, entries: [], from: 'gateway', names }])
}

async function observeNow(guildId: Snowflake, names: readonly NamedEntity[]): Promise<void> {
  await archive.record([
    { guildId, entries: [], from: 'gateway', names: names.map((each) => observationOf(each)) },
  ])
}

async function shown(guildId: Snowflake, ids: readonly string[]): Promise<string[]> {
  return (await archive.names(guildId, ids)).all.map(({ name }) => name).sort()
}

async function found(guildId: Snowflake, text: string, limit = 25): Promise<string[]> {
  return (await archive.findNames(guildId, text, limit)).map(({ name }) => name)
}
