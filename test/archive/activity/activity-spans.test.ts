import fc from 'fast-check'
import { expect, test } from 'vitest'
import type { SpanCount } from '../../../src/core/query/activity.ts'
import { boundsOf, calendarSpans } from '../../../src/core/query/calendar-spans.ts'
import { firstIdAt, timeOf } from '../../../src/core/snowflake.ts'
import { freshGuild, sharedArchive } from '../../support/archive/shared-archive.ts'
import { entriesOf } from '../../support/entries/entries.ts'

const archive = await sharedArchive()

const HOUR = 3_600_000
const DAY = 24 * HOUR

/** Zones whose clocks change by an hour or half an hour, at night or at midnight; and zones far from UTC. */
const ZONES = [
  'UTC',
  'Europe/Berlin',
  'America/New_York',
  'Australia/Lord_Howe',
  'America/Santiago',
  'Africa/Cairo',
  'Asia/Tokyo',
  'Asia/Kathmandu',
  'Pacific/Kiritimati',
  'Pacific/Pago_Pago',
]

/** Days around which the clocks of some of these zones change. */
const CHANGES = [
  '2026-03-08',
  '2026-03-29',
  '2026-04-05',
  '2026-04-24',
  '2026-09-06',
  '2026-10-25',
  '2026-11-01',
]

const USERS = ['1', '2', '3']

const anyMoment = fc
  .tuple(fc.integer({ min: -40, max: 40 }), fc.oneof(fc.constantFrom(0, HOUR, -1), fc.nat(DAY)))
  .map(([days, past]) => days * DAY + past)

const anyCase = fc.record({
  timeZone: fc.constantFrom(...ZONES),
  change: fc.constantFrom(...CHANGES).map((day) => Date.parse(day)),
  moments: fc.uniqueArray(anyMoment, { maxLength: 60, size: 'max' }),
  kinds: fc.array(fc.constantFrom(20, 22, 72), { minLength: 60, maxLength: 60 }),
  users: fc.array(fc.constantFrom(...USERS), { minLength: 60, maxLength: 60 }),
  window: fc.tuple(anyMoment, anyMoment).map(([one, other]) => (one < other ? [one, other] : [other, one])),
})

/** The day of a moment in a time zone, as the runtime's own calendar has it. */
function localDay(time: number, timeZone: string): string {
  return new Intl.DateTimeFormat('sv-SE', { timeZone, dateStyle: 'short' }).format(time)
}

/** The Monday of a day. */
function mondayOf(day: string): string {
  const noon = Date.parse(`${day}T12:00:00Z`)
  const sinceMonday = (new Date(noon).getUTCDay() + 6) % 7
  return new Date(noon - sinceMonday * DAY).toISOString().slice(0, 10)
}

const ordered = (counts: readonly SpanCount[]) => counts.toSorted((a, b) => a.key - b.key || a.kind - b.kind)

test('counts by days and weeks of any time zone match counting the entries one by one', async () => {
  await fc.assert(
    fc.asyncProperty(anyCase, async ({ timeZone, change, moments, kinds, users, window }) => {
      const guildId = freshGuild()
      const payloads = moments.map((moment, index) => ({
        id: firstIdAt(change + moment),
        action_type: kinds[index],
        user_id: users[index],
        target_id: '9',
      }))
      await archive.record([{ guildId, entries: entriesOf(guildId, payloads), from: 'rest' }])
      const [from = '0', to = '0'] = window.map((moment) => firstIdAt(change + moment))
      const { unit, spans } = calendarSpans(from, to, timeZone, 31)
      const unitOf = (time: number) =>
        unit === 'day' ? localDay(time, timeZone) : mondayOf(localDay(time, timeZone))

      const counted = await archive.activityBySpan(guildId, boundsOf(spans, to), ['1', '2'])

      const within = payloads.filter(
        ({ id, user_id }) => user_id !== '3' && BigInt(id) >= BigInt(from) && BigInt(id) < BigInt(to),
      )
      const keys = spans.map((span) => unitOf(timeOf(span.from)))
      const groups = Map.groupBy(within, ({ id, action_type }) => {
        return `${keys.indexOf(unitOf(timeOf(id)))} ${action_type}`
      })
      const expected = [...groups].map(([group, those]) => {
        const [key, kind] = group.split(' ').map(Number)
        return { key: key ?? -1, kind: kind ?? 0, entries: those.length }
      })
      expect(ordered(counted)).toEqual(ordered(expected))
    }),
  )
})

const anyId = fc.tuple(fc.nat(3 * DAY), fc.nat(2)).map(([past, serial]) => {
  return String(BigInt(firstIdAt(Date.UTC(2026, 10, 20) + past)) + BigInt(serial))
})

test('spans can be shorter than a day, empty, and begin within a millisecond', async () => {
  await fc.assert(
    fc.asyncProperty(
      fc.uniqueArray(anyId, { maxLength: 30, size: 'max' }),
      fc.array(anyId, { minLength: 2, maxLength: 8 }),
      async (ids, unordered) => {
        const guildId = freshGuild()
        const payloads = ids.map((id) => ({ id, action_type: 20, user_id: '1', target_id: '9' }))
        await archive.record([{ guildId, entries: entriesOf(guildId, payloads), from: 'rest' }])
        const bounds = unordered.toSorted((a, b) => Number(BigInt(a) - BigInt(b)))
        const counted = await archive.activityBySpan(guildId, bounds, ['1'])
        const expected = bounds.slice(1).flatMap((end, key) => {
          const start = BigInt(bounds[key] ?? 0)
          const entries = ids.filter((id) => BigInt(id) >= start && BigInt(id) < BigInt(end)).length
          return entries > 0 ? [{ key, kind: 20, entries }] : []
        })
        expect(ordered(counted)).toEqual(expected)
      },
    ),
  )
})

test('no executors and no bounds have no counts', async () => {
  expect(await archive.activityBySpan(freshGuild(), ['0', '9'], [])).toEqual([])
  expect(await archive.activityBySpan(freshGuild(), [], ['1'])).toEqual([])
})
