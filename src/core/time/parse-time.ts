import { Temporal } from 'temporal-polyfill'
import { daysFrom, type ParsedTime, parsePeriod } from './calendar.ts'
import { MONTHS, shortForms, WEEKDAYS } from './calendar-names.ts'
import { durationOf, elapsed, isWholeDays, lengthOf, parseLength } from './length.ts'
import { parsePhrase } from './phrase.ts'
import { DAY } from './units.ts'
import { zoneIn } from './zones/zone-in-text.ts'

/** Longer texts are not parsed, because matching some patterns would take too long. */
const LONGEST = 200

/**
 * Parses a text about time: a length back from now (`24h`), a period of the calendar (`last month`), or a date and
 * time. A text without a day, week or year means the latest one that is not in the future. The result does not depend
 * on the time zone of the host.
 * @param now in milliseconds since the Unix epoch
 * @param zone the time zone of days and times (an IANA name or an offset), unless the text names one
 * @returns undefined for ranges, for ambiguous texts, and for texts of which only a part is a date; `rejected` for a
 *   length of zero and for a date with the wrong weekday
 */
export function parseTime(text: string, now: number, zone = 'UTC'): ParsedTime | undefined {
  if (text.length > LONGEST) return undefined
  const typed = normalized(text)
  const zoned = zoneIn(typed) ?? { text: typed, zone }
  const there = Temporal.Instant.fromEpochMilliseconds(Math.floor(now)).toZonedDateTimeISO(zoned.zone)
  return parseEdge(zoned.text, there) ?? parseSimple(zoned.text, there) ?? parseShifted(zoned.text, there)
}

/** Regular expressions for other forms of names, and the names that replace them, all of which chrono knows. */
const NAMES = Object.entries({
  'prev(?:ious)?': 'last',
  ...Object.fromEntries([...WEEKDAYS, ...MONTHS].map((name) => [shortForms(name), name])),
}).map(([short, name]) => [new RegExp(`\\b${short}\\b(?:\\.(?![^ ,]))?`, 'g'), name] as const)

/** The text in lower case, with one form for each name. */
function normalized(text: string): string {
  const typed = text.toLowerCase().replace(/\s+/g, ' ').trim()
  return NAMES.reduce((result, [form, name]) => result.replace(form, name), typed)
}

/** A text that is not relative to another. */
function parseSimple(text: string, now: Temporal.ZonedDateTime): ParsedTime | undefined {
  if (text === 'now') return momentAt(now)
  const moment = parseLength(text, now)
  if (moment) return lengthTo(moment, now)
  const period = parsePeriod(text, now)
  return period ? { type: 'parsed', value: period } : parsePhrase(text, now)
}

/** A moment at some distance from now. */
function lengthTo(moment: Temporal.ZonedDateTime, now: Temporal.ZonedDateTime): ParsedTime {
  return moment.equals(now) ? { type: 'rejected', reason: 'is a duration of zero' } : momentAt(moment)
}

function momentAt(moment: Temporal.ZonedDateTime): ParsedTime {
  return { type: 'parsed', value: { type: 'moment', time: moment.epochMilliseconds } }
}

/**
 * `start of last month`, `end of yesterday`. The end of days that are not over is returned as an end and not as a
 * moment, because `until` accepts it although it is in the future.
 */
function parseEdge(text: string, now: Temporal.ZonedDateTime): ParsedTime | undefined {
  const [, edge, name] = /^(?:the )?(start|beginning|end) of (?:the )?(.+)$/.exec(text) ?? []
  if (name === undefined) return undefined
  const whole = parseSimple(
    name.replace(/^(?=(?:week|month|quarter|year)$)/, 'this ').replace(/^day$/, 'today'),
    now,
  )
  if (whole?.type !== 'parsed') return whole
  const { value } = whole
  if (value.type !== 'days') return undefined
  if (edge !== 'end') return { type: 'parsed', value: { type: 'moment', time: value.time } }
  const isOver = value.end <= now.epochMilliseconds
  return {
    type: 'parsed',
    value: isOver ? { type: 'moment', time: value.end } : { ...value, type: 'end' },
  }
}

/** `3 days before 2026-08-01`, `2 hours after yesterday 14:00`, `the day before yesterday`. */
function parseShifted(text: string, now: Temporal.ZonedDateTime): ParsedTime | undefined {
  const [, typed = '', side, name = ''] = /^(.+?) (before|after|from) (.+)$/.exec(text) ?? []
  const length = lengthOf(typed.replace(/^(?:the )?(?=(?:hour|day|week|month|year)$)/, '1 '))
  if (!length) return undefined
  const direction = side === 'before' ? -1 : 1
  const counted = name === 'now' ? now : parseLength(name, now)
  if (counted) return lengthTo(elapsed(counted, length, direction), now)
  const from = parseSimple(name, now)
  if (from?.type !== 'parsed') return from
  const { value } = from
  const start = Temporal.Instant.fromEpochMilliseconds(value.time).toZonedDateTimeISO(now.timeZoneId)
  const duration = durationOf(length, direction)
  if (value.type === 'moment') return momentAt(start.add(duration))
  // “2 days before last month” is ambiguous. A single day has at most 25 hours.
  if (value.end - value.time > 1.5 * DAY) return undefined
  if (!isWholeDays(length)) return momentAt(start.withPlainTime(now.toPlainTime()).add(duration))
  const day = start.toPlainDate().add(duration)
  return { type: 'parsed', value: daysFrom(day, day.add({ days: 1 }), now.timeZoneId) }
}
