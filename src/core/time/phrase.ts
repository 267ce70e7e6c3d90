import { casual, type ParsedComponents } from 'chrono-node'
import { Temporal } from 'temporal-polyfill'
import { type Dated, daysFrom, type Reading } from './calendar.ts'
import { isAmbiguous, rewritten } from './phrase-forms.ts'
import { utcDay } from './utc.ts'

/** Chrono's tags for times of day without an hour, such as “morning”. It implies an hour for them. */
const TO_THE_HOUR = /^casualReference\/(?:morning|afternoon|evening|tonight)$/

/** There are at most eight years from one 29 February to the next. https://en.wikipedia.org/wiki/Leap_year */
const LEAP_YEARS_APART = 8
const LEAP_DAY = Temporal.PlainDate.from('2024-02-29')

/**
 * Reads a day, a month or a time with chrono: `1 Aug 2026 14:00`, `monday`, `yesterday 3pm`, `August`. A text without
 * a day, week or year means the last one that has come.
 */
export function readPhrase(text: string, now: Temporal.ZonedDateTime): Reading | undefined {
  const typed = rewritten(text, now)
  if (isAmbiguous(typed)) return undefined
  const read = parse(typed, now.toPlainDate()) ?? parseLeapDay(typed)
  if (!read) return undefined
  const readings = datesOf(read, typed, now.toPlainDate()).flatMap((day) => {
    const dated = datedOn(day, read, now.timeZoneId)
    return dated ? [{ day, dated }] : []
  })
  const context = readings.findIndex(({ dated }) => dated.time <= now.epochMilliseconds)
  const [last, next] = [readings[Math.max(context, 0)], readings[context - 1]]
  if (!last) return undefined
  if (hasItsWeekday(last.day, read)) {
    return { is: 'read', dated: last.dated, ...(next && { next: next.dated.time }) }
  }
  return next && hasItsWeekday(next.day, read) ? { is: 'read', dated: next.dated } : misnamed(last.day)
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
    if (/\b(?:this|next|last|past)\b/.test(typed)) return day
    return day.flatMap((nearest) => [1, 0, -1].map((weeks) => nearest.add({ weeks })))
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
  if (read.isCertain('hour') || hasPartOfDay(read)) {
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

/** Whether chrono has found an hour for a part of the day. If other words confuse it, it keeps noon. */
function hasPartOfDay(read: ParsedComponents): boolean {
  return [...read.tags()].some((tag) => TO_THE_HOUR.test(tag)) && read.get('hour') !== 12
}

/** Whether the weekday is right, if a date was written with one. */
function hasItsWeekday(day: Temporal.PlainDate, read: ParsedComponents): boolean {
  const isGiven = read.isCertain('weekday') && read.isCertain('day')
  return !isGiven || read.get('weekday') === day.dayOfWeek % 7
}

function misnamed(day: Temporal.PlainDate): Reading {
  const weekday = day.toLocaleString('en', { weekday: 'long' })
  const date = utcDay(day.toZonedDateTime('UTC').epochMilliseconds)
  return { is: 'refused', why: `names the wrong weekday: ${date} is a ${weekday}` }
}
