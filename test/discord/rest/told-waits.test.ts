import { expect, test } from 'vitest'
import { checkWaits } from '../../../src/discord/rest/told-waits.ts'

const DAY = '86400'

/** What stands in an answer's headers once its waits are checked. */
function checked(status: number, sent: Readonly<Record<string, string>>): readonly (string | null)[] {
  const headers = new Headers(sent)
  checkWaits({ status, headers })
  return [headers.get('Retry-After'), headers.get('X-RateLimit-Reset-After')]
}

test.each([
  ['a usual wait is kept', { 'Retry-After': '12' }, '12'],
  ['a wait of years is obeyed for a day', { 'Retry-After': '1e12' }, DAY],
  ['a number too large to be read is obeyed for a day', { 'Retry-After': '1e400' }, DAY],
  ['a wait of nothing is a second', { 'Retry-After': '0' }, '1'],
  ['a part of a second is a second', { 'Retry-After': '0.003' }, '1'],
  ['a wait that is not told is a minute', {}, '60'],
  ['an empty one, too', { 'Retry-After': '' }, '60'],
  ['a text, too', { 'Retry-After': 'soon' }, '60'],
  ['a date, too', { 'Retry-After': 'Wed, 21 Oct 2026 07:28:00 GMT' }, '60'],
  ['a wait below zero, too', { 'Retry-After': '-5' }, '60'],
  ['without a wait, the bucket tells', { 'X-RateLimit-Reset-After': '7.5' }, '7.5'],
  ['but not for the global limit', { 'X-RateLimit-Reset-After': '7.5', 'X-RateLimit-Global': 'true' }, '60'],
])('of a 429, %s', (_, sent, wait) => {
  expect(checked(429, sent)[0]).toBe(wait)
})

test('the bucket of a 429 is not full again sooner than the wait', () => {
  expect(checked(429, { 'Retry-After': '3', 'X-RateLimit-Reset-After': '0' })).toEqual(['3', '3'])
  expect(checked(429, { 'Retry-After': '3', 'X-RateLimit-Reset-After': '9' })).toEqual(['3', '9'])
})

test.each([
  ['2.5', '2.5'],
  ['1e15', DAY],
  ['-1', '0'],
  ['later', '0'],
])('a bucket that is full again in %s is so in %s seconds', (sent, reset) => {
  expect(checked(200, { 'X-RateLimit-Reset-After': sent })).toEqual([null, reset])
})

test('an answer that tells of no wait is left as it is', () => {
  expect(checked(200, {})).toEqual([null, null])
})
