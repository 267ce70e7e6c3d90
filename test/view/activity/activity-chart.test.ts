import { AuditLogEvent } from 'discord-api-types/v10'
import { expect, test } from 'vitest'
import { NO_NAMES } from '../../../src/core/names/names.ts'
import { moderatorsOf } from '../../../src/core/query/activity.ts'
import { chartSpans } from '../../../src/core/query/activity-chart.ts'
import { firstIdAt } from '../../../src/core/snowflake.ts'
import { DAY } from '../../../src/core/time/units.ts'
import { activityChart } from '../../../src/view/activity/activity-chart.ts'

const NOW = Date.UTC(2026, 10, 24, 12)
const KICK = AuditLogEvent.MemberKick

interface Given {
  readonly days: number
  readonly ranges?: readonly { readonly start: string; readonly end: string }[]
  readonly timeZone?: string
  /** How many moderators there are: the first made that many entries, the last one. */
  readonly people?: number
  readonly index?: number
}

/** A chart of the last days. Bots made five entries for the moderator 2, and everyone made four in the last span. */
function chartOf({ days, ranges, timeZone = 'UTC', people = 2, index = 0 }: Given) {
  const ids = Array.from({ length: people }, (_, at) => String(at + 1))
  const moderators = moderatorsOf({
    ids,
    counts: ids.map((key, at) => ({ key, kind: KICK, entries: people - at, units: people - at })),
    attributions: new Map([['2', { entries: 5, lastDay: NOW }]]),
    attributionsEver: new Map(),
    lastSeen: new Map(),
  })
  const query = {
    command: 'audit activity',
    guildId: '9',
    askerId: '1',
    askedAt: NOW,
    timeZone,
    filter: { from: firstIdAt(NOW - days * DAY) },
    order: 'newest',
  } as const
  const coverage = {
    guildId: '9',
    oldest: '9',
    ranges: ranges ?? [{ start: '0', end: firstIdAt(NOW) }],
    readAt: NOW,
    askedAt: NOW,
  }
  const columns = chartSpans(query, coverage)
  const counts = [{ key: columns.spans.length - 1, kind: KICK, entries: 4 }]
  return activityChart({ ...columns, moderators, page: { index }, counts, names: NO_NAMES, query, coverage })
}

test('the people are those of the page in the order of the list, with what bots did beside their own', () => {
  expect(chartOf({ days: 7 }).people).toEqual([
    { name: '1', counts: [2, 0, 0, 0, 0, 0], throughBots: 0 },
    { name: '2', counts: [1, 0, 0, 0, 0, 0], throughBots: 5 },
  ])
  const second = chartOf({ days: 7, people: 12, index: 1 })
  expect(second.people.map(({ name }) => name)).toEqual(['11', '12'])
})

test('the columns count the actions of all moderators, and the title says so if the page shows fewer', () => {
  expect(chartOf({ days: 7 }).spans.at(-1)?.counts).toEqual([4, 0, 0, 0, 0, 0])
  expect(chartOf({ days: 7 }).title).toBe('Per day, 17 Nov – 24 Nov 2026')
  expect(chartOf({ days: 7, people: 12 }).title).toBe('All 12 moderators per day, 17 Nov – 24 Nov 2026')
})

test('the title names the unit, and the first and the last day or the only one', () => {
  expect(chartOf({ days: 90 }).title).toBe('Per week, 26 Aug – 24 Nov 2026')
  expect(chartOf({ days: 400 }).title).toBe('Per month, 20 Oct 2025 – 24 Nov 2026')
  expect(chartOf({ days: 0.1 }).title).toBe('Per day, 24 Nov 2026')
})

test('the columns are days of the guild’s time zone', () => {
  const { spans, timeZone } = chartOf({ days: 1, timeZone: 'Asia/Tokyo' })
  expect(spans.map(({ start }) => new Date(start).toISOString().slice(8, 16))).toEqual([
    '23T12:00',
    '23T15:00',
  ])
  expect(timeZone).toBe('Asia/Tokyo')
})

test('columns that the window cuts short are marked, but not one that is alone', () => {
  expect(chartOf({ days: 2 }).spans.map(({ type }) => type)).toEqual(['part', 'whole', 'part'])
  expect(chartOf({ days: 0.2 }).spans.map(({ type }) => type)).toEqual(['whole'])
})

test('exactly the days that are not fully covered are marked', () => {
  const ranges = [
    { start: '0', end: firstIdAt(NOW - 5 * DAY) },
    { start: firstIdAt(NOW - 4.2 * DAY), end: firstIdAt(NOW - 1 * DAY) },
  ]
  const unknown = chartOf({ days: 7, ranges }).spans.flatMap(({ start, type }) =>
    type === 'unknown' ? [new Date(start).toISOString().slice(5, 10)] : [],
  )
  expect(unknown).toEqual(['11-19', '11-20', '11-23', '11-24'])
  expect(chartOf({ days: 7 }).spans.some(({ type }) => type === 'unknown')).toBe(false)
})

test('the chart begins where the coverage does', () => {
  const ranges = [{ start: firstIdAt(NOW - 2 * DAY), end: firstIdAt(NOW) }]
  expect(chartOf({ days: 7, ranges }).spans).toHaveLength(3)
})
