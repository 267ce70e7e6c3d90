import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import type { Known } from '../../src/core/known.ts'
import type { Snowflake } from '../../src/core/snowflake.ts'
import { freshGuild, sharedArchive } from '../support/shared-archive.ts'

const archive = await sharedArchive()

describe('a name', () => {
  test('is known by the id of who bears it', async () => {
    const guildId = await guildWith([
      user('1', 'ann'),
      { id: '2', is: 'role', name: 'Helpers' },
      user('3', 'bob'),
    ])
    expect(await archive.names(guildId, ['1', '2'])).toEqual(
      new Map([
        ['1', user('1', 'ann')],
        ['2', { id: '2', is: 'role', name: 'Helpers' }],
      ]),
    )
  })

  test('is the one last seen', async () => {
    const guildId = await guildWith([user('1', 'ann'), user('2', 'old'), user('2', 'new')])
    await learn(guildId, [user('1', 'anna')])
    expect(await shown(guildId, ['1', '2'])).toEqual(['anna', 'new'])
    expect(await found(guildId, 'old')).toEqual([])
    expect(await found(guildId, 'anna')).toEqual(['anna'])
  })

  test('says what it is of, as last seen: the oldest channel of a guild has the id of its first role', async () => {
    const guildId = await guildWith([{ id: '5', is: 'role', name: 'general' }])
    await learn(guildId, [{ id: '5', is: 'channel', name: 'general' }])
    expect((await archive.names(guildId, ['5'])).get('5')).toEqual({
      id: '5',
      is: 'channel',
      name: 'general',
    })
  })

  test.each(['invite-code', '', '99', '18446744073709551616'])('of %j is not known', async (id) => {
    const guildId = await guildWith([user('1', 'ann')])
    expect(await archive.names(guildId, [id])).toEqual(new Map())
    expect(await shown(guildId, [id, '1', '1'])).toEqual(['ann'])
  })

  test('of nobody is not known', async () => {
    expect(await archive.names(freshGuild(), [])).toEqual(new Map())
  })
})

describe('what is typed finds', () => {
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
    ['nothing where there is nothing', 'zebra', []],
  ])('%s: %j', async (_, typed, expected) => {
    expect(await found(await guildId, typed)).toEqual(expected)
  })

  test('the shortest of those that fit equally well first', async () => {
    const guild = await guildWith([
      user('1', 'modmail'),
      user('2', 'mods'),
      user('3', 'a mod'),
      user('4', 'modx'),
    ])
    expect(await found(guild, 'mod')).toEqual(['mods', 'modx', 'modmail', 'a mod'])
  })

  test('as many as are wanted', async () => {
    expect(await found(await guildId, '', 3)).toHaveLength(3)
    expect(await found(await guildId, '', 100)).toHaveLength(names.length)
  })
})

test('any name is found by any part of it, and nothing else is', async () => {
  const anyLetter = fc.nat(0xd7ff).map((code) => String.fromCharCode(code))
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

function user(id: Snowflake, name: string): Known {
  return { id, is: 'user', name }
}

async function guildWith(names: readonly Known[]): Promise<Snowflake> {
  const guildId = freshGuild()
  await learn(guildId, names)
  return guildId
}

function learn(guildId: Snowflake, names: readonly Known[]): Promise<void> {
  return archive.keep([{ guildId, entries: [], from: 'gateway', names }])
}

async function shown(guildId: Snowflake, ids: readonly string[]): Promise<string[]> {
  return [...(await archive.names(guildId, ids)).values()].map(({ name }) => name).sort()
}

async function found(guildId: Snowflake, typed: string, limit = 25): Promise<string[]> {
  return (await archive.find(guildId, typed, limit)).map(({ name }) => name)
}
