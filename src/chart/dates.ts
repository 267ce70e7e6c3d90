import type { ActivityChart } from '../core/query/activity-chart.ts'
import { utcDay } from '../core/time/utc.ts'
import type { Span } from './spans.ts'

/** A way to write a date, and how wide that is with some air. */
interface Form {
  readonly room: number
  write(day: number): string
}

const DAY: Form = { room: 104, write: (day) => utcDay(day).replace(/ \d+$/, '') }
const MONTH: Form = { room: 134, write: (day) => utcDay(day).replace(/^\d+ /, '') }
const YEAR: Form = { room: 84, write: (day) => String(new Date(day).getUTCFullYear()) }

/** Which days are written under the columns. */
interface Rhythm {
  readonly form: Form
  /** @param age how many days it lies before the last one */
  marks(date: Date, age: number): boolean
}

/** Every so many months, counted from the first January. */
const everyMonths = (months: number) => (date: Date) =>
  date.getUTCDate() === 1 && (date.getUTCFullYear() * 12 + date.getUTCMonth()) % months === 0

/** From the closest to the widest. */
const RHYTHMS: readonly Rhythm[] = [
  { form: DAY, marks: () => true },
  { form: DAY, marks: (_, age) => age % 2 === 0 },
  { form: DAY, marks: (_, age) => age % 3 === 0 },
  { form: DAY, marks: (date) => date.getUTCDay() === 1 },
  { form: DAY, marks: (date) => date.getUTCDate() === 1 || date.getUTCDate() === 15 },
  { form: MONTH, marks: everyMonths(1) },
  { form: MONTH, marks: everyMonths(3) },
  { form: MONTH, marks: everyMonths(6) },
  { form: YEAR, marks: everyMonths(12) },
  { form: YEAR, marks: everyMonths(60) },
]

/**
 * The dates to write under columns: few, and such as a calendar marks.
 * @param width how wide all columns are together
 * @returns a text for each column, empty where nothing is written
 */
export function datesUnder(spans: readonly Span[], days: ActivityChart['days'], width: number): string[] {
  const texts = spans.map(() => '')
  for (const { form, marks } of RHYTHMS) {
    const marked = [...days.keys()].filter((index) =>
      marks(new Date(days[index]?.day ?? 0), days.length - 1 - index),
    )
    const steps = marked.slice(1).map((index, before) => index - (marked[before] ?? 0))
    if ((Math.min(...steps) * width) / days.length < form.room) continue
    for (const { day } of marked.flatMap((index) => days[index] ?? [])) {
      texts[spans.findLastIndex(({ start }) => start <= day)] = form.write(day)
    }
    break
  }
  return texts
}
