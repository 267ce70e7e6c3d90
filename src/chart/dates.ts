import { Temporal } from 'temporal-polyfill'
import type { ActivityChart } from '../core/query/activity-chart.ts'
import { formatDay } from '../core/time/format-time.ts'

type Spans = Pick<ActivityChart, 'unit' | 'spans' | 'timeZone'>

/** Which columns get a date, and how it is written. */
interface Interval {
  readonly format: 'day' | 'month' | 'year'
  /**
   * @param date the first day of the column
   * @param age how many columns it is before the last one
   */
  isMarked(date: Temporal.PlainDate, age: number): boolean
}

const every = (columns: number) => (_: Temporal.PlainDate, age: number) => age % columns === 0
const everyMonths = (months: number) => (date: Temporal.PlainDate) => (date.month - 1) % months === 0
const everyYears = (years: number) => (date: Temporal.PlainDate) => date.month <= 3 && date.year % years === 0

/** For each unit, from the shortest interval to the longest. */
const INTERVALS: Readonly<Record<Spans['unit'], readonly Interval[]>> = {
  day: [
    ...[1, 2, 3].map((days) => ({ format: 'day' as const, isMarked: every(days) })),
    { format: 'day', isMarked: (date) => date.dayOfWeek === 1 },
  ],
  week: [1, 2, 3, 4, 5, 6, 8].map((weeks) => ({ format: 'day', isMarked: every(weeks) })),
  month: [1, 3, 6, 12].map((months) => ({ format: 'month', isMarked: everyMonths(months) })),
  quarter: [
    { format: 'month', isMarked: everyMonths(6) },
    ...[1, 2, 5].map((years) => ({ format: 'year' as const, isMarked: everyYears(years) })),
  ],
  year: [1, 2, 5, 10].map((years) => ({ format: 'year', isMarked: (date) => date.year % years === 0 })),
}

/** The space between two dates. */
const GAP = 20

/**
 * The dates to write under columns, at the shortest interval that has enough space.
 * @param width the width of all columns together
 * @param widthOf the width of a text
 * @returns a text for each column, empty for a column without a date
 */
export function datesUnder(
  { unit, spans, timeZone }: Spans,
  width: number,
  widthOf: (text: string) => number,
): string[] {
  const dates = spans.map(({ start }) =>
    Temporal.Instant.fromEpochMilliseconds(start).toZonedDateTimeISO(timeZone).toPlainDate(),
  )
  for (const { format, isMarked } of INTERVALS[unit]) {
    const texts = spans.map(({ start }, index) => {
      const date = dates[index]
      return date && isMarked(date, spans.length - 1 - index) ? written(start, timeZone, format) : ''
    })
    const marked = [...texts.keys()].filter((index) => texts[index] !== '')
    const steps = marked.slice(1).map((index, before) => index - (marked[before] ?? 0))
    const needed = Math.max(...marked.map((index) => widthOf(texts[index] ?? ''))) + GAP
    if ((Math.min(...steps) * width) / spans.length >= needed) return texts
  }
  return spans.map(() => '')
}

/** `24 Nov`, `Nov 2026` or `2026`. */
function written(time: number, timeZone: string, format: Interval['format']): string {
  const day = formatDay(time, timeZone)
  if (format === 'day') return day.replace(/ \d+$/, '')
  return format === 'month' ? day.replace(/^\d+ /, '') : day.replace(/^.* /, '')
}
