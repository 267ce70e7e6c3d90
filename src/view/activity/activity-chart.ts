import { isComplete } from '../../core/coverage/gaps.ts'
import type { KnownCoverage } from '../../core/coverage/known-coverage.ts'
import type { Names } from '../../core/names/names.ts'
import { type Moderator, PARTS, type SpanCount, splitOf } from '../../core/query/activity.ts'
import type { ActivityChart, chartSpans } from '../../core/query/activity-chart.ts'
import type { CalendarSpan } from '../../core/query/calendar-spans.ts'
import { PAGE_LENGTH, type Page } from '../../core/query/page.ts'
import type { SavedQuery } from '../../core/query/saved-query.ts'
import { timeOf } from '../../core/snowflake.ts'
import { formatNumber } from '../../core/text/numbers.ts'
import { formatDay, formatDayNear } from '../../core/time/format-time.ts'
import { plainFormatter } from '../text/formatter.ts'

/** What an activity chart is drawn from. */
interface ChartFacts extends ReturnType<typeof chartSpans> {
  /** All moderators of the list. */
  readonly moderators: readonly Moderator[]
  readonly page: Page
  readonly counts: readonly SpanCount[]
  readonly names: Names
  readonly query: SavedQuery
  readonly coverage: KnownCoverage
}

/** The data of a chart: a bar for each moderator of a page, and a column for what all did in each day, week or month. */
export function activityChart(facts: ChartFacts): ActivityChart {
  const { moderators, page, counts, names, query, coverage, unit, spans } = facts
  const { timeZone } = query
  const formatter = plainFormatter(names, timeZone)
  const shown = moderators.slice(page.index * PAGE_LENGTH, (page.index + 1) * PAGE_LENGTH)
  const bySpan = Map.groupBy(counts, ({ key }) => key)
  // A single column is compared with nothing.
  const typeOf = ({ isCut }: CalendarSpan) => (isCut && spans.length > 1 ? 'part' : 'whole')
  return {
    title: titleOf(facts, moderators.length > shown.length),
    kinds: PARTS,
    people: shown.map(({ id, split, throughBots }) => ({
      name: formatter.user(id).slice(1),
      counts: PARTS.map((part) => split[part]),
      throughBots,
    })),
    unit,
    spans: spans.map((span, index) => {
      const split = splitOf(bySpan.get(index) ?? [])
      return {
        start: timeOf(span.from),
        counts: PARTS.map((part) => split[part]),
        type: isComplete(coverage, span.from, span.to) ? typeOf(span) : 'unknown',
      }
    }),
    timeZone,
  }
}

/** `Per week, 26 Aug – 24 Nov 2026`, which says so if the columns count more moderators than the page shows. */
function titleOf({ moderators, unit, spans, query }: ChartFacts, hasMorePages: boolean): string {
  const who = hasMorePages ? `All ${formatNumber(moderators.length)} moderators per` : 'Per'
  return `${who} ${unit}, ${datesOf(spans, query.timeZone)}`
}

/** The first and the last day: `24 Nov 2026`, `10 Nov – 24 Nov 2026`. */
function datesOf(spans: readonly CalendarSpan[], timeZone: string): string {
  const start = timeOf(spans[0]?.from ?? '0')
  const last = Math.max(start, timeOf(spans.at(-1)?.to ?? '0') - 1)
  const lastDay = formatDay(last, timeZone)
  return formatDay(start, timeZone) === lastDay
    ? lastDay
    : `${formatDayNear(start, last, timeZone)} – ${lastDay}`
}
