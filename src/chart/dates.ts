import type { ActivityChart } from '../core/query/activity-chart.ts'
import { formatDay } from '../core/time/format-time.ts'
import type { Span } from './spans.ts'

/** A way to write a date, and the width it needs. */
interface DateFormat {
  readonly width: number
  write(day: number): string
}

const DAY_AND_MONTH: DateFormat = { width: 104, write: (day) => formatDay(day, 'UTC').replace(/ \d+$/, '') }
const MONTH_AND_YEAR: DateFormat = { width: 134, write: (day) => formatDay(day, 'UTC').replace(/^\d+ /, '') }
const YEAR: DateFormat = { width: 84, write: (day) => String(new Date(day).getUTCFullYear()) }

/** The days that get a date under their column, and the format of the date. */
interface Interval {
  readonly format: DateFormat
  /** @param age how many days the date is before the last day */
  isMarked(date: Date, age: number): boolean
}

/** The first day of every so many months. */
const everyMonths = (months: number) => (date: Date) =>
  date.getUTCDate() === 1 && (date.getUTCFullYear() * 12 + date.getUTCMonth()) % months === 0

/** From the shortest to the longest. */
const INTERVALS: readonly Interval[] = [
  { format: DAY_AND_MONTH, isMarked: () => true },
  { format: DAY_AND_MONTH, isMarked: (_, age) => age % 2 === 0 },
  { format: DAY_AND_MONTH, isMarked: (_, age) => age % 3 === 0 },
  { format: DAY_AND_MONTH, isMarked: (date) => date.getUTCDay() === 1 },
  { format: DAY_AND_MONTH, isMarked: (date) => date.getUTCDate() === 1 || date.getUTCDate() === 15 },
  { format: MONTH_AND_YEAR, isMarked: everyMonths(1) },
  { format: MONTH_AND_YEAR, isMarked: everyMonths(3) },
  { format: MONTH_AND_YEAR, isMarked: everyMonths(6) },
  { format: YEAR, isMarked: everyMonths(12) },
  { format: YEAR, isMarked: everyMonths(60) },
]

/**
 * The dates to write under columns, at the shortest interval that has enough space.
 * @param width the width of all columns together
 * @returns a text for each column, empty for a column without a date
 */
export function datesUnder(spans: readonly Span[], days: ActivityChart['days'], width: number): string[] {
  const texts = spans.map(() => '')
  for (const { format, isMarked } of INTERVALS) {
    const marked = [...days.keys()].filter((index) =>
      isMarked(new Date(days[index]?.day ?? 0), days.length - 1 - index),
    )
    const steps = marked.slice(1).map((index, before) => index - (marked[before] ?? 0))
    if ((Math.min(...steps) * width) / days.length < format.width) continue
    for (const { day } of marked.flatMap((index) => days[index] ?? [])) {
      texts[spans.findLastIndex(({ start }) => start <= day)] = format.write(day)
    }
    break
  }
  return texts
}
