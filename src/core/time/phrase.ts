import type { ParsedComponents } from 'chrono-node'
// English alone: the index of the package loads every language.
import { casual } from 'chrono-node/en'
import { Temporal } from 'temporal-polyfill'
import { daysFrom, type ParsedTime, type TimeValue } from './calendar.ts'
import { formatDay } from './format-time.ts'
import { isAmbiguous, rewriteForChrono } from './phrase-forms.ts'

/** Chrono's tags for parts of the day, such as “morning”, for which it assumes an hour. */
const TO_THE_HOUR = /^casualReference\/(?:morning|afternoon|evening|tonight)$/

/** There are at most eight years from one 29 February to the next. https://en.wikipedia.org/wiki/Leap_year */
const LEAP_YEARS_APART = 8
const LEAP_DAY = Temporal.PlainDate.from('2024-02-29')

/**
 * Parses a day, a month or a time with chrono: `1 Aug 2026 14:00`, `monday`, `yesterday 3pm`, `August`. A text without
 * a day, week or year means the latest one that is not in the future.
 */
export function parsePhrase(text: string, now: Temporal.ZonedDateTime): ParsedTime | undefined {
  const typed = rewriteForChrono(text, now)
  if (isAmbiguous(typed)) return undefined
  const parts = parseParts(typed, now.toPlainDate()) ?? parseLeapDay(typed)
  if (!parts) return undefined
  const candidates = daysOf(parts, typed, now.toPlainDate()).flatMap((day) => {
    const value = valueOn(day, parts, now.timeZoneId)
    return value ? [{ day, value }] : []
  })
  const latest = candidates.findIndex(({ value }) => value.time <= now.epochMilliseconds)
  const [last, next] = [candidates[Math.max(latest, 0)], candidates[latest - 1]]
  if (!last) return undefined
  if (hasRightWeekday(last.day, parts)) {
    return { type: 'parsed', value: last.value, ...(next && { next: next.value.time }) }
  }
  return next && hasRightWeekday(next.day, parts)
    ? { type: 'parsed', value: next.value }
    : wrongWeekday(last.day)
}

/**
 * The parts of a date that chrono finds in a text, if it parses all of it. Chrono calculates in the time zone of the
 * host. So it gets noon of today there, an hour at which clocks never change, and only the parts that it finds are
 * used, not the moment it calculates.
 */
function parseParts(typed: string, today: Temporal.PlainDate): ParsedComponents | undefined {
  const noon = new Date(today.year, today.month - 1, today.day, 12)
  const [date] = casual.parse(typed, noon)
  if (!date || date.end || date.text.length !== typed.length) return undefined
  const { start } = date
  const isCounted = start.tags().has('result/relativeDate') || start.isCertain('timezoneOffset')
  return isCounted ? undefined : start
}

/** Chrono rejects 29 February if the year nearest to today has none. */
function parseLeapDay(typed: string): ParsedComponents | undefined {
  const parts = /\b29(?:th)?\b/.test(typed) ? parseParts(typed, LEAP_DAY) : undefined
  return parts?.isCertain('month') ? parts : undefined
}

/** The days that the parts can mean, latest first. There are several if the day, week or year is not given. */
function daysOf(parts: ParsedComponents, typed: string, today: Temporal.PlainDate): Temporal.PlainDate[] {
  const day = dayOf(parts.get('year') ?? 0, parts)
  if (parts.isCertain('month')) {
    if (parts.isCertain('year')) return day
    return Array.from({ length: LEAP_YEARS_APART + 1 }, (_, ago) => dayOf(today.year - ago, parts)).flat()
  }
  if (parts.isCertain('year') || parts.isCertain('day')) return []
  if (parts.isCertain('weekday')) {
    if (/\b(?:this|next|last|past)\b/.test(typed)) return day
    return day.flatMap((nearest) => [1, 0, -1].map((weeks) => nearest.add({ weeks })))
  }
  return /\bthis\b/.test(typed) ? [today] : [today, today.subtract({ days: 1 })]
}

/** The day and month of the parts in a given year. Empty if that year has no such day. */
function dayOf(year: number, parts: ParsedComponents): Temporal.PlainDate[] {
  const [month, day] = [parts.get('month') ?? 1, parts.get('day') ?? 1]
  const date = Temporal.PlainDate.from({ year, month, day })
  return date.day === day ? [date] : []
}

/**
 * The meaning of the parts on a given day. A time that is skipped when clocks go forward means an hour later, and a
 * time that occurs twice means the first (Temporal's `compatible`).
 * https://tc39.es/proposal-temporal/docs/ambiguity.html
 */
function valueOn(day: Temporal.PlainDate, parts: ParsedComponents, zone: string): TimeValue | undefined {
  const isDay = parts.isCertain('day') || parts.isCertain('weekday')
  if (parts.isCertain('hour') || hasPartOfDay(parts)) {
    if (parts.isCertain('month') && !isDay) return undefined
    const [hour, minute, second] = [
      parts.get('hour') ?? 0,
      parts.get('minute') ?? 0,
      parts.get('second') ?? 0,
    ]
    const plainTime = Temporal.PlainTime.from({
      hour,
      minute,
      second,
      millisecond: parts.get('millisecond') ?? 0,
    })
    return { type: 'moment', time: day.toZonedDateTime({ timeZone: zone, plainTime }).epochMilliseconds }
  }
  if (isDay) return daysFrom(day, day.add({ days: 1 }), zone)
  return parts.isCertain('month')
    ? daysFrom(day.with({ day: 1 }), day.with({ day: 1 }).add({ months: 1 }), zone)
    : undefined
}

/** Whether chrono found an hour for a part of the day. Where other words confuse it, it assumes noon. */
function hasPartOfDay(parts: ParsedComponents): boolean {
  return [...parts.tags()].some((tag) => TO_THE_HOUR.test(tag)) && parts.get('hour') !== 12
}

/** Whether the weekday is right, if a date has one. */
function hasRightWeekday(day: Temporal.PlainDate, parts: ParsedComponents): boolean {
  const isGiven = parts.isCertain('weekday') && parts.isCertain('day')
  return !isGiven || parts.get('weekday') === day.dayOfWeek % 7
}

function wrongWeekday(day: Temporal.PlainDate): ParsedTime {
  const weekday = day.toLocaleString('en', { weekday: 'long' })
  const date = formatDay(day.toZonedDateTime('UTC').epochMilliseconds, 'UTC')
  return { type: 'rejected', reason: `names the wrong weekday: ${date} is a ${weekday}` }
}
