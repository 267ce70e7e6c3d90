import { AuditLogEvent } from 'discord-api-types/v10'
import { expect, test } from 'vitest'
import { NO_NAMES } from '../../../src/core/names/names.ts'
import { moderatorsOf } from '../../../src/core/query/activity.ts'
import { firstIdAt } from '../../../src/core/snowflake.ts'
import { DAY } from '../../../src/core/time/units.ts'
import { activityChart } from '../../../src/view/activity/activity-chart.ts'

const NOW = Date.UTC(2026, 10, 24, 12)
const KICK = AuditLogEvent.MemberKick

/** User 1 made three entries. User 2 made one, and bots made five for them. User 3 made none. */
function chartOf(days: number, ranges = [{ start: '0', end: firstIdAt(NOW) }]) {
  const counts = [
    { key: '1', kind: KICK, entries: 3, units: 3 },
    { key: '2', kind: KICK, entries: 1, units: 1 },
  ]
  const moderators = moderatorsOf({
    ids: ['1', '2', '3'],
    counts,
    attributions: new Map([['2', 5]]),
    lastSeen: new Map(),
  })
  return activityChart({
    moderators,
    counts,
    days: [{ key: String(Math.floor(NOW / DAY)), kind: KICK, entries: 4, units: 4 }],
    names: NO_NAMES,
    query: {
      command: 'audit activity',
      guildId: '9',
      askerId: '1',
      askedAt: NOW,
      timeZone: 'UTC',
      filter: { from: firstIdAt(NOW - days * DAY) },
      order: 'newest',
    },
    coverage: { guildId: '9', oldest: '9', ranges, readAt: NOW, askedAt: NOW },
  })
}

test('bars are sorted by length, without what bots did, and the inactive have none', () => {
  expect(chartOf(7).people).toEqual([
    { name: '1', counts: [3, 0, 0, 0, 0, 0] },
    { name: '2', counts: [1, 0, 0, 0, 0, 0] },
  ])
})

test('the title names the first and the last day, or the only one', () => {
  expect(chartOf(7).title).toBe('17 Nov 2026 – 24 Nov 2026')
  expect(chartOf(0.1).title).toBe('24 Nov 2026')
})

test('exactly the days that are not fully covered are marked', () => {
  const ranges = [
    { start: '0', end: firstIdAt(NOW - 5 * DAY) },
    { start: firstIdAt(NOW - 4.2 * DAY), end: firstIdAt(NOW - 1 * DAY) },
  ]
  const unknown = chartOf(7, ranges).days.flatMap(({ day, isUnknown }) =>
    isUnknown ? [new Date(day).toISOString().slice(5, 10)] : [],
  )
  expect(unknown).toEqual(['11-19', '11-20', '11-23', '11-24'])
  expect(chartOf(7).days.some(({ isUnknown }) => isUnknown)).toBe(false)
})
