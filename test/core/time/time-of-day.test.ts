import { expect, test } from 'vitest'
import { formatMinutes, parseTimeOfDay } from '../../../src/core/time/time-of-day.ts'

test.each([
  ['9', '09:00'],
  ['9:30', '09:30'],
  [' 09:00 ', '09:00'],
  ['9am', '09:00'],
  ['9:30 pm', '21:30'],
  ['12am', '00:00'],
  ['12pm', '12:00'],
  ['0:00', '00:00'],
  ['23:59', '23:59'],
  ['21.30', '21:30'],
  ['9h30', '09:30'],
  ['0930', '09:30'],
  ['21 Uhr', '21:00'],
  ['at 9', '09:00'],
  ['7 o’clock', '07:00'],
  ['noon', '12:00'],
  ['midnight', '00:00'],
])('“%s” is %s', (text, expected) => {
  expect(formatMinutes(parseTimeOfDay(text) ?? -1)).toBe(expected)
})

test.each([
  '',
  'soon',
  '25',
  '24:00',
  '9:60',
  '9:30:15',
  'monday 9am',
  'yesterday 9am',
  '2026-01-20 09:00',
  '9:00 CET',
  '9am in Tokyo',
  '2 hours ago',
  '24h',
  'now',
  '1e1',
  '9'.repeat(500),
])('“%s” is no time of day', (text) => {
  expect(parseTimeOfDay(text)).toBeUndefined()
})
