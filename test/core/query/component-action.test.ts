import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { type ComponentAction, parseCustomId, toCustomId } from '../../../src/core/query/page.ts'
import { anySnowflake } from '../arbitrary.ts'

const anyPage = fc.record({ index: fc.maxSafeNat() })
const anyPageBeside = fc.record({
  index: fc.maxSafeNat(),
  cursor: fc.record({ id: anySnowflake, going: fc.constantFrom('on', 'back') }),
})
const common = { asker: anySnowflake, question: fc.maxSafeNat() }
const anyPress: fc.Arbitrary<ComponentAction> = fc.oneof(
  fc.record({ does: fc.constant('entry'), ...common }),
  fc.record({ does: fc.constant('turn'), ...common, turn: fc.oneof(anyPage, anyPageBeside) }),
)

test('a press is read back as it was written', () => {
  fc.assert(
    fc.property(anyPress, (action) => {
      expect(parseCustomId(toCustomId(action))).toEqual(action)
    }),
  )
})

test('a press always fits into the 100 characters that Discord allows', () => {
  const largest = '9223372036854775806'
  const cursor = { id: largest, going: 'back' } as const
  const page = { index: Number.MAX_SAFE_INTEGER, cursor }
  const action = { does: 'turn', asker: largest, question: Number.MAX_SAFE_INTEGER, turn: page } as const
  expect(toCustomId(action)).toHaveLength(83)
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
    expect(parseCustomId(customId)).toBeUndefined()
  })
})
