import fc from 'fast-check'
import { Temporal } from 'temporal-polyfill'
import { describe, expect, test } from 'vitest'
import { firstIdAt } from '../../../../src/core/snowflake.ts'
import { skippedDays } from '../../../../src/core/watch/digests/period-name.ts'
import { duePeriod, nextPeriod, type Period } from '../../../../src/core/watch/digests/schedule.ts'
import type { Digest } from '../../../../src/core/watch/watch.ts'

const HOUR = 3_600_000
const DAY = 24 * HOUR
const at = (text: string) => Date.parse(text)

type Every = Digest['every']

/** The first due time after a moment, and the period, in UTC. */
function next(every: Every, minutes: number, after: string, timeZone: string) {
  return shown(nextPeriod({ every, at: minutes }, at(after), timeZone))
}

function shown({ from, to, dueAt }: Period) {
  const [start, end, due] = [from, to, dueAt].map((time) => `${new Date(time).toISOString().slice(0, 16)}Z`)
  return `${due}: ${start} to ${end}`
}

/** Zones with summer time of every form, odd offsets, and clocks that change at midnight. */
const ZONES = [
  'UTC',
  'Europe/Berlin',
  'America/New_York',
  'America/Santiago',
  'America/Sao_Paulo',
  'America/Havana',
  'America/Nuuk',
  'Africa/Cairo',
  'Asia/Beirut',
  'Asia/Gaza',
  'Asia/Tehran',
  'Asia/Kathmandu',
  'Atlantic/Azores',
  'Australia/Lord_Howe',
  'Pacific/Chatham',
  'Pacific/Kiritimati',
  'Pacific/Pago_Pago',
]

const anySchedule = fc.record({
  every: fc.constantFrom<Every>('day', 'week', 'month'),
  // Most clocks change between 22:00 and 04:00. The last hour of a day, which those in Nuuk skip, has a test of its own.
  at: fc.oneof(fc.integer({ min: 0, max: 1379 }), fc.integer({ min: 0, max: 240 })),
})
const anyZone = fc.constantFrom(...ZONES)
const anyMoment = fc.integer({ min: at('2016-01-01T00:00Z'), max: at('2036-01-01T00:00Z') })

describe('when a report is due', () => {
  test.each([
    ['day', 540, '2026-11-24T12:00Z', 'UTC', '2026-11-25T09:00Z: 2026-11-24T00:00Z to 2026-11-25T00:00Z'],
    ['day', 0, '2026-11-24T12:00Z', 'UTC', '2026-11-25T00:00Z: 2026-11-24T00:00Z to 2026-11-25T00:00Z'],
    ['week', 540, '2026-11-24T12:00Z', 'UTC', '2026-11-30T09:00Z: 2026-11-23T00:00Z to 2026-11-30T00:00Z'],
    ['week', 540, '2026-11-23T08:59Z', 'UTC', '2026-11-23T09:00Z: 2026-11-16T00:00Z to 2026-11-23T00:00Z'],
    ['month', 1439, '2026-11-24T12:00Z', 'UTC', '2026-12-01T23:59Z: 2026-11-01T00:00Z to 2026-12-01T00:00Z'],
    ['month', 540, '2026-12-02T12:00Z', 'UTC', '2027-01-01T09:00Z: 2026-12-01T00:00Z to 2027-01-01T00:00Z'],
    [
      'week',
      540,
      '2026-11-24T12:00Z',
      'Asia/Tokyo',
      '2026-11-30T00:00Z: 2026-11-22T15:00Z to 2026-11-29T15:00Z',
    ],
  ] as const)('each %s at minute %i, after %s in %s', (every, minutes, after, timeZone, expected) => {
    expect(next(every, minutes, after, timeZone)).toBe(expected)
  })

  test('a time that the clocks skip is the first one after it', () => {
    // Clocks in Berlin went from 02:00 to 03:00, which was 01:00 in UTC.
    expect(next('day', 150, '2026-03-28T12:00Z', 'Europe/Berlin')).toMatch(/^2026-03-29T01:00Z/)
    expect(next('day', 150, '2026-03-29T01:00Z', 'Europe/Berlin')).toMatch(/^2026-03-30T00:30Z/)
  })

  test('a time that the clocks show twice is the first of both', () => {
    // Clocks in Berlin went from 03:00 back to 02:00, which was 01:00 in UTC.
    expect(next('day', 150, '2026-10-24T12:00Z', 'Europe/Berlin')).toMatch(/^2026-10-25T00:30Z/)
    expect(next('day', 150, '2026-10-25T00:30Z', 'Europe/Berlin')).toMatch(/^2026-10-26T01:30Z/)
  })

  test('in every zone and year, each period is due exactly once, on the day after it', () => {
    fc.assert(
      fc.property(anySchedule, anyZone, anyMoment, (schedule, timeZone, start) => {
        let before = nextPeriod(schedule, start, timeZone)
        for (let count = 0; count < 40; count++) {
          const period = nextPeriod(schedule, before.dueAt, timeZone)
          expect(period.from).toBe(before.to)
          expect(period.dueAt).toBeGreaterThanOrEqual(period.to)
          expect(period.dueAt).toBeLessThan(period.to + 25 * HOUR)
          const due = Temporal.Instant.fromEpochMilliseconds(period.dueAt).toZonedDateTimeISO(timeZone)
          const minutes = due.hour * 60 + due.minute
          // Skipped times are an hour at most; on Lord Howe half an hour.
          expect(minutes - schedule.at).toBeGreaterThanOrEqual(0)
          expect(minutes - schedule.at).toBeLessThanOrEqual(60)
          before = period
        }
      }),
      { numRuns: 150 },
    )
  })
})

describe('what is due', () => {
  const SET = { setAt: firstIdAt(at('2026-11-24T12:00Z')) }
  const DAILY = { every: 'day', at: 540 } as const
  const due = (
    now: string,
    doneTo?: string,
    timeZone = 'UTC',
    schedule: { every: Every; at: number } = DAILY,
  ) => {
    const found = duePeriod(
      schedule,
      { ...SET, doneTo: doneTo === undefined ? undefined : at(doneTo) },
      at(now),
      timeZone,
    )
    return found && `${shown(found.period)}, ${found.skipped} skipped`
  }

  test('nothing before the first time after it was set', () => {
    expect(due('2026-11-24T12:00Z')).toBeUndefined()
    expect(due('2026-11-25T08:59:59.999Z')).toBeUndefined()
    expect(due('2026-11-25T09:00Z')).toBe(
      '2026-11-25T09:00Z: 2026-11-24T00:00Z to 2026-11-25T00:00Z, 0 skipped',
    )
  })

  test('nothing that was due before it was set, also if that was never reported', () => {
    expect(due('2026-11-24T13:00Z')).toBeUndefined()
  })

  test('a period is due until it is handled, then the next one', () => {
    expect(due('2026-11-25T23:00Z')).toMatch(/^2026-11-25T09:00Z/)
    expect(due('2026-11-25T23:00Z', '2026-11-25T00:00Z')).toBeUndefined()
    expect(due('2026-11-26T09:00Z', '2026-11-25T00:00Z')).toMatch(/^2026-11-26T09:00Z.* 0 skipped$/)
  })

  test('of several, the last one, with how many were skipped', () => {
    expect(due('2026-11-28T10:00Z', '2026-11-25T00:00Z')).toBe(
      '2026-11-28T09:00Z: 2026-11-27T00:00Z to 2026-11-28T00:00Z, 2 skipped',
    )
    expect(due('2026-11-28T10:00Z')).toMatch(/^2026-11-28T09:00Z.* 3 skipped$/)
  })

  test('once the clock has gone back, nothing that was handled is due again', () => {
    expect(due('2026-11-25T09:30Z', '2026-11-26T00:00Z')).toBeUndefined()
  })

  test('after the time zone has changed, the schedule follows, and each hour is in one report', () => {
    // The day ended at 00:00 UTC. In New York it ended five hours later.
    expect(due('2026-11-25T14:00Z', '2026-11-25T00:00Z', 'America/New_York')).toBeUndefined()
    expect(due('2026-11-26T14:00Z', '2026-11-25T00:00Z', 'America/New_York')).toBe(
      '2026-11-26T14:00Z: 2026-11-25T00:00Z to 2026-11-26T05:00Z, 0 skipped',
    )
    expect(due('2026-11-26T00:00Z', '2026-11-25T00:00Z', 'Asia/Tokyo')).toBe(
      '2026-11-26T00:00Z: 2026-11-25T00:00Z to 2026-11-25T15:00Z, 0 skipped',
    )
    // More than half of the day that ended there at 10:00 UTC is in the last report. The rest of it is in the next one.
    expect(due('2026-11-25T20:00Z', '2026-11-25T00:00Z', 'Pacific/Kiritimati')).toBeUndefined()
    expect(due('2026-11-26T20:00Z', '2026-11-25T00:00Z', 'Pacific/Kiritimati')).toBe(
      '2026-11-26T19:00Z: 2026-11-25T00:00Z to 2026-11-26T10:00Z, 0 skipped',
    )
  })

  test('where the clocks skip the last hour of a day, what is due then is in the next report', () => {
    // Clocks in Nuuk went from 23:00 on 24 March to 00:00 on 25 March, which was 01:00 in UTC.
    const late = { every: 'day', at: 1380 } as const
    const dueInNuuk = (now: string) => {
      const done = { setAt: firstIdAt(at('2029-03-01T00:00Z')), doneTo: at('2029-03-23T02:00Z') }
      const found = duePeriod(late, done, at(now), 'America/Nuuk')
      return found && `${shown(found.period)}, ${found.skipped} skipped`
    }
    expect(dueInNuuk('2029-03-25T02:00Z')).toBeUndefined()
    expect(dueInNuuk('2029-03-26T00:00Z')).toBe(
      '2029-03-26T00:00Z: 2029-03-23T02:00Z to 2029-03-25T01:00Z, 0 skipped',
    )
  })

  test('however often it is looked for, and in whichever zones, periods are handled in order, without an hour left out or twice', () => {
    fc.assert(
      fc.property(
        anySchedule,
        anyMoment,
        fc.array(fc.tuple(fc.integer({ min: 1, max: 3 * DAY }), anyZone), { minLength: 10, maxLength: 60 }),
        (schedule, start, looks) => {
          let [now, doneTo]: [number, number | undefined] = [start, undefined]
          for (const [wait, timeZone] of looks) {
            now += wait
            const found = duePeriod(schedule, { setAt: firstIdAt(start), doneTo }, now, timeZone)
            if (!found) continue
            const { from, to, dueAt } = found.period
            expect(dueAt).toBeLessThanOrEqual(now)
            if (doneTo !== undefined) {
              expect(to).toBeGreaterThan(doneTo)
              if (found.skipped === 0) expect(from).toBe(doneTo)
              else expect(from).toBeGreaterThan(doneTo)
              const { since } = skippedDays(schedule.every, found.period, found.skipped, timeZone)
              const start = Temporal.PlainDate.from(since).toZonedDateTime(timeZone).epochMilliseconds
              if (found.skipped > 0) expect(start).toBeLessThanOrEqual(doneTo)
            }
            doneTo = to
            expect(duePeriod(schedule, { setAt: firstIdAt(start), doneTo }, now, timeZone)).toBeUndefined()
          }
        },
      ),
      { numRuns: 150 },
    )
  })
})
