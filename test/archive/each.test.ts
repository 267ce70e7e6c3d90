import { beforeAll, describe, expect, test } from 'vitest'
import { firstIdAt } from '../../src/core/snowflake.ts'
import { entriesOf } from '../support/entries.ts'
import { freshGuild, sharedArchive } from '../support/shared-archive.ts'

/** More than SQLite takes variables in one statement: 32,766. https://sqlite.org/limits.html#max_variable_number */
const MANY = 33_000

const NOON = Date.UTC(2026, 10, 24, 12)

const archive = await sharedArchive()

describe('a guild of very many people', () => {
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
    await archive.forget(guildId, '1', '9')
    await archive.keep([{ guildId, entries, from: 'gateway' }])
  })

  test('is kept at once, though a member was forgotten', async () => {
    expect(await archive.held(guildId)).toBe(MANY)
  })

  test('can be asked for all of their names', async () => {
    expect((await archive.names(guildId, ids)).all).toEqual([])
  })

  test('can be asked whom bots acted for, however many names reasons give', async () => {
    expect(await archive.credits(guildId, {})).toEqual(new Map())
  })
})
