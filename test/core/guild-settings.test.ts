import { expect, test } from 'vitest'
import { timeZoneOf } from '../../src/core/guild-settings.ts'
import { savedQuerySchema } from '../../src/core/query/saved-query.ts'

const stored = [
  ['Europe/Berlin', 'Europe/Berlin'],
  ['Asia/Calcutta', 'Asia/Calcutta'],
  [undefined, 'UTC'],
  ['Moon/Tranquility', 'UTC'],
  ['', 'UTC'],
  ['+02:00', 'UTC'],
] as const

test.each(stored)('in a guild with the time zone %j, days and times are in %s', (timeZone, zone) => {
  expect(timeZoneOf({ timeZone })).toBe(zone)
})

test.each(stored)('a saved query with the time zone %j is in %s', (timeZone, zone) => {
  const query = {
    command: 'c',
    guildId: '1564237482688512200',
    askerId: '1564237482688512274',
    askedAt: 1,
    filter: {},
    order: 'newest',
    ...(timeZone !== undefined && { timeZone }),
  }
  expect(savedQuerySchema.parse(query).timeZone).toBe(zone)
})
