import { casual } from 'chrono-node'

/** What a text about time means: a moment, or a whole UTC day or month from its start to its end. */
export type Dated =
  | { readonly at: 'moment'; readonly time: number }
  | { readonly at: 'stretch'; readonly time: number; readonly end: number }

const DAY = 86_400_000

/** Texts that chrono would read, but that do not mean the same everywhere. */
const DISPUTED: readonly RegExp[] = [
  // One day in London and another in New York: 01/08/2026, 1.8.26.
  /\d\s*\/\s*\d/,
  /(?<![\d.:-])\d{1,2}[.-]\d{1,2}[.-]\d/,
  // Chrono takes 2026-13-01 for 13 January.
  /\d{4}[-.\s](?:1[3-9]|2\d|3[01])[-.\s]\d/,
  // Chrono reads these by the time zone of the machine it runs on.
  /last\s+night|this\s+(?:month|year)/i,
]

/** How chrono marks a date that it knows to the hour, although none is written. */
const TO_THE_HOUR = /^(?:result\/relativeDate|casualReference\/(?:morning|afternoon|evening|tonight))$/

/**
 * Reads dates and phrases, in UTC unless they say otherwise. Not read are ranges, texts of which only a part is a
 * date, and those whose day is anybody's guess.
 */
export function readDate(typed: string, now: number): Dated | undefined {
  if (DISPUTED.some((disputed) => disputed.test(typed))) return undefined
  const [date] = casual.parse(typed, { instant: new Date(now), timezone: 'UTC' })
  if (!date || date.end || date.text.length !== typed.length) return undefined
  const { start } = date
  const time = start.date().getTime()
  const countedFromDay = /\b(?:before|after)\b/i.test(typed) && start.isCertain('day')
  const toTheHour = !countedFromDay && [...start.tags()].some((tag) => TO_THE_HOUR.test(tag))
  if (start.isCertain('hour') || toTheHour) return { at: 'moment', time }

  if (start.isCertain('day') || start.isCertain('weekday')) {
    const day = Math.floor(time / DAY)
    return { at: 'stretch', time: day * DAY, end: (day + 1) * DAY }
  }
  const [year, month] = [start.get('year'), start.get('month')]
  if (!year || !month || !start.isCertain('month')) return undefined
  return { at: 'stretch', time: Date.UTC(year, month - 1), end: Date.UTC(year, month) }
}
