import { Temporal } from 'temporal-polyfill'
import { DAY, HOUR, MINUTE, SECOND } from './units.ts'

/** A length of time. Its months and days are those of the calendar, which vary in length. */
interface Length {
  readonly months: number
  readonly days: number
  readonly milliseconds: number
}

const NONE: Length = { months: 0, days: 0, milliseconds: 0 }

/** The units, by the beginning of their names. */
const UNITS: readonly (readonly [name: RegExp, unit: Length])[] = [
  [/^mo/, { ...NONE, months: 1 }],
  [/^s/, { ...NONE, milliseconds: SECOND }],
  [/^m/, { ...NONE, milliseconds: MINUTE }],
  [/^h/, { ...NONE, milliseconds: HOUR }],
  [/^d/, { ...NONE, days: 1 }],
  [/^w/, { ...NONE, days: 7 }],
  [/^f/, { ...NONE, days: 14 }],
  [/^y/, { ...NONE, months: 12 }],
]

const NUMBERS = 'one two three four five six seven eight nine ten eleven twelve'.split(' ')

const IN_WORDS = ['half(?:\\san?)?', '(?:a\\s)?couple(?:\\sof)?', 'an?', ...NUMBERS]
const AMOUNT = `\\d{1,12}(?:\\.\\d{1,6})?\\s*|(?:${IN_WORDS.join('|')})\\s`

const NAMES = [
  ...['mo(?:s|nths?)?', 's(?:ec(?:ond)?s?)?', 'm(?:in(?:ute)?s?)?', 'h(?:(?:ou)?rs?)?', 'd(?:ays?)?'],
  ...['w(?:eeks?|ks?)?', 'fortnights?', 'y(?:(?:ea)?rs?)?'],
]
const UNIT = `(?:${NAMES.join('|')})(?![a-z])`

/** One or more lengths, which are added up: `1d12h`, `1 hour and 30 minutes`. */
const LENGTHS = `(?:(?:${AMOUNT})${UNIT}[\\s,]*(?:and\\s)?)+`

const EACH = new RegExp(`(${AMOUNT})(${UNIT})`, 'g')
const WHOLE = new RegExp(`^${LENGTHS}$`)

/** The longest length, 1,000 years. Longer ones are shortened to it, which changes nothing: Discord began in 2015. */
const LONGEST: Length = { months: 12_000, days: 365_250, milliseconds: 365_250 * DAY }

const BACK: readonly RegExp[] = [
  /^(?:(?:about|around)\s|~)?-?(.+?)\s?(?:ago|earlier)?$/,
  /^(?:the\s)?(?:last|past)\s(.+)$/,
]
const AHEAD: readonly RegExp[] = [/^(?:in\s|\+)(.+)$/, /^(.+)\slater$/]

/** A length without a number: `past week`, `last hour`. `last week` is a week of the calendar instead. */
const SINGLE =
  /^((?:the\s)?(?:(?:past|last)\s(?=second|minute|hour|day|fortnight)|past\s(?=week|month|year)))([a-z]+)$/

/** Parses a length as the moment that long before or after now: `24h`, `two weeks ago`, `in an hour`. */
export function parseLength(text: string, now: Temporal.ZonedDateTime): Temporal.ZonedDateTime | undefined {
  const typed = text.replace(SINGLE, '$11 $2')
  const back = firstLength(typed, BACK)
  if (back) return elapsed(now, back, -1)
  const ahead = firstLength(typed, AHEAD)
  return ahead && elapsed(now, ahead, 1)
}

function firstLength(text: string, forms: readonly RegExp[]): Length | undefined {
  return forms.map((form) => lengthOf(form.exec(text)?.[1] ?? '')).find((length) => length !== undefined)
}

/** Parses a length by itself: `24h`, `2 weeks`, `a month and 3 days`. */
export function lengthOf(text: string): Length | undefined {
  if (!WHOLE.test(text)) return undefined
  let { months, days, milliseconds } = NONE
  for (const [, amount = '', name = ''] of text.matchAll(EACH)) {
    const unit = UNITS.find(([begins]) => begins.test(name))?.[1] ?? NONE
    const count = numberOf(amount.trim())
    months += count * unit.months
    days += count * unit.days
    milliseconds += count * unit.milliseconds
  }
  days += (months % 1) * 30
  milliseconds += (days % 1) * DAY
  return {
    months: Math.min(Math.trunc(months), LONGEST.months),
    days: Math.min(Math.trunc(days), LONGEST.days),
    milliseconds: Math.min(Math.round(milliseconds), LONGEST.milliseconds),
  }
}

function numberOf(amount: string): number {
  if (amount.startsWith('half')) return 0.5
  if (amount.includes('couple')) return 2
  if (amount === 'a' || amount === 'an') return 1
  return NUMBERS.indexOf(amount) + 1 || Number(amount)
}

/** The direction in which a length is added: `-1` for before, `1` for after. */
type Direction = 1 | -1

/**
 * The moment at some length before or after another, with days of 24 hours. If the resulting month has no such day, it
 * is the last day of the month.
 */
export function elapsed(
  from: Temporal.ZonedDateTime,
  { months, days, milliseconds }: Length,
  direction: Direction,
): Temporal.ZonedDateTime {
  return from.add(durationOf({ months, days: 0, milliseconds: days * DAY + milliseconds }, direction))
}

/** A length to add on the calendar: a day later is the next date, even if the day has 23 or 25 hours. */
export function durationOf({ months, days, milliseconds }: Length, direction: Direction): Temporal.Duration {
  return Temporal.Duration.from({
    months: months * direction,
    days: days * direction,
    milliseconds: milliseconds * direction,
  })
}

/** Whether a length consists of whole days, weeks, months or years. */
export function isWholeDays({ milliseconds }: Length): boolean {
  return milliseconds % DAY === 0
}

const AGO = new RegExp(`(?<![\\w:.])(${LENGTHS})ago\\b`, 'g')

/** Replaces lengths of whole days with dates: `2 weeks ago` becomes `2026-11-10`. */
export function lengthsToDates(text: string, now: Temporal.ZonedDateTime): string {
  return text.replace(AGO, (typed: string, words: string) => {
    const length = lengthOf(words)
    return length && isWholeDays(length) ? now.toPlainDate().add(durationOf(length, -1)).toString() : typed
  })
}
