import { describe, expect, test } from 'vitest'
import { oldestKept } from '../../../src/core/coverage/coverage.ts'
import { firstIdAt } from '../../../src/core/snowflake.ts'

describe('the oldest id that Discord still has', () => {
  const now = Date.UTC(2026, 10, 24, 12)

  test('is 45 days old', () => {
    expect(oldestKept(firstIdAt(Date.UTC(2020, 0)), now)).toBe(firstIdAt(Date.UTC(2026, 9, 10, 12)))
  })

  test('is never older than the guild', () => {
    const guildId = firstIdAt(Date.UTC(2026, 10, 1))
    expect(oldestKept(guildId, now)).toBe(guildId)
  })
})
