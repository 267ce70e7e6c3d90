import { expect, test } from 'vitest'
import { correctWaits } from '../../../src/discord/rest/rate-limit-headers.ts'

const DAY = '86400'

/** The headers of a response after the correction. */
function corrected(status: number, sent: Readonly<Record<string, string>>): readonly (string | null)[] {
  const headers = new Headers(sent)
  correctWaits({ status, headers })
  return [headers.get('Retry-After'), headers.get('X-RateLimit-Reset-After')]
}

test.each([
  ['a usual wait is kept', { 'Retry-After': '12' }, '12'],
  ['a wait of years becomes a day', { 'Retry-After': '1e12' }, DAY],
  ['a number too large for JavaScript becomes a day', { 'Retry-After': '1e400' }, DAY],
  ['a wait of zero becomes a second', { 'Retry-After': '0' }, '1'],
  ['a part of a second becomes a second', { 'Retry-After': '0.003' }, '1'],
  ['a missing wait becomes a minute', {}, '60'],
  ['an empty wait becomes a minute', { 'Retry-After': '' }, '60'],
  ['a text becomes a minute', { 'Retry-After': 'soon' }, '60'],
  ['a date becomes a minute', { 'Retry-After': 'Wed, 21 Oct 2026 07:28:00 GMT' }, '60'],
  ['a negative wait becomes a minute', { 'Retry-After': '-5' }, '60'],
  ['a missing wait becomes that of the bucket', { 'X-RateLimit-Reset-After': '7.5' }, '7.5'],
  [
    'a missing wait of the global limit becomes a minute',
    { 'X-RateLimit-Reset-After': '7.5', 'X-RateLimit-Global': 'true' },
    '60',
  ],
])('of a 429, %s', (_, sent, wait) => {
  expect(corrected(429, sent)[0]).toBe(wait)
})

test('the bucket of a 429 is not reset before the wait ends', () => {
  expect(corrected(429, { 'Retry-After': '3', 'X-RateLimit-Reset-After': '0' })).toEqual(['3', '3'])
  expect(corrected(429, { 'Retry-After': '3', 'X-RateLimit-Reset-After': '9' })).toEqual(['3', '9'])
})

test.each([
  ['2.5', '2.5'],
  ['1e15', DAY],
  ['-1', '0'],
  ['later', '0'],
])('a bucket that resets after %s is reset after %s seconds', (sent, reset) => {
  expect(corrected(200, { 'X-RateLimit-Reset-After': sent })).toEqual([null, reset])
})

test('a response without a wait is not changed', () => {
  expect(corrected(200, {})).toEqual([null, null])
})
