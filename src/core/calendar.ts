import { Temporal } from 'temporal-polyfill'
/** What a text about time means: a moment, or whole days from their start to their end. */
export type Dated =
  | { readonly at: 'moment'; readonly time: number }
  | { readonly at: 'stretch'; readonly time: number; readonly end: number }

/** Whole days in a time zone: from the start of one to the start of another. */
export function daysFrom(first: Temporal.PlainDate, next: Temporal.PlainDate, zone: string): Dated {
  const startOf = (day: Temporal.PlainDate) => day.toZonedDateTime(zone).epochMilliseconds
  return { at: 'stretch', time: startOf(first), end: startOf(next) }
}

/** A unit of the calendar: the first day of the unit that a day is in, and the length of several units. */
interface Unit {
  first(day: Temporal.PlainDate): Temporal.PlainDate
  times(count: number): Temporal.DurationLike
}

/** Weeks begin on Monday, as in ISO 8601. https://en.wikipedia.org/wiki/ISO_week_date */
const WEEK: Unit = {
  first: (day) => day.subtract({ days: day.dayOfWeek - 1 }),
  times: (weeks) => ({ weeks }),
}

const UNITS: Readonly<Record<string, Unit>> = {
  week: WEEK,
  month: { first: (day) => day.with({ day: 1 }), times: (months) => ({ months }) },
  quarter: {
    first: (day) => day.with({ month: day.month - ((day.month - 1) % 3), day: 1 }),
    times: (count) => ({ months: 3 * count }),
  },
  year: { first: (day) => day.with({ month: 1, day: 1 }), times: (years) => ({ years }) },
}

/** How many units after the current one is meant. */
const STEPS: Readonly<Record<string, number>> = { this: 0, current: 0, last: -1, previous: -1, next: 1 }

const WHICH = Object.keys(STEPS).join('|')
const UNIT = Object.keys(UNITS).join('|')
const WEEKDAYS = 'monday tuesday wednesday thursday friday saturday sunday'.split(' ')
const WEEKDAY = WEEKDAYS.join('|')

const NAMED = new RegExp(`^(?:the )?(?:(${WHICH}) (${UNIT})|(${UNIT}) before last)$`)

/** A month as ISO 8601 writes it. */
const MONTH = /^(\d{4})-(0[1-9]|1[0-2])$/

/** Reads a whole period of the calendar: `last month`, `this week`, `last weekend`, `2026-08`. */
export function readPeriod(text: string, now: Temporal.ZonedDateTime): Dated | undefined {
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

/** The first day of the unit that is so many after the current one. */
function firstOf(unit: Unit, steps: number, today: Temporal.PlainDate): Temporal.PlainDate {
  return unit.first(today).add(unit.times(steps))
}

const WEEKEND = new RegExp(`^(?:the )?(?:(${WHICH}) )?weekend$`)

/** The Saturday of a weekend: `last weekend`. */
function saturdayOf(text: string, today: Temporal.PlainDate): Temporal.PlainDate | undefined {
  const named = WEEKEND.exec(text)
  if (!named) return undefined
  const [, which] = named
  // “weekend” is the last one that has begun, “last weekend” the last one that is over.
  if (which === undefined) return saturdayUpTo(today)
  return saturdayUpTo(today.subtract({ days: 2 })).add({ weeks: (STEPS[which] ?? 0) + 1 })
}

/** The last Saturday that is not after a day. */
function saturdayUpTo(day: Temporal.PlainDate): Temporal.PlainDate {
  return day.subtract({ days: (day.dayOfWeek + 1) % 7 })
}

const DAY_OF_WEEK = new RegExp(
  `\\b(?:(?:on )?(${WEEKDAY}),?(?: of| in)?(?: the)? (${WHICH}) week|(${WHICH}) week(?:['’]s)?,?(?: on)? (${WEEKDAY}))\\b`,
)

const MONTH_OR_YEAR = new RegExp(`(?<=\\S,?) (?:of )?(?:the )?(${WHICH}) (month|year)$`)

/**
 * The same text with dates instead of days of weeks, months and years that are relative to today: `monday last week` becomes `2026-11-16`,
 * `5th of last month` becomes `5th October 2026`, `august last year` becomes `august 2025`.
 */
export function datedNames(text: string, now: Temporal.ZonedDateTime): string {
  const today = now.toPlainDate()
  const stepsTo = (which = '') => STEPS[which] ?? 0
  return text
    .replace(DAY_OF_WEEK, (_, day?: string, which?: string, whichBefore?: string, dayAfter?: string) => {
      const monday = firstOf(WEEK, stepsTo(which ?? whichBefore), today)
      return monday.add({ days: WEEKDAYS.indexOf(day ?? dayAfter ?? '') }).toString()
    })
    .replace(MONTH_OR_YEAR, (typed, which: string, name: string) => {
      const unit = UNITS[name]
      if (!unit) return typed
      const first = firstOf(unit, stepsTo(which), today)
      return name === 'year'
        ? ` ${first.year}`
        : ` ${first.toLocaleString('en', { month: 'long', year: 'numeric' })}`
    })
}
