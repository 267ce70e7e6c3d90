import { Temporal } from 'temporal-polyfill'
import { MONTHS, WEEKDAYS } from './calendar-names.ts'
import { durationOf, isWholeDays, lengthOf } from './length.ts'

/**
 * What a text about time means: a moment, whole days from `time` to `end`, or the end of such days. In milliseconds
 * since the Unix epoch.
 */
export type TimeValue =
  | { readonly type: 'moment'; readonly time: number }
  | { readonly type: 'days' | 'end'; readonly time: number; readonly end: number }

/**
 * What a text means, or why it is rejected, in a few words that follow the text. `next` is another meaning of the text
 * that is in the future, if there is one.
 */
export type ParsedTime =
  | { readonly type: 'parsed'; readonly value: TimeValue; readonly next?: number }
  | { readonly type: 'rejected'; readonly reason: string }

/** Whole days in a time zone: from the start of the first to the start of the next that is not included. */
export function daysFrom(first: Temporal.PlainDate, next: Temporal.PlainDate, zone: string): TimeValue {
  const startOf = (day: Temporal.PlainDate) => day.toZonedDateTime(zone).epochMilliseconds
  return { type: 'days', time: startOf(first), end: startOf(next) }
}

/** A unit of the calendar: the first day of the unit that contains a day, and the length of several units. */
export interface CalendarUnit {
  first(day: Temporal.PlainDate): Temporal.PlainDate
  times(count: number): Temporal.DurationLike
}

/** Weeks begin on Monday. */
const WEEK: CalendarUnit = {
  first: (day) => day.subtract({ days: day.dayOfWeek - 1 }),
  times: (weeks) => ({ weeks }),
}

/** The units that are longer than a day. */
export const CALENDAR: Readonly<Record<'week' | 'month' | 'quarter' | 'year', CalendarUnit>> = {
  week: WEEK,
  month: { first: (day) => day.with({ day: 1 }), times: (months) => ({ months }) },
  quarter: {
    first: (day) => day.with({ month: day.month - ((day.month - 1) % 3), day: 1 }),
    times: (count) => ({ months: 3 * count }),
  },
  year: { first: (day) => day.with({ month: 1, day: 1 }), times: (years) => ({ years }) },
}

const UNITS: Readonly<Record<string, CalendarUnit>> = CALENDAR

/** How many units after the current one each word means. */
const STEPS: Readonly<Record<string, number>> = { this: 0, current: 0, last: -1, next: 1 }

const WHICH = Object.keys(STEPS).join('|')
const UNIT = Object.keys(UNITS).join('|')
const WEEKDAY = WEEKDAYS.join('|')

const NAMED = new RegExp(`^(?:the )?(?:(${WHICH}) (${UNIT})|(${UNIT}) before last)$`)

/** A month as ISO 8601 writes it, or with a slash. */
const MONTH = /^(\d{4})[-/](0[1-9]|1[0-2])$/

/** Parses a whole period of the calendar: `last month`, `this week`, `last weekend`, `2026-08`. */
export function parsePeriod(text: string, now: Temporal.ZonedDateTime): TimeValue | undefined {
  const today = now.toPlainDate()
  const zone = now.timeZoneId
  const saturday = saturdayOf(text, today)
  if (saturday) return daysFrom(saturday, saturday.add({ days: 2 }), zone)
  const [, year, month] = MONTH.exec(text) ?? []
  if (month !== undefined) {
    const first = Temporal.PlainDate.from({ year: Number(year), month: Number(month), day: 1 })
    return daysFrom(first, first.add({ months: 1 }), zone)
  }
  const [, which = '', name, beforeLast = ''] = NAMED.exec(text) ?? []
  const unit = UNITS[name ?? beforeLast]
  if (!unit) return undefined
  const first = firstOf(unit, name === undefined ? -2 : (STEPS[which] ?? 0), today)
  return daysFrom(first, first.add(unit.times(1)), zone)
}

/** The first day of the unit that is so many units after the current one. */
function firstOf(unit: CalendarUnit, steps: number, today: Temporal.PlainDate): Temporal.PlainDate {
  return unit.first(today).add(unit.times(steps))
}

const WEEKEND = new RegExp(`^(?:the )?(?:(${WHICH}) )?weekend$`)

/** The Saturday of a weekend: `last weekend`. */
function saturdayOf(text: string, today: Temporal.PlainDate): Temporal.PlainDate | undefined {
  const named = WEEKEND.exec(text)
  if (!named) return undefined
  const [, which] = named
  // “weekend” is the latest that has begun, “last weekend” the latest that is over.
  if (which === undefined) return saturdayUpTo(today)
  return saturdayUpTo(today.subtract({ days: 2 })).add({ weeks: (STEPS[which] ?? 0) + 1 })
}

/** The latest Saturday that is not after a day. */
function saturdayUpTo(day: Temporal.PlainDate): Temporal.PlainDate {
  return day.subtract({ days: (day.dayOfWeek + 1) % 7 })
}

const DAY_OF_WEEK = new RegExp(
  `\\b(?:on )?(${WEEKDAY}),?(?: of| in)?(?: the)? (?:(${WHICH}) week|(\\S+? ?w(?:ee)?k?s?) ago)\\b`,
)
const WEEK_WITH_DAY = new RegExp(`\\b(${WHICH}) week(?:['’]s)?,?(?: on)? (${WEEKDAY})\\b`)

const MONTH_OF_YEAR = new RegExp(`\\b(?:the )?(${WHICH}) (${MONTHS.join('|')})\\b`)

const MONTH_OR_YEAR = new RegExp(`(?<=\\S,?) (?:of )?(?:the )?(${WHICH}) (month|year)$`)

/**
 * Replaces days, months and years that are relative to today with dates: `monday last week` becomes `2026-11-16`,
 * `last august` becomes `august 2026`, `5th of last month` becomes `5th October 2026`, and `august last year` becomes
 * `august 2025`.
 */
export function namesToDates(text: string, now: Temporal.ZonedDateTime): string {
  const today = now.toPlainDate()
  const stepsFor = (which: string) => STEPS[which] ?? 0
  const dayOf = (monday: Temporal.PlainDate, weekday: string) =>
    monday.add({ days: WEEKDAYS.indexOf(weekday) }).toString()
  return text
    .replace(DAY_OF_WEEK, (typed, weekday: string, which?: string, weeksAgo = '') => {
      if (which !== undefined) return dayOf(firstOf(WEEK, stepsFor(which), today), weekday)
      const length = lengthOf(weeksAgo)
      return length && isWholeDays(length)
        ? dayOf(WEEK.first(today.add(durationOf(length, -1))), weekday)
        : typed
    })
    .replace(WEEK_WITH_DAY, (_, which: string, weekday: string) =>
      dayOf(firstOf(WEEK, stepsFor(which), today), weekday),
    )
    .replace(MONTH_OF_YEAR, (_, which: string, name: string) => {
      const [steps, side] = [stepsFor(which), Math.sign(MONTHS.indexOf(name) + 1 - today.month)]
      // “last august” is the latest that is over. In August, that is the one of last year.
      return `${name} ${today.year + (side === steps ? 0 : steps)}`
    })
    .replace(MONTH_OR_YEAR, (typed, which: string, name: string) => {
      const unit = UNITS[name]
      if (!unit) return typed
      const first = firstOf(unit, stepsFor(which), today)
      return name === 'year'
        ? ` ${first.year}`
        : ` ${first.toLocaleString('en', { month: 'long', year: 'numeric' })}`
    })
}
