import type { Temporal } from 'temporal-polyfill'
import { datedNames } from './calendar.ts'
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

/** Whether a text has a form that chrono would read, but whose meaning is not certain. */
export function isAmbiguous(typed: string): boolean {
  return AMBIGUOUS.some((form) => form.test(typed))
}

/** Forms that chrono does not read, or reads by the clock of the host, and how they are written for it. */
const REWRITES: readonly (readonly [RegExp, string])[] = [
  // With the year first, slashes are not ambiguous: 2026/08/01.
  [/^(\d{4})\/(\d{1,2})\/(\d{1,2})(?!\S)/, '$1-$2-$3'],
  [/\b(?:12(?::00)? )?(?:noon|midday)\b/, '12:00'],
  [/\b(?:12(?::00)? )?midnight\b/, '00:00'],
  [/^the /, ''],
  [/^(morning|afternoon|evening)(?: of| on)?(?: the)? (.+)$/, '$2 $1'],
  // 2026-05-01T14, and 14h00 as in French. One digit before the `h` may be a length: 1h30.
  [/(?<=^\d{4}-\d{2}-\d{2})t(?=\d{2}$)/, ' '],
  [/\b(\d{2})h(\d{2})\b/, '$1:$2'],
]

/** A fraction of a second with any number of digits. Chrono reads `.5` as 5 ms, and refuses `.123456`. */
const FRACTION = /(?<=:\d{2})[.,](\d{1,9})(?!\d)/

/** A phrase as it is written for chrono, with dates for what is relative to today. */
export function rewritten(text: string, now: Temporal.ZonedDateTime): string {
  const written = REWRITES.reduce((typed, [form, rewrite]) => typed.replace(form, rewrite), text)
  return datedLengths(datedNames(written, now), now).replace(
    FRACTION,
    (_, digits: string) => `.${digits.slice(0, 3).padEnd(3, '0')}`,
  )
}
