import { beforeAll, describe, expect, test } from 'vitest'
import { firstIdAt } from '../../../src/core/snowflake.ts'
import { forget } from '../../support/archive/forget.ts'
import { freshGuild, sharedArchive } from '../../support/archive/shared-archive.ts'
import { entriesOf } from '../../support/entries/entries.ts'
import { namedEntity, observationOf } from '../../support/entries/names.ts'

/** More than SQLite takes variables in one statement: 32,766. https://sqlite.org/limits.html#max_variable_number */
const MANY = 33_000

const NOON = Date.UTC(2026, 10, 24, 12)

const archive = await sharedArchive()

describe('in a guild of very many people', () => {
  const guildId = freshGuild()
  const ids = Array.from({ length: MANY }, (_, index) => String(BigInt(firstIdAt(NOON)) + BigInt(index)))
  const entries = entriesOf(
    guildId,
    ids.map((id, index) => ({
      id,
      action_type: 22,
      user_id: id,
      target_id: '8',
      reason: `Banned by somebody${index}`,
    })),
  )

  beforeAll(async () => {
    await forget(archive, guildId, '1', '9')
    await archive.record([{ guildId, entries, from: 'gateway' }])
  })

  test('all entries are recorded at once after a member was erased', async () => {
    expect(await archive.countHeld(guildId)).toBe(MANY)
  })

  test('all names can be read at once', async () => {
    expect((await archive.names(guildId, ids)).all).toEqual([])
  })

  test('attributions can be read, however many there are', async () => {
    expect(await archive.attributions(guildId, {})).toEqual(new Map())
  })

  test('activity and last actions of all can be read', async () => {
    const counts = await archive.activity(guildId, {}, ids)
    expect(counts).toHaveLength(MANY)
    const lastSeen = await archive.lastSeen(guildId, ids, String(BigInt(firstIdAt(NOON)) + BigInt(MANY)))
    expect(lastSeen).toEqual(new Map(ids.map((id) => [id, id])))
  })
})

test('a bot can act on behalf of very many people', async () => {
  const guildId = freshGuild()
  const base = BigInt(firstIdAt(NOON))
  const people = Array.from({ length: MANY }, (_, index) => String(base + BigInt(index)))
  const entries = entriesOf(
    guildId,
    people.map((id, index) => ({
      id,
      action_type: 22,
      user_id: '7',
      target_id: '8',
      reason: `Banned by somebody${index}`,
    })),
  )
  const names = people.map((id, index) => ({
    ...observationOf(namedEntity(id, 'user', `Person ${index}`)),
    alias: `somebody${index}`,
  }))
  await archive.record([
    { guildId, entries, names: [observationOf(namedEntity('7', 'bot', 'Gate')), ...names], from: 'gateway' },
  ])
  const once = { entries: 1, lastDay: Date.UTC(2026, 10, 24) }
  expect(await archive.attributions(guildId, {})).toEqual(new Map(people.map((id) => [id, once])))
  const last = String(base + BigInt(MANY) - 1n)
  expect(await archive.attributions(guildId, { from: last })).toEqual(new Map([[last, once]]))
})

test('coverage can have very many ranges', async () => {
  const guildId = freshGuild()
  const complete = Array.from({ length: MANY / 3 + 1 }, (_, index) => ({
    start: String(10 * index + 1),
    end: String(10 * index + 5),
  }))
  await archive.record([{ guildId, entries: [], from: 'rest', complete }])
  expect((await archive.coverage(guildId)).ranges).toEqual(complete)
})

test('a filter can contain the same kind very often', async () => {
  const guildId = freshGuild()
  const entries = entriesOf(guildId, [{ id: '1', action_type: 22, user_id: '7', target_id: '8' }])
  await archive.record([{ guildId, entries, from: 'gateway' }])
  const kinds = { anyOf: Array.from({ length: MANY }, (_, index) => (index % 2 === 0 ? 22 : 20)) }
  expect(await archive.countByKind(guildId, { kinds })).toEqual([{ key: 22, entries: 1, units: 1 }])
})
