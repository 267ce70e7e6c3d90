import fc from 'fast-check'
import { describe, expect, onTestFinished, test } from 'vitest'
import type { Archive } from '../../../src/core/archive.ts'
import { UserError } from '../../../src/core/errors.ts'
import { ENTITY_CLASSES, type EntityClass } from '../../../src/core/names/entity-class.ts'
import type { NamedEntity } from '../../../src/core/names/named-entity.ts'
import { Names } from '../../../src/core/names/names.ts'
import {
  type EntityRef,
  formatTargets,
  parseTarget,
  type Target,
  targetFilter,
} from '../../../src/core/query/target.ts'
import { memoryArchive } from '../../support/archive/memory-archive.ts'
import { entriesOf } from '../../support/entries/entries.ts'
import { namedEntity, observationOf } from '../../support/entries/names.ts'

const HERE = '1564237482688512200'
const ELSEWHERE = '1564237482688512201'

const stranger = namedEntity('1564237482688512305', 'user', 'Stranger')

describe('a typed target is parsed', () => {
  test.each([
    ['1564237482688512274', { id: '1564237482688512274' }],
    [' 1564237482688512274 ', { id: '1564237482688512274' }],
    ['<@1564237482688512274>', { id: '1564237482688512274', type: 'user' }],
    ['<@!1564237482688512274>', { id: '1564237482688512274', type: 'user' }],
    ['<@&1564237482688512274>', { id: '1564237482688512274', type: 'role' }],
    ['<#1564237482688512274>', { id: '1564237482688512274', type: 'channel' }],
    ['emoji:1564237482688512274', { id: '1564237482688512274', type: 'emoji' }],
    ['guild:1564237482688512274', { id: '1564237482688512274', type: 'guild' }],
    ['any:1564237482688512274', { id: '1564237482688512274', type: 'any' }],
    ['@everyone', { name: '@everyone' }],
    ['thread:1564237482688512274', { name: 'thread:1564237482688512274' }],
    ['emoji:12', { name: 'emoji:12' }],
    ['@mod', { name: 'mod' }],
    ['#general', { name: 'general' }],
    ['  Lena ', { name: 'Lena' }],
    ['2024', { name: '2024' }],
    ['<@12>', { name: '<@12>' }],
    ['99999999999999999999', { name: '99999999999999999999' }],
    ['<@1564237482688512274> and more', { name: '<@1564237482688512274> and more' }],
  ])('%j as %j', (typed, target) => {
    expect(parseTarget(typed)).toEqual(target)
  })
})

describe('the id of a target', () => {
  const targetId = async (target: Target, guildId: string, archive: Archive) =>
    (await targetFilter(target, guildId, archive)).targetId

  const lena = namedEntity('1564237482688512301', 'user', 'Lena')
  const helena = namedEntity('1564237482688512302', 'user', 'Helena')
  const general = namedEntity('1564237482688512303', 'channel', 'general')
  const generalRole = namedEntity('1564237482688512304', 'role', 'General')

  test('that is typed as an id is that id, even if it is not recorded', async () => {
    expect(await targetId({ id: '1564237482688512999' }, HERE, await archiveOf([]))).toBe(
      '1564237482688512999',
    )
  })

  test.each([
    ['by its whole name, although another name contains it', 'lena', lena.id],
    ['by a part of its name', 'HEL', helena.id],
  ])('is found %s', async (_, name, id) => {
    expect(await targetId({ name }, HERE, await archiveOf([helena, lena, general]))).toBe(id)
  })

  test.each(['en', 'GENERAL'])('is not guessed if %j matches several names', async (name) => {
    const found = targetId({ name }, HERE, await archiveOf([lena, helena, general, generalRole]))
    await expect(found).rejects.toThrow(
      new UserError(`“${name}” matches several names. Pick one from the list that appears while you type.`),
    )
  })

  test('is not guessed by the beginning of an id', async () => {
    await expect(targetId({ name: '1564237482' }, HERE, await archiveOf([lena]))).rejects.toThrow(UserError)
  })

  test('is found by its whole name, although many names begin with it and were seen later', async () => {
    const many = Array.from({ length: 30 }, (_, index) =>
      namedEntity(`15642374826885125${10 + index}`, 'user', `Lena ${index}`),
    )
    expect(await targetId({ name: 'lena' }, HERE, await archiveOf([...many, lena]))).toBe(lena.id)
  })

  test('is found by a username, and not guessed if that is the name of another', async () => {
    const archive = await archiveOf([lena])
    const zoe = {
      id: '1564237482688512306',
      type: 'user',
      name: 'Zoë',
      at: '1',
      presence: 'present',
    } as const
    await archive.record([
      { guildId: HERE, entries: [], from: 'gateway', names: [{ ...zoe, alias: 'zz_7' }] },
    ])
    expect(await targetId({ name: 'ZZ_7' }, HERE, archive)).toBe(zoe.id)
    await archive.record([
      { guildId: HERE, entries: [], from: 'gateway', names: [{ ...zoe, at: '2', alias: 'lena' }] },
    ])
    await expect(targetId({ name: 'lena' }, HERE, archive)).rejects.toThrow(UserError)
  })

  test('is not found in another guild', async () => {
    await expect(targetId({ name: 'Stranger' }, HERE, await archiveOf([lena]))).rejects.toThrow(
      new UserError(
        'Custos knows no member, role or channel named “Stranger” in this server. Use a mention or an id instead.',
      ),
    )
  })

  test('is not found by a mark alone', async () => {
    await expect(targetId(parseTarget('@'), HERE, await archiveOf([lena]))).rejects.toThrow(UserError)
  })

  test('that is not found is shown as escaped text', async () => {
    await expect(targetId({ name: '<@&1> **hi**' }, HERE, await archiveOf([]))).rejects.toThrow(
      new UserError(
        'Custos knows no member, role or channel named “\\<\\@\\&1\\> \\*\\*hi\\*\\*” in this server. Use a mention or an id instead.',
      ),
    )
  })
})

describe('the class of a target', () => {
  const server = namedEntity(HERE, 'guild', 'The Reading Room')
  const everyone = namedEntity(HERE, 'role', '@everyone')
  const general = namedEntity(HERE, 'channel', 'general')
  const lena = namedEntity('1564237482688512301', 'user', 'Lena')
  const all = [server, everyone, general, lena]

  test.each<[typed: string, targetType: string | undefined]>([
    [HERE, 'guild'],
    [`<@&${HERE}>`, 'role'],
    [`<#${HERE}>`, 'channel'],
    [`any:${HERE}`, undefined],
    ['@everyone', 'role'],
    ['everyone', 'role'],
    ['#general', 'channel'],
    ['reading room', 'guild'],
    [lena.id, 'user'],
    ['lena', 'user'],
    ['1564237482688512999', undefined],
  ])('typed as %j is found if it is recorded', async (typed, targetType) => {
    const found = await targetFilter(parseTarget(typed), HERE, await archiveOf(all))
    expect(found.targetType).toBe(targetType)
  })

  test.each<[kinds: readonly number[], EntityClass | undefined]>([
    [[22], 'user'],
    [[20, 72, 999], 'user'],
    [[12], 'channel'],
    [[72], undefined],
    [[999], undefined],
    [[12, 30], undefined],
    [[12, 72], undefined],
    [[50, 72], 'webhook'],
  ])(
    'without a recorded name is of the class that the actions on it are for: %j',
    async (kinds, targetType) => {
      const archive = await archiveOf([])
      const id = '1564237482688512999'
      const entries = entriesOf(
        HERE,
        kinds.map((action_type, index) => ({ id: `${index + 1}`, action_type, target_id: id })),
      )
      await archive.record([{ guildId: HERE, entries, from: 'gateway' }])
      expect((await targetFilter({ id }, HERE, archive)).targetType).toBe(targetType)
    },
  )

  const anyTarget = fc.record<EntityRef>({
    id: fc.constantFrom(HERE, lena.id, '1564237482688512302', '1564237482688512303'),
    type: fc.constantFrom(...ENTITY_CLASSES, undefined),
  })
  const anyNames = fc
    .uniqueArray(
      fc.record<NamedEntity>({
        id: fc.constantFrom(HERE, lena.id, '1564237482688512302'),
        type: fc.constantFrom(...ENTITY_CLASSES),
        name: fc.constant('x'),
        presence: fc.constant('present'),
      }),
      { selector: ({ id, type }) => `${type} ${id}` },
    )
    .map((those) => new Names(HERE, those))

  test('is unambiguous in the texts of several targets, each of which is parsed as its target', () => {
    const targets = fc.uniqueArray(anyTarget, { selector: ({ id, type }) => `${type} ${id}` })
    fc.assert(
      fc.property(targets, anyNames, (those, names) => {
        const formatted = formatTargets(those, names)
        expect(new Set(formatted).size).toBe(those.length)
        for (const [index, { id, type }] of those.entries()) {
          const read = parseTarget(formatted[index] ?? '')
          if (!('id' in read)) throw new Error(`${formatted[index]} is not parsed as an id.`)
          const meant = read.type === 'any' ? undefined : (read.type ?? names.classMeantBy(id))
          expect(read.id).toBe(id)
          // An id that is not recorded and that no other target has is formatted as the id alone.
          if (read.type !== undefined || names.of(id).length > 0 || id === HERE) expect(meant).toBe(type)
        }
      }),
    )
  })
})

async function archiveOf(names: readonly NamedEntity[]): Promise<Archive> {
  const archive = await memoryArchive()
  onTestFinished(() => archive.close())
  await archive.record([
    { guildId: HERE, entries: [], from: 'gateway', names: names.map((each) => observationOf(each)) },
    { guildId: ELSEWHERE, entries: [], from: 'gateway', names: [observationOf(stranger)] },
  ])
  return archive
}
