import { abbreviated, MONTHS, WEEKDAYS } from './calendar-names.ts'

/** A day in UTC: `26 Aug 2026`. For places where Discord does not render `<t:…>` timestamps. */
export function utcDay(time: number): string {
  const date = new Date(time)
  return `${date.getUTCDate()} ${abbreviated(MONTHS[date.getUTCMonth()] ?? '')} ${date.getUTCFullYear()}`
}

/** The weekday of a moment in UTC: `Wed`. */
export function utcWeekday(time: number): string {
  // JavaScript's weeks begin on Sunday.
  return abbreviated(WEEKDAYS.at(new Date(time).getUTCDay() - 1) ?? '')
}

/** A moment in UTC to the minute: `26 Aug 2026, 14:05 UTC`. */
export function utcMoment(time: number): string {
  return `${utcDay(time)}, ${new Date(time).toISOString().slice(11, 16)} UTC`
}

/** A moment in UTC, without its year if another moment is in the same year: `26 Aug, 14:05 UTC`. */
export function utcMomentNear(time: number, other: number): string {
  const year = ` ${new Date(other).getUTCFullYear()},`
  return utcMoment(time).replace(year, ',')
}
