import { Temporal } from 'temporal-polyfill'
import { typedText, withHyphens } from '../text/typed.ts'
import { MONTHS, WEEKDAYS } from './calendar-names.ts'
import { zoneHints } from './zones/abbreviations.ts'

/**
 * Suggestions for a text that was rejected as a time: first corrected forms of it, then texts that begin with it. The
 * caller has to check which of them can be parsed.
 * @param now in milliseconds since the Unix epoch
 * @param timeZone an IANA name: whose today is meant
 */
export function timeHints(text: string, now: number, timeZone: string): string[] {
  const typed = typedText(text).toLowerCase()
  if (typed === '') return []
  const today = Temporal.Instant.fromEpochMilliseconds(Math.floor(now))
    .toZonedDateTimeISO(timeZone)
    .toPlainDate()
  // A dash in a range is not the hyphen of a date.
  const fixed = FIXES.flatMap((fix) => [typed, withHyphens(typed)].flatMap((each) => fix(each, today)))
  const longer = [...NAMES, ...lengthsAgo(typed), ...daysOfMonths(typed), ...monthsOfYear(typed)]
  const begun = longer.filter((name) => joined(name).startsWith(joined(typed)))
  return [...fixed, ...begun, ...timesOfDay(typed)]
}

type Fix = (typed: string, today: Temporal.PlainDate) => string[]

function rewrite(form: RegExp, ...results: readonly string[]): Fix {
  return (typed) => (form.test(typed) ? results.map((result) => typed.replace(form, result)) : [])
}

/** A weekday, also in its short forms. */
const WEEKDAY = `(?:${WEEKDAYS.map((day) => day.slice(0, 3)).join('|')})(?:s|rs?|[a-z]*day)?`

const FIXES: readonly Fix[] = [
  // A number without a unit, a Unix time, a date without separators.
  rewrite(/^\d{1,3}$/, '$&h', '$&d', '$&w', '$&mo'),
  rewrite(/^(1\d{9})(?:\d{3})?$/, '<t:$1>'),
  rewrite(/^(\d{4})(\d{2})(\d{2})$/, '$1-$2-$3'),
  // A date whose order depends on the country, or a day that the month does not have.
  numericDates,
  rewrite(/^(\d{4})[-./ ](\d{1,2})[-./ ](\d{1,2})(?!\d)/, '$1-$3-$2'),
  lastOfMonth,
  rewrite(/^(\d{4})[/.](\d)$/, '$1-0$2'),
  dayOfMonth,
  // A date with the wrong weekday.
  rewrite(new RegExp(`^(?:on )?${WEEKDAY}[.,]? |,? \\(?${WEEKDAY}\\)?$`), ''),
  // A unit without a number.
  rewrite(/^(?:the )?(week|month|quarter|year)s?$/, 'last $1', 'this $1'),
  rewrite(/^(?:the )?(minute|hour|day|fortnight)s?$/, '1 $1 ago'),
  // 9.15, 9:, 9h15, 1,5h
  rewrite(/^(\d{1,2})\.(\d{2})$/, '$1:$2'),
  rewrite(/^(\d{1,2}):$/, '$1:00'),
  rewrite(/\b(\d)h(\d{2})\b/, '$1:$2', '$1h$2m'),
  rewrite(/(\d),(?=\d)/, '$1.'),
  // Names of time zones.
  zoneHints,
  // Words and marks that are not part of a time, and ranges.
  rewrite(/^(?:since|from|after|until|till|before|by) /, ''),
  rewrite(/ ?(?:[.!?,…-]+| at| on| of)$/, ''),
  rewrite(/^(.+?) ?(?: to | until | till |[-–—] | ?[–—])(.+)$/, '$1', '$2'),
  // Ambiguous words.
  rewrite(/\blast night\b/, 'yesterday evening'),
  rewrite(/\b(?:a )?few\b/, '3'),
  // Times in the future.
  rewrite(/\bnext\b/, 'last'),
  rewrite(/\bthis (?=\w+day\b)/, 'last '),
  rewrite(/\b(?:tomorrow|today)\b/, 'yesterday'),
  rewrite(/^in (.+)$/, '$1 ago'),
]

const NUMERIC_DATE = /(?<![\d:.])(\d{1,2}) ?([/.-]) ?(\d{1,2})(?: ?\2 ?(\d{4}|\d{2}))?\.?(?![\d:/.-])/

/** Both meanings of `01/08/2026`: month first, and day first. Only one if the other is no date. */
export function numericDates(typed: string): string[] {
  const [whole, one, , other, year] = NUMERIC_DATE.exec(typed) ?? []
  if (whole === undefined) return []
  const dates = [
    [one, other],
    [other, one],
  ].flatMap(([month, day]) => {
    const name = MONTHS[Number(month) - 1]
    if (name === undefined) return []
    return year === undefined
      ? `${Number(day)} ${name}`
      : [year.padStart(4, '20'), month?.padStart(2, '0'), day?.padStart(2, '0')].join('-')
  })
  return dates.map((date) => typed.replace(whole, date))
}

/** `2026-02-28` for `2026-02-30`. */
function lastOfMonth(typed: string): string[] {
  const [, year, month, day] = /^(\d{4})[-./ ](\d{1,2})[-./ ](\d{1,2})$/.exec(typed) ?? []
  if (MONTHS[Number(month) - 1] === undefined || Number(day) < 29) return []
  return [Temporal.PlainDate.from({ year: Number(year), month: Number(month), day: Number(day) }).toString()]
}

/** The latest 5th that is not in the future, for `the 5th`. */
function dayOfMonth(typed: string, today: Temporal.PlainDate): string[] {
  const [whole, one, other] =
    /^(?:on )?(?:the (\d{1,2})(?:st|nd|rd|th)?|(\d{1,2})(?:st|nd|rd|th))(?= |$)/.exec(typed) ?? []
  if (whole === undefined) return []
  const day = Number(one ?? other)
  const dates = [0, 1, 2]
    .map((months) => today.with({ day: 1 }).subtract({ months }))
    .flatMap((first) => (day >= 1 && day <= first.daysInMonth ? first.with({ day }) : []))
  const date = dates.find((each) => Temporal.PlainDate.compare(each, today) <= 0)
  return date ? [typed.replace(whole, date.toString())] : []
}

const NAMES = [
  ...['today', 'yesterday', 'this week', 'last week', 'this month', 'last month', 'this year', 'last year'],
  ...['last weekend', 'this morning', 'noon', 'midnight'],
  ...[...WEEKDAYS, ...WEEKDAYS.map((day) => `last ${day}`)],
  ...[...MONTHS, ...MONTHS.map((month) => `last ${month}`)],
]

/** `2 weeks ago` for `2 wee`. */
function lengthsAgo(typed: string): string[] {
  const count = /^(?:\d{1,4}|an?)(?= ?[a-z])/.exec(typed)?.[0]
  if (count === undefined) return []
  const isOne = /^(?:1|an?)$/.test(count)
  return ['minute', 'hour', 'day', 'week', 'month', 'year'].map(
    (unit) => `${count} ${unit}${isOne ? '' : 's'} ago`,
  )
}

/** `1 march` for `1 ma`. */
function daysOfMonths(typed: string): string[] {
  const day = /^\d{1,2}(?= ?[a-z])/.exec(typed)?.[0]
  return day === undefined ? [] : MONTHS.map((month) => `${day} ${month}`)
}

/** `2026-09` for `2026-0`, latest first. */
function monthsOfYear(typed: string): string[] {
  const year = /^\d{4}(?=$|-\d?$)/.exec(typed)?.[0]
  if (year === undefined) return []
  return MONTHS.map((_, index) => `${year}-${String(index + 1).padStart(2, '0')}`).reverse()
}

/** `14:00` for `1400`. */
function timesOfDay(typed: string): string[] {
  return /^(?:\D+ )?\d{3,4}(?: \D+)?$/.test(typed) ? [typed.replace(/(?<=\d)(?=\d{2}(?!\d))/, ':')] : []
}

function joined(text: string): string {
  return text.replaceAll(' ', '')
}
