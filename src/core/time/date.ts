import { Temporal } from 'temporal-polyfill'
import { daysFrom, type Reading, readPeriod } from './calendar.ts'
import { MONTHS, shortForms, WEEKDAYS } from './calendar-names.ts'
import { durationOf, elapsed, isOfDays, lengthOf, readLength } from './length.ts'
import { readPhrase } from './phrase.ts'
import { DAY } from './units.ts'
import { zoneIn } from './zone.ts'

/** No text about time is longer. Some patterns would take long for it. */
const LONGEST = 200

/**
 * Reads a text about time: a length back from now (`24h`), a period of the calendar (`last month`), or a date and a
 * time. A text without a day, week or year means the last one that has come. Gives undefined for ranges, for texts of
 * which only a part is a date, and for ambiguous ones, and refuses a length of zero and a date with the wrong weekday.
 * The result does not depend on the time zone of the host.
 * @param now in milliseconds since the Unix epoch
 * @param zone the time zone of days and times (an IANA name or an offset), unless the text names one
 */
export function readTime(text: string, now: number, zone = 'UTC'): Reading | undefined {
  if (text.length > LONGEST) return undefined
  const typed = normalized(text)
  const zoned = zoneIn(typed) ?? { text: typed, zone }
  const there = Temporal.Instant.fromEpochMilliseconds(Math.floor(now)).toZonedDateTimeISO(zoned.zone)
  return readEdge(zoned.text, there) ?? readSimple(zoned.text, there) ?? readShifted(zoned.text, there)
}

/** Short and other names, as regular expressions, and the ones that are read. Chrono knows all of those. */
const NAMES = Object.entries({
  'prev(?:ious)?': 'last',
  ...Object.fromEntries([...WEEKDAYS, ...MONTHS].map((name) => [shortForms(name), name])),
}).map(([short, name]) => [new RegExp(`\\b${short}\\b(?:\\.(?![^ ,]))?`, 'g'), name] as const)

/** The text with one way to write what can be written in several. */
function normalized(text: string): string {
  const typed = text.toLowerCase().replace(/\s+/g, ' ').trim()
  return NAMES.reduce((written, [short, name]) => written.replace(short, name), typed)
}

/** A text that is not relative to another. */
function readSimple(text: string, now: Temporal.ZonedDateTime): Reading | undefined {
  if (text === 'now') return momentAt(now)
  const moment = readLength(text, now)
  if (moment) return lengthTo(moment, now)
  const period = readPeriod(text, now)
  return period ? { is: 'read', dated: period } : readPhrase(text, now)
}

/** A moment that is counted from now. */
function lengthTo(moment: Temporal.ZonedDateTime, now: Temporal.ZonedDateTime): Reading {
  return moment.equals(now) ? { is: 'refused', why: 'is a length of zero' } : momentAt(moment)
}

function momentAt(moment: Temporal.ZonedDateTime): Reading {
  return { is: 'read', dated: { at: 'moment', time: moment.epochMilliseconds } }
}

/**
 * `start of last month`, `end of yesterday`. The end of days that are not over yet is not read as a moment: it may be
 * an `until`, though it lies ahead.
 */
function readEdge(text: string, now: Temporal.ZonedDateTime): Reading | undefined {
  const [, edge, name] = /^(?:the )?(start|beginning|end) of (?:the )?(.+)$/.exec(text) ?? []
  if (name === undefined) return undefined
  const whole = readSimple(
    name.replace(/^(?=(?:week|month|quarter|year)$)/, 'this ').replace(/^day$/, 'today'),
    now,
  )
  if (whole?.is !== 'read') return whole
  const { dated } = whole
  if (dated.at !== 'stretch') return undefined
  if (edge !== 'end') return { is: 'read', dated: { at: 'moment', time: dated.time } }
  const isOver = dated.end <= now.epochMilliseconds
  return { is: 'read', dated: isOver ? { at: 'moment', time: dated.end } : { ...dated, at: 'end' } }
}

/** `3 days before 2026-08-01`, `2 hours after yesterday 14:00`, `the day before yesterday`. */
function readShifted(text: string, now: Temporal.ZonedDateTime): Reading | undefined {
  const [, typed = '', side, name = ''] = /^(.+?) (before|after|from) (.+)$/.exec(text) ?? []
  const length = lengthOf(typed.replace(/^(?:the )?(?=(?:hour|day|week|month|year)$)/, '1 '))
  if (!length) return undefined
  const direction = side === 'before' ? -1 : 1
  const counted = name === 'now' ? now : readLength(name, now)
  if (counted) return lengthTo(elapsed(counted, length, direction), now)
  const from = readSimple(name, now)
  if (from?.is !== 'read') return from
  const { dated } = from
  const start = Temporal.Instant.fromEpochMilliseconds(dated.time).toZonedDateTimeISO(now.timeZoneId)
  const duration = durationOf(length, direction)
  if (dated.at === 'moment') return momentAt(start.add(duration))
  // “2 days before last month” has no certain meaning. A single day has 25 hours at most.
  if (dated.end - dated.time > 1.5 * DAY) return undefined
  if (!isOfDays(length)) return momentAt(start.withPlainTime(now.toPlainTime()).add(duration))
  const day = start.toPlainDate().add(duration)
  return { is: 'read', dated: daysFrom(day, day.add({ days: 1 }), now.timeZoneId) }
}
