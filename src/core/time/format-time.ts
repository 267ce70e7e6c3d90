import { Temporal } from 'temporal-polyfill'
import { abbreviated, MONTHS, WEEKDAYS } from './calendar-names.ts'

// For places where Discord does not render `<t:…>` timestamps. Times are in milliseconds since the Unix epoch, and a
// time zone is an IANA name.

/** A day: `26 Aug 2026`. */
export function formatDay(time: number, timeZone: string): string {
  const { day, month, year } = inZone(time, timeZone)
  return `${day} ${abbreviated(MONTHS[month - 1] ?? '')} ${year}`
}

/** The weekday of a moment: `Wed`. */
export function formatWeekday(time: number, timeZone: string): string {
  return abbreviated(WEEKDAYS[inZone(time, timeZone).dayOfWeek - 1] ?? '')
}

/** The time of day to the minute: `14:05`. */
export function formatTimeOfDay(time: number, timeZone: string): string {
  return inZone(time, timeZone).toPlainTime().toString({ smallestUnit: 'minute' })
}

/** A day without its year if another moment is in the same year: `26 Aug`. */
export function formatDayNear(time: number, other: number, timeZone: string): string {
  return formatDay(time, timeZone).replace(` ${inZone(other, timeZone).year}`, '')
}

/** A moment to the minute, with its offset from UTC: `26 Aug 2026, 14:05 UTC`, `26 Aug 2026, 16:05 UTC+2`. */
export function formatMoment(time: number, timeZone: string): string {
  return `${formatDay(time, timeZone)}, ${formatClock(time, timeZone)}`
}

/** A moment without its year if another moment is in the same year: `26 Aug, 14:05 UTC`. */
export function formatMomentNear(time: number, other: number, timeZone: string): string {
  return `${formatDayNear(time, other, timeZone)}, ${formatClock(time, timeZone)}`
}

/** `14:05 UTC`, `16:05 UTC+2`. */
function formatClock(time: number, timeZone: string): string {
  return `${formatTimeOfDay(time, timeZone)} ${formatOffset(time, timeZone)}`
}

/** A moment to the minute for the name of a file, without its time zone: `20260826T1405`. */
export function formatStamp(time: number, timeZone: string): string {
  const moment = inZone(time, timeZone).toPlainDateTime().toString({ smallestUnit: 'minute' })
  return moment.replace(/[-:]/g, '')
}

/** The offset of a time zone at a moment, as `since` and `until` accept it: `UTC`, `UTC+2`, `UTC-3:30`. */
export function formatOffset(time: number, timeZone: string): string {
  const { offset } = inZone(time, timeZone)
  const [, sign, hours, minutes] = /^([+-])(\d{2}):(\d{2})/.exec(offset) ?? []
  if (hours === undefined || (hours === '00' && minutes === '00')) return 'UTC'
  return `UTC${sign}${Number(hours)}${minutes === '00' ? '' : `:${minutes}`}`
}

function inZone(time: number, timeZone: string): Temporal.ZonedDateTime {
  return Temporal.Instant.fromEpochMilliseconds(Math.floor(time)).toZonedDateTimeISO(timeZone)
}
