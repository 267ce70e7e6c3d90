import { casual, type ParsedResult } from 'chrono-node'
import { type Dated, readNamed } from './calendar.ts'

const DAY = 86_400_000
const YEAR = 365.25 * DAY

/** 29 February comes again after eight years at most. https://en.wikipedia.org/wiki/Gregorian_calendar */
const LEAP_YEARS_APART = 8

/** Texts that chrono would read, but that do not mean the same everywhere. */
const DISPUTED: readonly RegExp[] = [
  // One day in London and another in New York: 01/08/2026, 1.8.26.
  /\d\s*\/\s*\d/,
  /(?<![\d.:-])\d{1,2}[.-]\d{1,2}[.-]\d/,
  // Chrono takes 2026-13-01 for 13 January.
  /\d{4}[-.\s](?:1[3-9]|2\d|3[01])[-.\s]\d/,
  // Chrono reads this by the time zone of the machine it runs on.
  /last\s+night/i,
]

/** Slashes leave no doubt where the year comes first: 2026/08/01. */
const YEAR_FIRST = /^(\d{4})\/(\d{1,2})\/(\d{1,2})(?!\S)/

/** How chrono marks a date that it knows to the hour, although none is written. */
const TO_THE_HOUR = /^(?:result\/relativeDate|casualReference\/(?:morning|afternoon|evening|tonight))$/

/**
 * Reads dates and phrases, in UTC unless they say otherwise. What does not say its year, or its week, is the last
 * one that has come. Not read are ranges, texts of which only a part is a date, and those whose day is anybody's guess.
 */
export function readDate(text: string, now: number): Dated | undefined {
  const named = readNamed(text, now)
  if (named) return named
  const typed = text.replace(YEAR_FIRST, '$1-$2-$3')
  if (DISPUTED.some((disputed) => disputed.test(typed))) return undefined
  const date = parse(typed, now)
  const dated = date && toDated(date, typed)
  if (date && (!dated || dated.time <= now)) return dated
  return (
    stepsBack(typed, date)
      .map((step) => parse(typed, now - step))
      .map((earlier) => earlier && toDated(earlier, typed))
      .find((earlier) => earlier && earlier.time <= now) ?? dated
  )
}

function parse(typed: string, now: number): ParsedResult | undefined {
  const [date] = casual.parse(typed, { instant: new Date(now), timezone: 'UTC' })
  return date && !date.end && date.text.length === typed.length ? date : undefined
}

/** How far chrono has to be taken back, step by step, to read a date that lies ahead as the last that has come. */
function stepsBack(typed: string, date: ParsedResult | undefined): number[] {
  if (!date) {
    // No year near now may have that day.
    return /\b29(?:th)?\b/i.test(typed) ? years(LEAP_YEARS_APART) : []
  }
  const { start } = date
  if (start.isCertain('month')) return start.isCertain('year') ? [] : years(1)
  const isWeekdayAlone = start.isCertain('weekday') && !start.isCertain('day')
  return isWeekdayAlone && !/\b(?:this|next)\b/i.test(typed) ? [7 * DAY] : []
}

function years(count: number): number[] {
  return Array.from({ length: count }, (_, index) => (index + 1) * YEAR)
}

function toDated({ start }: ParsedResult, typed: string): Dated | undefined {
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
