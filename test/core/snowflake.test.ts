import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import {
  compareIds,
  firstIdAt,
  idAfter,
  isSnowflake,
  LARGEST_SNOWFLAKE,
  lastIdBefore,
  maxId,
  minId,
  timeOf,
} from '../../src/core/snowflake.ts'
import { anySnowflake } from './arbitrary.ts'

/** The first and the last millisecond of snowflakes. */
const FIRST = Date.UTC(2015, 0)
const LAST = timeOf('9223372036854775807')

const anyTime = fc.integer({ min: FIRST, max: LAST })

describe('a snowflake', () => {
  test.each(['0', '7', '1564491548459011828', '9223372036854775806'])('can be %j', (value) => {
    expect(isSnowflake(value)).toBe(true)
  })

  test.each([
    '',
    ' 1',
    '01',
    '-1',
    '1.0',
    '1e3',
    '0x10',
    '١٢',
    '9223372036854775808',
    '15644915484590118280',
    'qGFG7TPS',
    '<redacted>',
    1564491548459011,
    null,
    undefined,
  ])('cannot be %j', (value) => {
    expect(isSnowflake(value)).toBe(false)
  })
})

test('the time of a snowflake is the one in Discord’s documentation', () => {
  expect(new Date(timeOf('175928847299117063')).toISOString()).toBe('2016-04-30T11:18:25.796Z')
})

test('the first id of a moment has that time, and the id before it an earlier one', () => {
  fc.assert(
    fc.property(anyTime, (time) => {
      const id = firstIdAt(time)
      expect(timeOf(id)).toBe(time)
      if (id !== '0') expect(timeOf(String(BigInt(id) - 1n))).toBe(time - 1)
    }),
  )
})

test('every id is between the first id of its millisecond and the first of the next', () => {
  fc.assert(
    fc.property(anySnowflake, (id) => {
      const time = timeOf(id)
      expect(compareIds(firstIdAt(time), id)).toBeLessThanOrEqual(0)
      expect(compareIds(id, firstIdAt(time + 1))).toBeLessThan(0)
    }),
  )
})

test.each([0, -1, FIRST - 1, FIRST, FIRST + 0.9])(
  'before Discord began, at %d, the first id is 0',
  (time) => {
    expect(firstIdAt(time)).toBe('0')
  },
)

test('the first id of a time after all ids is past the largest, and has 64 bits', () => {
  for (const time of [LAST + 1, Date.UTC(9999, 11)]) {
    expect(firstIdAt(time)).toBe(idAfter(LARGEST_SNOWFLAKE))
    expect(lastIdBefore(time)).toBe(LARGEST_SNOWFLAKE)
  }
})

test('fractions of a millisecond are ignored', () => {
  expect(firstIdAt(FIRST + 1.9)).toBe('4194304')
})

test('ids are ordered as numbers, whatever their lengths', () => {
  fc.assert(
    fc.property(anySnowflake, anySnowflake, (a, b) => {
      const order = BigInt(a) < BigInt(b) ? -1 : BigInt(a) > BigInt(b) ? 1 : 0
      expect(Math.sign(compareIds(a, b))).toBe(order)
      expect([minId(a, b), maxId(a, b)]).toEqual(order <= 0 ? [a, b] : [b, a])
    }),
  )
})

test.each([
  ['0', '1'],
  ['9', '10'],
  ['1564491548459011999', '1564491548459012000'],
])('the id after %s is %s', (id, next) => {
  expect(idAfter(id)).toBe(next)
})

test('the last id before a moment precedes the first of it, and is 0 if there is none', () => {
  expect(idAfter(lastIdBefore(LAST))).toBe(firstIdAt(LAST))
  expect([lastIdBefore(FIRST), lastIdBefore(0)]).toEqual(['0', '0'])
})
