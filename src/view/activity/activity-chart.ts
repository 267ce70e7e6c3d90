import type { ActivityCount } from '../../core/archive.ts'
import { isWhole, type KnownCoverage } from '../../core/coverage/coverage.ts'
import type { Names } from '../../core/names/names.ts'
import { type Moderator, PARTS, type Part, partsOf } from '../../core/query/activity.ts'
import type { ActivityChart } from '../../core/query/activity-chart.ts'
import type { SavedQuery } from '../../core/query/saved-query.ts'
import { firstIdAt, maxId, minId, timeOf } from '../../core/snowflake.ts'
import { utcDay } from '../../core/time/utc.ts'
import { plainFormatter } from '../text/formatter.ts'

const DAY = 86_400_000

/** How many moderators a chart shows. */
const PEOPLE = 12

/** In a chart everything is counted in actions, so that its parts add up to its whole. */
const LABELS: Readonly<Record<Part, string>> = {
  'bans & kicks': 'Bans & kicks',
  timeouts: 'Timeouts',
  'messages deleted': 'Deletes',
  roles: 'Roles',
  channels: 'Channels',
  other: 'Other',
}

/** What a chart of activity is made of. */
export interface ChartFacts {
  readonly moderators: readonly Moderator[]
  readonly counts: readonly ActivityCount[]
  readonly days: readonly ActivityCount[]
  readonly names: Names
  readonly query: SavedQuery
  readonly coverage: KnownCoverage
}

/** What the chart of an answer shows: who did what, and when. */
export function activityChart({
  moderators,
  counts,
  days,
  names,
  query,
  coverage,
}: ChartFacts): ActivityChart {
  const formatter = plainFormatter(names)
  const byId = Map.groupBy(counts, ({ key }) => key)
  const byDay = Map.groupBy(days, ({ key }) => Number(key))
  const [first, last] = window(query, coverage)
  return {
    title: [...new Set([first, last])].map((day) => utcDay(day * DAY)).join(' – '),
    kinds: PARTS.map((part) => LABELS[part]),
    people: moderators
      .filter(({ total }) => total > 0)
      // By the length of their bars: what bots did for them stands in no bar.
      .sort((a, b) => b.total - a.total)
      .slice(0, PEOPLE)
      .map(({ id }) => ({ name: formatter.user(id).slice(1), counts: partsOf(byId.get(id) ?? []) })),
    days: Array.from({ length: last - first + 1 }, (_, index) => ({
      day: (first + index) * DAY,
      counts: partsOf(byDay.get(first + index) ?? []),
      ...(isUnknown(first + index, query, coverage) && { isUnknown: true }),
    })),
  }
}

/** The first and the last UTC day of a window, without those of which nothing can be known. */
function window({ filter: { from, to }, askedAt }: SavedQuery, { ranges }: KnownCoverage): [number, number] {
  const end = to === undefined ? askedAt : Math.min(timeOf(to) - 1, askedAt)
  const start = ranges[0] ? timeOf(maxId(from ?? '0', ranges[0].start)) : end
  const last = Math.floor(end / DAY)
  return [Math.min(Math.floor(start / DAY), last), last]
}

/** Whether a UTC day, as far as it is in the window, is not wholly known. */
function isUnknown(day: number, { filter: { from, to } }: SavedQuery, coverage: KnownCoverage): boolean {
  const [start, end] = [firstIdAt(day * DAY), firstIdAt((day + 1) * DAY)]
  return !isWhole(
    coverage,
    maxId(start, from ?? coverage.ranges[0]?.start ?? '0'),
    to === undefined ? end : minId(end, to),
  )
}
