import type { Temporal } from 'temporal-polyfill'
import { namesToDates } from './calendar.ts'
import { lengthsToDates } from './length.ts'

/** Forms that chrono parses although they are ambiguous. */
const AMBIGUOUS: readonly RegExp[] = [
  // 01/08/2026 and 1.8.26 are different days in London and in New York.
  /\d\s*\/\s*\d/,
  /(?<![\d.:-])\d{1,2}[.-]\d{1,2}[.-]\d/,
  // Chrono parses 2026-13-01 as 13 January.
  /\d{4}[-.\s](?:1[3-9]|2\d|3[01])[-.\s]\d/,
  // It is unclear when a night begins, and which day of a weekend is meant.
  /\blast night\b|\bweek(?:day|end)\b/,
  // Chrono parses “night before yesterday” as the night of yesterday.
  /\b(?:before|after) (?!\d)/,
  // These are allowed only before days and parts of days. Weeks, months and lengths are parsed elsewhere.
  /\b(?:this|last|past|next)\b(?! (?:\w+day|morning|afternoon|evening|night)\b)/,
]

/** Whether a text has a form that chrono would parse although it is ambiguous. */
export function isAmbiguous(typed: string): boolean {
  return AMBIGUOUS.some((form) => form.test(typed))
}

/** Forms that chrono does not parse, or parses in the host's time zone, and their replacements. */
const REWRITES: readonly (readonly [RegExp, string])[] = [
  // 2026/08/01 is not ambiguous, since the year comes first.
  [/^(\d{4})\/(\d{1,2})\/(\d{1,2})(?!\S)/, '$1-$2-$3'],
  [/\b(?:12(?::00)? )?(?:noon|midday)\b/, '12:00'],
  [/\b(?:12(?::00)? )?midnight\b/, '00:00'],
  [/^the /, ''],
  [/^(morning|afternoon|evening)(?: of| on)?(?: the)? (.+)$/, '$2 $1'],
  // 2026-05-01T14, and 14h00 as in French. With one digit it may be a length: 1h30.
  [/(?<=^\d{4}-\d{2}-\d{2})t(?=\d{2}$)/, ' '],
  [/\b(\d{2})h(\d{2})\b/, '$1:$2'],
]

/** A fraction of a second with any number of digits. Chrono parses `.5` as 5 ms and rejects `.123456`. */
const FRACTION = /(?<=:\d{2})[.,](\d{1,9})(?!\d)/

/** Rewrites a phrase into forms that chrono parses, with dates for what is relative to today. */
export function rewriteForChrono(text: string, now: Temporal.ZonedDateTime): string {
  const rewritten = REWRITES.reduce((typed, [form, rewrite]) => typed.replace(form, rewrite), text)
  return lengthsToDates(namesToDates(rewritten, now), now).replace(
    FRACTION,
    (_, digits: string) => `.${digits.slice(0, 3).padEnd(3, '0')}`,
  )
}
