import { Temporal } from 'temporal-polyfill'
import { CALENDAR_UNITS } from '../../query/calendar-spans.ts'
import { MONTHS, WEEKDAYS } from '../../time/calendar-names.ts'
import type { Digest } from '../watch.ts'
import type { Period } from './schedule.ts'

/** What a digest is about: `Monday, 23 November`, `Week of 16–22 November`, `November 2026`. */
export function periodName(every: Digest['every'], { to }: Pick<Period, 'to'>, timeZone: string): string {
  const last = dateAt(to - 1, timeZone)
  const first = CALENDAR_UNITS[every].first(last)
  switch (every) {
    case 'day':
      return `${capitalized(WEEKDAYS[first.dayOfWeek - 1])}, ${first.day} ${monthOf(first)}`
    case 'week': {
      const start = first.month === last.month ? `${first.day}–` : `${first.day} ${monthOf(first)} – `
      return `Week of ${start}${last.day} ${monthOf(last)}`
    }
    case 'month':
      return `${monthOf(first)} ${first.year}`
  }
}

/** Whether a period begins with a day, week or month. It does not if the clocks or the time zone have changed. */
export function beginsWithUnit(
  every: Digest['every'],
  { from, to }: Pick<Period, 'from' | 'to'>,
  timeZone: string,
): boolean {
  const first = CALENDAR_UNITS[every].first(dateAt(to - 1, timeZone))
  return first.toZonedDateTime(timeZone).epochMilliseconds === from
}

/** The days of some periods before another, from the first to the last, as `since` and `until` accept them: `2026-11-16`. */
export function skippedDays(
  every: Digest['every'],
  { from }: Pick<Period, 'from'>,
  skipped: number,
  timeZone: string,
): { readonly since: string; readonly until: string } {
  const next = dateAt(from, timeZone)
  return {
    since: next.subtract(CALENDAR_UNITS[every].times(skipped)).toString(),
    until: next.subtract({ days: 1 }).toString(),
  }
}

function dateAt(time: number, timeZone: string): Temporal.PlainDate {
  return Temporal.Instant.fromEpochMilliseconds(time).toZonedDateTimeISO(timeZone).toPlainDate()
}

function monthOf({ month }: Temporal.PlainDate): string {
  return capitalized(MONTHS[month - 1])
}

function capitalized(name = ''): string {
  return name.charAt(0).toUpperCase() + name.slice(1)
}
