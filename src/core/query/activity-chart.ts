import type { KnownCoverage } from '../coverage/known-coverage.ts'
import { firstIdAt, maxId, minId } from '../snowflake.ts'
import { calendarSpans, type SpanUnit } from './calendar-spans.ts'
import type { SavedQuery } from './saved-query.ts'

/** How many columns can be told apart on a phone. */
const MOST_COLUMNS = 31

/** One moderator of a chart. */
export interface ChartPerson {
  readonly name: string
  /** In the order of the chart's kinds. */
  readonly counts: readonly number[]
  /** How many actions bots did for them, beside `counts`. */
  readonly throughBots: number
}

/** The actions within one column of a chart. */
export interface ChartSpan {
  /** Where it starts, in milliseconds since the Unix epoch. */
  readonly start: number
  /** In the order of the chart's kinds. */
  readonly counts: readonly number[]
  /** `part` if the window cuts it short, `unknown` if a part of it is not covered. */
  readonly type: 'whole' | 'part' | 'unknown'
}

/** The data of a chart of activity. */
export interface ActivityChart {
  /** The heading of the columns. */
  readonly title: string
  /** The names of the kinds of action, in stacking order. */
  readonly kinds: readonly string[]
  /** At most a page of them, in the order of the list. */
  readonly people: readonly ChartPerson[]
  readonly unit: SpanUnit
  /** The columns, oldest first, without a space between them. */
  readonly spans: readonly ChartSpan[]
  /** The time zone of the spans, an IANA name. */
  readonly timeZone: string
}

/** The days, weeks or months of a query's window that its chart has columns for, from where the coverage begins. */
export function chartSpans(
  { filter: { from = '0', to }, askedAt, timeZone }: SavedQuery,
  { ranges: [first] }: KnownCoverage,
): ReturnType<typeof calendarSpans> {
  const end = minId(to ?? firstIdAt(askedAt), firstIdAt(askedAt))
  const start = first ? minId(maxId(from, first.start), end) : end
  return calendarSpans(start, end, timeZone, MOST_COLUMNS)
}
