import { expect, test } from 'vitest'
import { timeZoneSuggestions } from '../../../src/command/autocomplete/time-zones.ts'

const LIMIT = 25
const CONTEXT = {
  now: Date.UTC(2026, 10, 24, 12, 30),
  guildId: '1564237482688512200',
  timeZone: 'Asia/Tokyo',
}

test('suggested time zones have the offset and the time there now', () => {
  expect(timeZoneSuggestions('berl', CONTEXT, LIMIT)).toEqual([
    { name: 'Europe/Berlin · UTC+1 · 13:30', value: 'Europe/Berlin' },
  ])
})

test('before anything is typed, the zone in force is suggested first, and only once', () => {
  const values = timeZoneSuggestions(' ', CONTEXT, LIMIT).map(({ value }) => value)
  expect(values[0]).toBe('Asia/Tokyo')
  expect(values).toHaveLength(LIMIT)
  expect(new Set(values).size).toBe(LIMIT)
})

test('a text that is no time zone has no suggestions', () => {
  expect(timeZoneSuggestions('atlantis', CONTEXT, LIMIT)).toEqual([])
})
