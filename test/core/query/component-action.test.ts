import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { type Press, readCustomId, toCustomId } from '../../../src/core/query/component-action.ts'
import { anySnowflake } from '../arbitrary.ts'

const anyPage = fc.record({ page: fc.maxSafeNat() })
const anyPageBeside = fc.record({
  page: fc.maxSafeNat(),
  past: fc.record({ id: anySnowflake, going: fc.constantFrom('on', 'back') }),
})
const common = { asker: anySnowflake, question: fc.maxSafeNat() }
const anyPress: fc.Arbitrary<Press> = fc.oneof(
  fc.record({ does: fc.constant('entry'), ...common }),
  fc.record({ does: fc.constant('turn'), ...common, turn: fc.oneof(anyPage, anyPageBeside) }),
)

test('a press is read back as it was written', () => {
  fc.assert(
    fc.property(anyPress, (press) => {
      expect(readCustomId(toCustomId(press))).toEqual(press)
    }),
  )
})

test('a press always fits into the 100 characters that Discord allows', () => {
  const largest = '9223372036854775806'
  const past = { id: largest, going: 'back' } as const
  const turn = { page: Number.MAX_SAFE_INTEGER, past }
  const press = { does: 'turn', asker: largest, question: Number.MAX_SAFE_INTEGER, turn } as const
  expect(toCustomId(press)).toHaveLength(83)
})

test('presses that differ are written differently', () => {
  fc.assert(
    fc.property(anyPress, anyPress, (one, other) => {
      expect(toCustomId(one) === toCustomId(other)).toBe(JSON.stringify(one) === JSON.stringify(other))
    }),
  )
})

describe('a custom_id that is not ours is not read', () => {
  test.each([
    '',
    'vote',
    'entry',
    'entry:me:1',
    'entry:1:first',
    'entry:1:1.5',
    'page:1:2:3',
    'turn:1:2',
    'turn:1:2:-1',
    'turn:1:2:x',
    'turn:1:2:0:up:3',
    'turn:1:2:0:on',
    'turn:1:2:0:on:me',
    'Entry:1:2',
  ])('%j', (customId) => {
    expect(readCustomId(customId)).toBeUndefined()
  })
})
