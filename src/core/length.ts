import type { Temporal } from 'temporal-polyfill'
/** A length of time. Months are those of the calendar, so they differ in length. */
export interface Length {
  readonly months: number
  readonly milliseconds: number
}

export const DAY = 86_400_000

/** The units, by how their names begin. */
const UNITS: readonly (readonly [name: RegExp, unit: Length])[] = [
  [/^mo/, { months: 1, milliseconds: 0 }],
  [/^s/, { months: 0, milliseconds: 1000 }],
  [/^m/, { months: 0, milliseconds: 60_000 }],
  [/^h/, { months: 0, milliseconds: 3_600_000 }],
  [/^d/, { months: 0, milliseconds: DAY }],
  [/^w/, { months: 0, milliseconds: 7 * DAY }],
  [/^y/, { months: 12, milliseconds: 0 }],
]

const NUMBERS = 'one two three four five six seven eight nine ten eleven twelve'.split(' ')

const AMOUNT = `\\d{1,12}(?:\\.\\d{1,6})?\\s*|(?:half\\san?|(?:a\\s)?couple(?:\\sof)?|an?|${NUMBERS.join('|')})\\s`

const UNIT =
  '(?:mo(?:s|nths?)?|s(?:ec(?:ond)?s?)?|m(?:in(?:ute)?s?)?|h(?:(?:ou)?rs?)?|d(?:ays?)?|w(?:eeks?|ks?)?|y(?:(?:ea)?rs?)?)(?![a-z])'

/** Lengths that are added up: `1d12h`, `1 hour and 30 minutes`. */
const LENGTHS = `(?:(?:${AMOUNT})${UNIT}[\\s,]*(?:and\\s)?)+`

const EACH = new RegExp(`(${AMOUNT})(${UNIT})`, 'g')
const WHOLE = new RegExp(`^${LENGTHS}$`)

/** The longest that is calculated with, 1,000 years: it reaches far behind the first snowflake. */
const LONGEST: Length = { months: 12_000, milliseconds: 365_250 * DAY }

const BACK: readonly RegExp[] = [
  /^(?:(?:about|around)\s|~)?-?(.+?)\s?(?:ago|earlier)?$/,
  /^(?:the\s)?(?:last|past)\s(.+)$/,
]
const AHEAD: readonly RegExp[] = [/^(?:in\s|\+)(.+)$/, /^(.+)\slater$/]

/** `past week`, `last hour`: a length without a number. `last week` is not one, but a week of the calendar. */
const SINGLE = /^((?:the\s)?(?:(?:past|last)\s(?=second|minute|hour|day)|past\s(?=week|month|year)))([a-z]+)$/

/** Reads a length as the moment that long before now, or after it: `24h`, `two weeks ago`, `in an hour`. */
export function readLength(text: string, now: Temporal.ZonedDateTime): Temporal.ZonedDateTime | undefined {
  const typed = text.replace(SINGLE, '$11 $2')
  const back = firstLength(typed, BACK)
  if (back) return shifted(now, back, -1)
  const ahead = firstLength(typed, AHEAD)
  return ahead && shifted(now, ahead, 1)
}

function firstLength(text: string, forms: readonly RegExp[]): Length | undefined {
  return forms.map((form) => lengthOf(form.exec(text)?.[1] ?? '')).find((length) => length !== undefined)
}

/** Reads nothing but a length: `24h`, `2 weeks`, `a month and 3 days`. */
export function lengthOf(text: string): Length | undefined {
  if (!WHOLE.test(text)) return undefined
  let [months, milliseconds] = [0, 0]
  for (const [, amount = '', name = ''] of text.matchAll(EACH)) {
    const unit = UNITS.find(([begins]) => begins.test(name))?.[1]
    months += numberOf(amount.trim()) * (unit?.months ?? 0)
    milliseconds += numberOf(amount.trim()) * (unit?.milliseconds ?? 0)
  }
  const part = months % 1
  return {
    months: Math.min(months - part, LONGEST.months),
    milliseconds: Math.min(Math.round(milliseconds + part * 30 * DAY), LONGEST.milliseconds),
  }
}

function numberOf(amount: string): number {
  if (amount.startsWith('half')) return 0.5
  if (amount.includes('couple')) return 2
  if (amount === 'a' || amount === 'an') return 1
  return NUMBERS.indexOf(amount) + 1 || Number(amount)
}

/** The moment that long before or after another. If that month has no such day, it is the month's last day. */
export function shifted(
  from: Temporal.ZonedDateTime,
  { months, milliseconds }: Length,
  direction: 1 | -1,
): Temporal.ZonedDateTime {
  return from.add({ months: months * direction, milliseconds: milliseconds * direction })
}

/** Whether a length is one of whole days, weeks, months or years. */
export function isOfDays({ milliseconds }: Length): boolean {
  return milliseconds % DAY === 0
}

const AGO = new RegExp(`(?<![\\w:.])(${LENGTHS})ago\\b`, 'g')

/** The same text with dates instead of lengths of whole days: `2 weeks ago` becomes `2026-11-10`. */
export function datedLengths(text: string, now: Temporal.ZonedDateTime): string {
  return text.replace(AGO, (typed: string, words: string) => {
    const length = lengthOf(words)
    return length && isOfDays(length) ? shifted(now, length, -1).toPlainDate().toString() : typed
  })
}
