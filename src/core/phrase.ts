import { casual, type ParsedComponents } from 'chrono-node'
import { Temporal } from 'temporal-polyfill'
import { type Dated, datedNames, daysFrom } from './calendar.ts'
import { datedLengths } from './length.ts'

/** Texts that chrono would read, but whose meaning is not certain. */
const AMBIGUOUS: readonly RegExp[] = [
  // One day in London and another in New York: 01/08/2026, 1.8.26.
  /\d\s*\/\s*\d/,
  /(?<![\d.:-])\d{1,2}[.-]\d{1,2}[.-]\d/,
  // Chrono takes 2026-13-01 for 13 January.
  /\d{4}[-.\s](?:1[3-9]|2\d|3[01])[-.\s]\d/,
  // It is not clear when a night begins, or which day of several is meant.
  /\blast night\b|\bweek(?:day|end)\b/,
  // Chrono takes “night before yesterday” for yesterday's night.
  /\b(?:before|after) (?!\d)/,
  // These go with days and parts of days only. Weeks, months and lengths are read elsewhere.
  /\b(?:this|last|past|next)\b(?! (?:\w+day|morning|afternoon|evening|night)\b)/,
]

/** Forms that chrono does not read, or reads by the clock of the host, and how they are written for it. */
const REWRITES: readonly (readonly [RegExp, string])[] = [
  // With the year first, slashes are not ambiguous: 2026/08/01.
  [/^(\d{4})\/(\d{1,2})\/(\d{1,2})(?!\S)/, '$1-$2-$3'],
  [/\b(?:12(?::00)? )?(?:noon|midday)\b/, '12:00'],
  [/\b(?:12(?::00)? )?midnight\b/, '00:00'],
  [/^the /, ''],
]

/** A fraction of a second with any number of digits. Chrono reads `.5` as 5 ms, and refuses `.123456`. */
const FRACTION = /(?<=:\d{2})[.,](\d{1,9})(?!\d)/

/** Chrono's tags for times of day without an hour, such as “morning”. It implies an hour for them. */
const TO_THE_HOUR = /^casualReference\/(?:morning|afternoon|evening|tonight)$/

/** There are at most eight years from one 29 February to the next. https://en.wikipedia.org/wiki/Leap_year */
const LEAP_YEARS_APART = 8
const LEAP_DAY = Temporal.PlainDate.from('2024-02-29')

/**
 * Reads a day, a month or a time with chrono: `1 Aug 2026 14:00`, `monday`, `yesterday 3pm`, `August`. A text without
 * a day, week or year means the last one that has come.
 */
export function readPhrase(text: string, now: Temporal.ZonedDateTime): Dated | undefined {
  const typed = rewritten(text, now)
  if (AMBIGUOUS.some((form) => form.test(typed))) return undefined
  const read = parse(typed, now.toPlainDate()) ?? parseLeapDay(typed)
  if (!read) return undefined
  const readings = datesOf(read, typed, now.toPlainDate()).flatMap((day) => {
    const dated = datedOn(day, read, now.timeZoneId)
    return dated ? [{ day, dated }] : []
  })
  const last = readings.find(({ dated }) => dated.time <= now.epochMilliseconds) ?? readings[0]
  return last && hasItsWeekday(last.day, read) ? last.dated : undefined
}

function rewritten(text: string, now: Temporal.ZonedDateTime): string {
  const written = REWRITES.reduce((typed, [form, rewrite]) => typed.replace(form, rewrite), text)
  return datedNames(datedLengths(written, now), now).replace(
    FRACTION,
    (_, digits: string) => `.${digits.slice(0, 3).padEnd(3, '0')}`,
  )
}

/**
 * The parts of a date that chrono finds in a text, if it reads all of it. Chrono calculates in the time zone of the
 * host. So it is given noon of today there, an hour at which clocks never change, and only the parts are used, not
 * the moment that it makes of them.
 */
function parse(typed: string, today: Temporal.PlainDate): ParsedComponents | undefined {
  const noon = new Date(today.year, today.month - 1, today.day, 12)
  const [date] = casual.parse(typed, noon)
  if (!date || date.end || date.text.length !== typed.length) return undefined
  const { start } = date
  const isCounted = start.tags().has('result/relativeDate') || start.isCertain('timezoneOffset')
  return isCounted ? undefined : start
}

/** Chrono refuses 29 February if the year nearest to today has none. */
function parseLeapDay(typed: string): ParsedComponents | undefined {
  const read = /\b29(?:th)?\b/.test(typed) ? parse(typed, LEAP_DAY) : undefined
  return read?.isCertain('month') ? read : undefined
}

/** The days that the parts may mean, the latest first. There are several if the day, week or year is not given. */
function datesOf(read: ParsedComponents, typed: string, today: Temporal.PlainDate): Temporal.PlainDate[] {
  const day = dayOf(read.get('year') ?? 0, read)
  if (read.isCertain('month')) {
    if (read.isCertain('year')) return day
    return Array.from({ length: LEAP_YEARS_APART + 1 }, (_, ago) => dayOf(today.year - ago, read)).flat()
  }
  if (read.isCertain('year') || read.isCertain('day')) return []
  if (read.isCertain('weekday')) {
    return /\b(?:this|next)\b/.test(typed) ? day : day.flatMap((near) => [near, near.subtract({ weeks: 1 })])
  }
  return /\bthis\b/.test(typed) ? [today] : [today, today.subtract({ days: 1 })]
}

/** The day and month that were read, in a given year. Empty if that year has no such day. */
function dayOf(year: number, read: ParsedComponents): Temporal.PlainDate[] {
  const [month, day] = [read.get('month') ?? 1, read.get('day') ?? 1]
  const date = Temporal.PlainDate.from({ year, month, day })
  return date.day === day ? [date] : []
}

/**
 * What was read, on a given day. A time that is skipped when clocks go forward is read as an hour later, and of a time
 * that comes twice the first is taken (Temporal's `compatible`).
 * https://tc39.es/proposal-temporal/docs/ambiguity.html
 */
function datedOn(day: Temporal.PlainDate, read: ParsedComponents, zone: string): Dated | undefined {
  const isDay = read.isCertain('day') || read.isCertain('weekday')
  if (read.isCertain('hour') || [...read.tags()].some((tag) => TO_THE_HOUR.test(tag))) {
    if (read.isCertain('month') && !isDay) return undefined
    const [hour, minute, second] = [read.get('hour') ?? 0, read.get('minute') ?? 0, read.get('second') ?? 0]
    const plainTime = Temporal.PlainTime.from({
      hour,
      minute,
      second,
      millisecond: read.get('millisecond') ?? 0,
    })
    return { at: 'moment', time: day.toZonedDateTime({ timeZone: zone, plainTime }).epochMilliseconds }
  }
  if (isDay) return daysFrom(day, day.add({ days: 1 }), zone)
  return read.isCertain('month')
    ? daysFrom(day.with({ day: 1 }), day.with({ day: 1 }).add({ months: 1 }), zone)
    : undefined
}

/** Whether the weekday is right, if a date was written with one. */
function hasItsWeekday(day: Temporal.PlainDate, read: ParsedComponents): boolean {
  const isGiven = read.isCertain('weekday') && read.isCertain('day')
  return !isGiven || read.get('weekday') === day.dayOfWeek % 7
}
