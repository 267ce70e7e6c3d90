import type { ActivityChart } from '../../src/core/query/activity-chart.ts'
import { DAY } from '../../src/core/time/units.ts'

const LAST_DAY = Date.UTC(2026, 10, 24)

/** So many days up to 24 November 2026, each with the same counts. */
export function daysOf(count: number, counts: readonly number[]): ActivityChart['spans'] {
  return Array.from({ length: count }, (_, index) => ({
    start: LAST_DAY - (count - 1 - index) * DAY,
    counts,
    type: 'whole',
  }))
}

/** A week of one person without any action, with the fields that a test sets. */
export function chartWith(changed: Partial<ActivityChart>): ActivityChart {
  return {
    title: 'Activity',
    kinds: ['Bans & kicks', 'Timeouts'],
    people: [{ name: 'Alice', counts: [0, 0], throughBots: 0 }],
    unit: 'day',
    spans: daysOf(7, [0, 0]),
    timeZone: 'UTC',
    ...changed,
  }
}

/** A chart of one person with that name and nothing else. */
export function chartNaming(name: string): ActivityChart {
  return chartWith({ title: '', kinds: [], people: [{ name, counts: [], throughBots: 0 }], spans: [] })
}
