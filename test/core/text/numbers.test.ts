import { expect, test } from 'vitest'
import { formatNumber, pluralize } from '../../../src/core/text/numbers.ts'

test.each([
  [0, '0'],
  [999, '999'],
  [1234, '1,234'],
  [1234567, '1,234,567'],
])('%d is formatted as %s', (number, text) => {
  expect(formatNumber(number)).toBe(text)
})

test.each([
  [0, '0 messages'],
  [1, '1 message'],
  [1234, '1,234 messages'],
])('%d entries are formatted as %s', (number, text) => {
  expect(pluralize(number, 'message')).toBe(text)
})

test('a noun can have an irregular plural', () => {
  expect([1, 2].map((number) => pluralize(number, 'entry', 'entries'))).toEqual(['1 entry', '2 entries'])
})
