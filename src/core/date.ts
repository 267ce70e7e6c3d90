import { Temporal } from 'temporal-polyfill'
import { type Dated, daysFrom, readPeriod } from './calendar.ts'
import { DAY, isOfDays, lengthOf, readLength, shifted } from './length.ts'
import { readPhrase } from './phrase.ts'
import { zoneIn } from './zone.ts'

/**
 * Reads a text about time: a length back from now (`24h`), a period of the calendar (`last month`), or a date and a
 * time. A text without a day, week or year means the last one that has come. Gives undefined for ranges, for texts of
 * which only a part is a date, and for ambiguous ones. The result does not depend on the time zone of the host.
 * @param now in milliseconds since the Unix epoch
 * @param zone the time zone of days and times (an IANA name or an offset), unless the text names one
 */
export function readDate(text: string, now: number, zone = 'UTC'): Dated | undefined {
  const typed = normalized(text)
  const zoned = zoneIn(typed) ?? { text: typed, zone }
  const there = Temporal.Instant.fromEpochMilliseconds(Math.floor(now)).toZonedDateTimeISO(zoned.zone)
  return readEdge(zoned.text, there) ?? readSimple(zoned.text, there) ?? readShifted(zoned.text, there)
}

/** Short names of weekdays and months, as regular expressions, and the long ones. Chrono knows all the long ones. */
const NAMES = Object.entries({
  mon: 'monday',
  'tues?': 'tuesday',
  'weds?': 'wednesday',
  'thu(?:rs?)?': 'thursday',
  fri: 'friday',
  sat: 'saturday',
  sun: 'sunday',
  jan: 'january',
  feb: 'february',
  mar: 'march',
  apr: 'april',
  jun: 'june',
  jul: 'july',
  aug: 'august',
  'sept?': 'september',
  oct: 'october',
  nov: 'november',
  dec: 'december',
}).map(([short, name]) => [new RegExp(`\\b${short}\\b(?:\\.(?![^ ,]))?`, 'g'), name] as const)

/** The text with one way to write what can be written in several. */
function normalized(text: string): string {
  const typed = text.toLowerCase().replace(/\s+/g, ' ').trim()
  return NAMES.reduce((written, [short, name]) => written.replace(short, name), typed)
}

/** A text that is not relative to another. */
function readSimple(text: string, now: Temporal.ZonedDateTime): Dated | undefined {
  const moment = text === 'now' ? now : readLength(text, now)
  return moment ? momentAt(moment) : (readPeriod(text, now) ?? readPhrase(text, now))
}

function momentAt(moment: Temporal.ZonedDateTime): Dated {
  return { at: 'moment', time: moment.epochMilliseconds }
}

/** `start of last month`, `end of yesterday`. */
function readEdge(text: string, now: Temporal.ZonedDateTime): Dated | undefined {
  const [, edge, name] = /^(?:the )?(start|beginning|end) of (?:the )?(.+)$/.exec(text) ?? []
  if (name === undefined) return undefined
  const whole = readSimple(
    name.replace(/^(?=(?:week|month|quarter|year)$)/, 'this ').replace(/^day$/, 'today'),
    now,
  )
  if (whole?.at !== 'stretch') return undefined
  return { at: 'moment', time: edge === 'end' ? whole.end : whole.time }
}

/** `3 days before 2026-08-01`, `2 hours after yesterday 14:00`, `the day before yesterday`. */
function readShifted(text: string, now: Temporal.ZonedDateTime): Dated | undefined {
  const [, typed = '', side, name = ''] = /^(.+?) (before|after|from) (.+)$/.exec(text) ?? []
  const length = lengthOf(typed.replace(/^(?:the )?(?=(?:hour|day|week|month|year)$)/, '1 '))
  const from = length && readSimple(name, now)
  if (!from) return undefined
  const direction = side === 'before' ? -1 : 1
  const start = Temporal.Instant.fromEpochMilliseconds(from.time).toZonedDateTimeISO(now.timeZoneId)
  if (from.at === 'moment') return momentAt(shifted(start, length, direction))
  // For more than one day, the meaning is not certain. A day can have 25 hours.
  if (from.end - from.time > 1.5 * DAY) return undefined
  if (!isOfDays(length)) return momentAt(shifted(start.withPlainTime(now.toPlainTime()), length, direction))
  const day = shifted(start, length, direction).toPlainDate()
  return daysFrom(day, day.add({ days: 1 }), now.timeZoneId)
}
