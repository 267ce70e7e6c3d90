import { describe, expect, test } from 'vitest'
import { formatOffset } from '../../../../src/core/time/format-time.ts'
import { ABBREVIATIONS } from '../../../../src/core/time/zones/abbreviations.ts'
import { findTimeZones, parseTimeZone, timeZoneNamed } from '../../../../src/core/time/zones/time-zones.ts'

const NOW = Date.UTC(2026, 10, 24, 12, 30)
const IN_SUMMER = Date.UTC(2026, 6, 24, 12, 30)

describe('time zones are found', () => {
  test.each([
    ['by city', 'berlin', 'Europe/Berlin'],
    ['by the beginning of a city', 'ber', 'Europe/Berlin'],
    ['by a city of two words', 'new york', 'America/New_York'],
    ['by a later word', 'york', 'America/New_York'],
    ['without accents', 'Sao Paulo', 'America/Sao_Paulo'],
    ['with accents', 'São Paulo', 'America/Sao_Paulo'],
    ['by a city that the database does not have', 'munich', 'Europe/Berlin'],
    ['by an abbreviation', 'pst', 'America/Los_Angeles'],
    ['by country', 'india', 'Asia/Kolkata'],
    ['by the end of a country', 'korea', 'Asia/Seoul'],
    ['by the code of a country', 'jp', 'Asia/Tokyo'],
    ['by an old name', 'calcutta', 'Asia/Kolkata'],
    ['by an old name of the database', 'europe/kiev', 'Europe/Kyiv'],
    ['by offset', '+2', 'Europe/Athens'],
    ['by offset with minutes', 'utc+5:30', 'Asia/Kolkata'],
    ['by an offset with a space', 'GMT -8', 'America/Los_Angeles'],
    ['by an offset without a colon', '+0545', 'Asia/Kathmandu'],
    ['as UTC', 'utc', 'UTC'],
  ])('%s: %j', (_, typed, zone) => {
    expect(findTimeZones(typed, NOW)[0]).toBe(zone)
  })

  test('by the offset that they have at that time of the year', () => {
    expect(findTimeZones('+2', NOW)).not.toContain('Europe/Berlin')
    expect(findTimeZones('+2', IN_SUMMER)[0]).toBe('Europe/Berlin')
  })

  test.each([
    ['an exact name before a longer one', 'ist', ['Asia/Kolkata', 'Europe/Istanbul']],
    ['where most people live before the rest', 'united states', ['America/New_York', 'America/Chicago']],
    ['a beginning before a later part', 'par', ['Europe/Paris', 'America/Paramaribo']],
  ])('best match first: %s', (_, typed, zones) => {
    expect(findTimeZones(typed, NOW).slice(0, 2)).toEqual(zones)
  })

  test('all of them, once each, before anything is typed', () => {
    const all = findTimeZones('', NOW)
    expect(all.slice(0, 2)).toEqual(['UTC', 'America/New_York'])
    expect(new Set(all).size).toBe(all.length)
    expect(all.length).toBeGreaterThan(400)
    expect(all.filter((zone) => timeZoneNamed(zone) !== zone)).toEqual([])
  })

  test.each(Object.entries(ABBREVIATIONS))(
    'by every abbreviation that a time can have: %s',
    (name, meant) => {
      const [zone = ''] = findTimeZones(name, NOW)
      const offsets = [NOW, IN_SUMMER].map((time) => formatOffset(time, zone))
      expect(offsets).toContain(formatOffset(NOW, meant))
    },
  )

  test.each(['atlantis', '+19', '☃'])('not at all for %j', (typed) => {
    expect(findTimeZones(typed, NOW)).toEqual([])
  })
})

describe('a text means a time zone', () => {
  test.each([
    ['Europe/Berlin', 'Europe/Berlin'],
    ['europe/berlin', 'Europe/Berlin'],
    [' America/New York ', 'America/New_York'],
    ['Asia/Calcutta', 'Asia/Kolkata'],
    ['Asia/Kolkata', 'Asia/Kolkata'],
    ['Etc/UTC', 'UTC'],
    ['utc', 'UTC'],
    ['berlin', 'Europe/Berlin'],
    ['EST', 'America/New_York'],
    ['japan', 'Asia/Tokyo'],
  ])('%j: %s', (typed, zone) => {
    expect(parseTimeZone(typed)).toBe(zone)
  })

  test.each([
    ['is unknown', 'Europe/Atlantis'],
    ['could be several', 'cet'],
    ['could be several', 'united states'],
    ['could be several', 'gmt'],
    ['is an offset, which follows no summer time', '+02:00'],
    ['is an offset, which follows no summer time', 'UTC+2'],
    ['is only a part of a name', 'ber'],
    ['is empty', ''],
    ['is empty', ' '],
  ])('unless it %s: %j', (_, typed) => {
    expect(parseTimeZone(typed)).toBeUndefined()
  })
})
