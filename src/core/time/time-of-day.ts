import { Temporal } from 'temporal-polyfill'
import { parseTime } from './parse-time.ts'

/** Hours and minutes as chrono does not parse them: `9`, `21 Uhr`, `21.30`, `9h30`, `0930`. */
const HOURS = /^(\d{1,2}?)(?:[.h]?(\d{2}))?(?: ?(?:h|uhr|o['’]?clock))?$/i

/** The last moment of two days. No time of day is in the future then. */
const NOWS = ['2026-01-14T23:59:59.999', '2026-01-20T23:59:59.999'].map((text) =>
  Temporal.PlainDateTime.from(text),
)

/** In which the same time of day is another moment. */
const ZONES = ['UTC', 'Asia/Tokyo']

/**
 * Parses a time of day: `9`, `9:30`, `9am`, `21.30`, `noon`.
 * @returns minutes after midnight; undefined for any other text, also for one that names a day or a time zone
 */
export function parseTimeOfDay(typed: string): number | undefined {
  const text = typed
    .trim()
    .replace(/^at /i, '')
    .replace(HOURS, (_, hour: string, minute = '00') => `${hour}:${minute}`)
  // What a text with a day or a time zone means depends on the day and the time zone it is read in.
  const meant = new Set(
    NOWS.flatMap((now) => ZONES.map((zone) => minutesOf(text, now.toZonedDateTime(zone)))),
  )
  const [minutes] = meant
  return meant.size === 1 ? minutes : undefined
}

/** The time of day that a text means on a day; undefined if it means none, or one of another day. */
function minutesOf(text: string, now: Temporal.ZonedDateTime): number | undefined {
  const parsed = parseTime(text, now.epochMilliseconds, now.timeZoneId)
  if (parsed?.type !== 'parsed' || parsed.value.type !== 'moment') return undefined
  const moment = Temporal.Instant.fromEpochMilliseconds(parsed.value.time).toZonedDateTimeISO(now.timeZoneId)
  const isToday = moment.toPlainDate().equals(now.toPlainDate())
  return isToday && moment.second === 0 && moment.millisecond === 0
    ? moment.hour * 60 + moment.minute
    : undefined
}

/** Minutes after midnight as a time of day: `09:00`. */
export function formatMinutes(minutes: number): string {
  return Temporal.PlainTime.from({ hour: Math.floor(minutes / 60), minute: minutes % 60 }).toString({
    smallestUnit: 'minute',
  })
}
