import { isComplete } from '../../core/coverage/gaps.ts'
import type { KnownCoverage } from '../../core/coverage/known-coverage.ts'
import type { Names } from '../../core/names/names.ts'
import { type ActivityCount, type Moderator, PARTS, type Part, partsOf } from '../../core/query/activity.ts'
import type { ActivityChart } from '../../core/query/activity-chart.ts'
import type { SavedQuery } from '../../core/query/saved-query.ts'
import { firstIdAt, maxId, minId, timeOf } from '../../core/snowflake.ts'
import { formatDay } from '../../core/time/format-time.ts'
import { DAY } from '../../core/time/units.ts'
import { plainFormatter } from '../text/formatter.ts'

/** How many moderators a chart shows. */
const MOST_PEOPLE = 12

/** The chart counts log entries only, not messages, so that its parts add up to the total. */
const LABELS: Readonly<Record<Part, string>> = {
  'bans & kicks': 'Bans & kicks',
  timeouts: 'Timeouts',
  'messages deleted': 'Deletes',
  roles: 'Roles',
  channels: 'Channels',
  other: 'Other',
}

/** What an activity chart is drawn from. */
interface ChartFacts {
  readonly moderators: readonly Moderator[]
  readonly counts: readonly ActivityCount[]
  readonly days: readonly ActivityCount[]
  readonly names: Names
  readonly query: SavedQuery
  readonly coverage: KnownCoverage
}

/** The data of a chart: a bar for each of the most active moderators, and a column for each day. */
export function activityChart({
  moderators,
  counts,
  days,
  names,
  query,
  coverage,
}: ChartFacts): ActivityChart {
  const formatter = plainFormatter(names, query.timeZone)
  const byId = Map.groupBy(counts, ({ key }) => key)
  const byDay = Map.groupBy(days, ({ key }) => Number(key))
  const [first, last] = windowDays(query, coverage)
  return {
    title: [...new Set([first, last])].map((day) => formatDay(day * DAY, 'UTC')).join(' – '),
    kinds: PARTS.map((part) => LABELS[part]),
    people: moderators
      .filter(({ total }) => total > 0)
      // The bars do not include what bots did for a moderator, so the order may differ from the list's.
      .sort((a, b) => b.total - a.total)
      .slice(0, MOST_PEOPLE)
      .map(({ id }) => ({ name: formatter.user(id).slice(1), counts: partsOf(byId.get(id) ?? []) })),
    days: Array.from({ length: last - first + 1 }, (_, index) => ({
      day: (first + index) * DAY,
      counts: partsOf(byDay.get(first + index) ?? []),
      ...(isUnknown(first + index, query, coverage) && { isUnknown: true }),
    })),
  }
}

/** The first and the last UTC day of a window, without the days before coverage begins. */
function windowDays(
  { filter: { from, to }, askedAt }: SavedQuery,
  { ranges }: KnownCoverage,
): [number, number] {
  const end = to === undefined ? askedAt : Math.min(timeOf(to) - 1, askedAt)
  const start = ranges[0] ? timeOf(maxId(from ?? '0', ranges[0].start)) : end
  const last = Math.floor(end / DAY)
  return [Math.min(Math.floor(start / DAY), last), last]
}

/** Whether a UTC day is not fully covered, as far as it is in the window. */
function isUnknown(day: number, { filter: { from, to } }: SavedQuery, coverage: KnownCoverage): boolean {
  const [start, end] = [firstIdAt(day * DAY), firstIdAt((day + 1) * DAY)]
  return !isComplete(
    coverage,
    maxId(start, from ?? coverage.ranges[0]?.start ?? '0'),
    to === undefined ? end : minId(end, to),
  )
}
