import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import {
  compareIds,
  firstIdAt,
  idAfter,
  isSnowflake,
  lastIdBefore,
  maxId,
  minId,
  timeOf,
} from '../../src/core/snowflake.ts'
import { anySnowflake } from './arbitrary.ts'

/** The first and the last millisecond that a snowflake can tell. */
const FIRST = Date.UTC(2015, 0)
const LAST = timeOf('9223372036854775807')

const anyTime = fc.integer({ min: FIRST, max: LAST })

describe('what is a snowflake', () => {
  test.each(['0', '7', '1564491548459011828', '9223372036854775806'])('%j is', (value) => {
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
  ])('%j is not', (value) => {
    expect(isSnowflake(value)).toBe(false)
  })
})

test('the time of a snowflake is the one Discord documents', () => {
  expect(new Date(timeOf('175928847299117063')).toISOString()).toBe('2016-04-30T11:18:25.796Z')
})

test('the first id of a moment is of that moment, and the id before it is not', () => {
  fc.assert(
    fc.property(anyTime, (time) => {
      const id = firstIdAt(time)
      expect(timeOf(id)).toBe(time)
      if (id !== '0') expect(timeOf(String(BigInt(id) - 1n))).toBe(time - 1)
    }),
  )
})

test('every id lies between the first id of its millisecond and the first of the next', () => {
  fc.assert(
    fc.property(anySnowflake, (id) => {
      const time = timeOf(id)
      expect(compareIds(firstIdAt(time), id)).toBeLessThanOrEqual(0)
      expect(compareIds(id, firstIdAt(time + 1))).toBeLessThan(0)
    }),
  )
})

test.each([0, -1, FIRST - 1, FIRST, FIRST + 0.9])('before Discord began, at %d, there is no id', (time) => {
  expect(firstIdAt(time)).toBe('0')
})

test('a part of a millisecond counts as the millisecond', () => {
  expect(firstIdAt(FIRST + 1.9)).toBe('4194304')
})

test('ids are ordered as the numbers they are, however long', () => {
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
])('after %s comes %s', (id, next) => {
  expect(idAfter(id)).toBe(next)
})

test('the last id before a moment is followed by the first of it, and is an id where there is none', () => {
  expect(idAfter(lastIdBefore(LAST))).toBe(firstIdAt(LAST))
  expect([lastIdBefore(FIRST), lastIdBefore(0)]).toEqual(['0', '0'])
})
