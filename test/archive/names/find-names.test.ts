import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import type { EntityType, NameObservation } from '../../../src/core/names/named-entity.ts'
import { firstIdAt, type Snowflake } from '../../../src/core/snowflake.ts'
import { DAY } from '../../../src/core/time/units.ts'
import { runs } from '../../support/archive/runs.ts'
import { freshGuild, sharedArchive } from '../../support/archive/shared-archive.ts'
import { entriesOf } from '../../support/entries/entries.ts'

const NOW = Date.UTC(2026, 10, 24, 12)
const archive = await sharedArchive()

/** Something with a name, when it was last seen, in days before now, and how many entries are about it. */
interface Known {
  readonly id: Snowflake
  readonly name: string
  readonly alias?: string
  readonly type?: EntityType
  readonly seen?: number
  readonly entries?: number
  readonly isGone?: boolean
}

/** A guild with an entry of now, about none of these. */
async function guildWith(all: readonly Known[]): Promise<Snowflake> {
  const guildId = freshGuild()
  const names = all.map(
    ({ id, name, alias, type = 'user', seen = 0, isGone = false }): NameObservation => ({
      id,
      type,
      name,
      ...(alias !== undefined && { alias }),
      at: daysAgo(seen),
      presence: isGone ? 'gone' : 'named',
    }),
  )
  let next = BigInt(daysAgo(80))
  const about = all.flatMap(({ id, entries = 0 }) =>
    Array.from({ length: entries }, () => ({ id: String(next++), action_type: 24, target_id: id })),
  )
  const entries = entriesOf(guildId, [...about, { id: daysAgo(0), action_type: 1, target_id: guildId }])
  await archive.record([{ guildId, entries, from: 'rest', names }])
  return guildId
}

async function found(guildId: Snowflake, text: string, limit = 25): Promise<string[]> {
  return (await archive.findNames(guildId, text, limit)).map(({ name }) => name)
}

function daysAgo(days: number): Snowflake {
  return firstIdAt(NOW - days * DAY)
}

describe('a text finds', () => {
  test('exactly that name, then its beginning, then the beginning of a word, then any part', async () => {
    const names = ['commode', 'a mod', 'mod', 'x│mod-log', 'modmail', 'outmoded', 'old_mods', 'Moderators']
    const guildId = await guildWith(names.map((name, index) => ({ id: String(index + 1), name })))
    const inOrder = ['mod', 'Moderators', 'modmail', 'a mod', 'old_mods', 'x│mod-log', 'commode', 'outmoded']
    expect(await found(guildId, 'mod')).toEqual(inOrder)
  })

  test('a username exactly before names that begin with it, and by its beginning after them', async () => {
    const guildId = await guildWith([
      { id: '1', name: 'Annabel', alias: 'bel' },
      { id: '2', name: 'Zoë', alias: 'ann' },
      { id: '3', name: 'Quiet', alias: 'anna_7' },
      { id: '4', name: 'Loud', alias: 'joanna_7' },
    ])
    expect(await found(guildId, 'ANN')).toEqual(['Zoë', 'Annabel', 'Quiet'])
    expect((await archive.findNames(guildId, 'ann', 1)).map(({ alias }) => alias)).toEqual(['ann'])
  })

  test('an id exactly, and ids that begin with the text after every name', async () => {
    const guildId = await guildWith([
      { id: '2024', name: 'begins' },
      { id: '202', name: 'exactly' },
      { id: '9', name: 'the 202 club' },
      { id: '1202', name: 'ends' },
    ])
    expect(await found(guildId, '202')).toEqual(['exactly', 'the 202 club', 'begins'])
  })

  test.each([
    ['9', ['largest', 'nine']],
    ['92', ['largest']],
    ['9223372036854775806', ['largest']],
    ['93', []],
    ['9223372036854775807', []],
    ['9999999999999999999', []],
    ['0', []],
  ])(
    'no more than there can be, where ids that begin with it would be too large: %s',
    async (text, names) => {
      const guildId = await guildWith([
        { id: '9223372036854775806', name: 'largest' },
        { id: '9', name: 'nine' },
      ])
      expect((await found(guildId, text)).sort()).toEqual(names)
    },
  )

  test('what was seen lately before what was seen long ago, and the most often acted on first', async () => {
    const guildId = await guildWith([
      { id: '1', name: 'ann long ago', seen: 70, entries: 9 },
      { id: '2', name: 'ann rarely', seen: 20, entries: 1 },
      { id: '3', name: 'ann often', seen: 25, entries: 5 },
      { id: '4', name: 'ann yesterday', seen: 1, entries: 1 },
      { id: '5', name: 'ann', seen: 80 },
    ])
    const inOrder = ['ann', 'ann often', 'ann yesterday', 'ann rarely', 'ann long ago']
    expect(await found(guildId, 'ann')).toEqual(inOrder)
  })

  test('members who left like those who are there, but deleted things last', async () => {
    const guildId = await guildWith([
      { id: '1', name: 'mods', type: 'role', isGone: true, entries: 5 },
      { id: '2', name: 'modmail', type: 'channel' },
      { id: '3', name: 'modest', isGone: true, entries: 2 },
    ])
    expect(await found(guildId, 'mod')).toEqual(['modest', 'modmail', 'mods'])
  })

  test('only entities of a class, if one is given', async () => {
    const guildId = await guildWith([
      { id: '1', name: 'mods', type: 'role' },
      { id: '2', name: 'mod', type: 'bot' },
      { id: '3', name: 'mod 3' },
    ])
    const names = async (text: string) =>
      (await archive.findNames(guildId, text, 25, 'user')).map(({ name }) => name)
    expect(await names('mod')).toEqual(['mod', 'mod 3'])
    expect((await names('')).sort()).toEqual(['mod', 'mod 3'])
  })
})

describe('an empty text finds', () => {
  test('what something was done to last, then what was seen last', async () => {
    const guildId = await guildWith([
      { id: '1', name: 'acted on first', entries: 1 },
      { id: '2', name: 'acted on later', entries: 1, seen: 60 },
      { id: '3', name: 'seen long ago', seen: 50 },
      { id: '4', name: 'seen today' },
    ])
    const inOrder = ['acted on later', 'acted on first', 'seen today', 'seen long ago']
    expect(await found(guildId, '')).toEqual(inOrder)
    expect(await found(guildId, '', 2)).toEqual(inOrder.slice(0, 2))
  })

  test('of the entities that share an id, those of the class that something was done to', async () => {
    const guildId = await guildWith([
      { id: '5', name: 'Books', type: 'guild' },
      { id: '5', name: '@everyone', type: 'role' },
      { id: '5', name: 'general', type: 'channel' },
    ])
    const changes = [{ key: 'name', new_value: 'Readers' }]
    const entries = entriesOf(guildId, [{ id: daysAgo(-1), action_type: 31, target_id: '5', changes }])
    await archive.record([{ guildId, entries, from: 'rest' }])
    expect(await found(guildId, '', 1)).toEqual(['Readers'])
  })
})

test('matches are in the order of a plain sort by how good, how late and how often', async () => {
  const anyName = fc.string({ unit: fc.constantFrom('a', 'b', ' ', '_', '1'), minLength: 1, maxLength: 5 })
  const anyKnown = fc.record<Known>(
    {
      id: fc.integer({ min: 1, max: 1200 }).map(String),
      name: anyName,
      alias: anyName,
      type: fc.constantFrom('user', 'role'),
      seen: fc.constantFrom(1, 2, 29, 31, 60),
      entries: fc.nat(2),
      isGone: fc.boolean(),
    },
    { requiredKeys: ['id', 'name'] },
  )
  const anyGuild = fc.uniqueArray(anyKnown, { selector: ({ id }) => id, maxLength: 12 })
  await fc.assert(
    fc.asyncProperty(anyGuild, anyName, fc.integer({ min: 1, max: 6 }), async (all, text, limit) => {
      const guildId = await guildWith(all)
      const ids = (await archive.findNames(guildId, text, limit)).map(({ id }) => id)
      expect(ids).toEqual(plainlyFound(all, text).slice(0, limit))
    }),
    runs(300),
  )
})

const NOT_FOUND = 6

/** The ids that a text finds, by a sort of everything. */
function plainlyFound(all: readonly Known[], text: string): string[] {
  const distanceOf = ({ id, name, alias = '' }: Known) => {
    if ([name, alias, id].includes(text)) return 0
    if (name.startsWith(text)) return 1
    if (alias.startsWith(text)) return 2
    if (name.includes(` ${text}`) || name.includes(`_${text}`)) return 3
    if (name.includes(text)) return 4
    return id.startsWith(text) ? 5 : NOT_FOUND
  }
  const keysOf = (known: Known) => [
    distanceOf(known),
    Number((known.isGone ?? false) && known.type === 'role'),
    Number((known.seen ?? 0) > 30),
    -(known.entries ?? 0),
    known.seen ?? 0,
  ]
  const compare = (one: readonly number[], other: readonly number[]) =>
    one.map((key, index) => key - (other[index] ?? 0)).find((difference) => difference !== 0) ?? 0
  return all
    .filter((known) => distanceOf(known) < NOT_FOUND)
    .toSorted(
      (a, b) =>
        compare(keysOf(a), keysOf(b)) ||
        (a.name < b.name ? -1 : a.name > b.name ? 1 : Number(a.id) - Number(b.id)),
    )
    .map(({ id }) => id)
}
