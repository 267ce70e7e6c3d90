import { ABBREVIATIONS } from './abbreviations.ts'
import { timeZoneNamed, timeZoneOfPlace } from './time-zones.ts'

const ABBREVIATION = /^(.+?)(?:(?<=\d)|[\s,]+)\(?([a-z]{1,4})\)?$/i

const OFFSETS: readonly RegExp[] = [
  // 14:00 UTC+2
  /^(.+?)[\s,(]*(?:utc|gmt)\s*([+-])(\d{1,2})(?::?(\d{2}))?\)?$/i,
  // 14:00+02:00, 2pm +2
  /^(.*(?::\d{2}(?:\.\d+)?|\dt\d{1,2}|[ap]m))\s*(\+)(\d{1,2})(?::?(\d{2}))?$/i,
  // 14:00:00-05:00, 2026-08-01T14:00-0500, 14:00 -05:00. But 14:00-16:00 is a range.
  /^(.*(?::\d{2}:\d{2}(?:\.\d+)?|t\d{1,2}(?::\d{2})?|(?::\d{2}|[ap]m)\s+))(-)(\d{2})(?::?(\d{2}))?$/i,
]

/** `GMT+0100 (Central European Standard Time)`, as JavaScript writes it. The name repeats the offset. */
const NAME_AFTER_OFFSET = /(?<=[+-]\d{2}:?\d{2})\s*\([^()]*\)$/

interface Zoned {
  readonly text: string
  readonly zone: string
}

/** A time of day at the end of a text. */
const TIME_OF_DAY = /(?:\d:\d{2}|\d ?[ap]m|noon|midday|midnight)$/i

/** The time zone that a text names, and the text without it; undefined if the text names none. */
export function zoneIn(text: string): Zoned | undefined {
  return zoneAtEnd(text) ?? zoneAfterTime(text)
}

/** A zone that follows a time of day in the middle of a text: `3pm PST yesterday`. */
function zoneAfterTime(text: string): Zoned | undefined {
  for (let space = text.lastIndexOf(' '); space > 0; space = text.lastIndexOf(' ', space - 1)) {
    const found = zoneAtEnd(text.slice(0, space).replace(/,$/, ''))
    if (found && TIME_OF_DAY.test(found.text)) return { ...found, text: found.text + text.slice(space) }
  }
  return undefined
}

/** The time zone that a text ends with, and the text without it. */
function zoneAtEnd(text: string): Zoned | undefined {
  const typed = text.replace(NAME_AFTER_OFFSET, '')
  for (const offset of OFFSETS) {
    const [, rest = '', sign = '', hours = '', minutes = '00'] = offset.exec(typed) ?? []
    // No zone is more than 14 hours from UTC: https://en.wikipedia.org/wiki/UTC%2B14:00
    if (sign !== '' && Number(hours) <= 14 && Number(minutes) < 60) {
      return { text: rest.trim(), zone: `${sign}${hours.padStart(2, '0')}:${minutes}` }
    }
  }
  const [, rest = '', name = ''] = ABBREVIATION.exec(typed) ?? []
  const zone = Object.hasOwn(ABBREVIATIONS, name.toUpperCase())
    ? ABBREVIATIONS[name.toUpperCase()]
    : undefined
  return zone === undefined ? namedZoneAtEnd(typed) : { text: rest.trim(), zone }
}

/** A name of the time zone database: `14:00 Europe/Berlin`. */
const IANA_NAME = /^(.+?)[\s,]+\(?([a-z_]+(?:\/[a-z_+-]+)+)\)?$/i

/** A city after a time of day: `14:00 new york`. */
const PLACE = /^(.*(?:\d:\d{2}|\d ?[ap]m|noon|midday|midnight))[\s,]+\(?(?:in )?(\p{L}[\p{L} .'_-]+?)\)?$/iu

/** The time zone whose IANA name, or a city of which, a text ends with, and the text without it. */
function namedZoneAtEnd(text: string): Zoned | undefined {
  const [, rest = '', name] = IANA_NAME.exec(text) ?? []
  if (name !== undefined) return zonedBy(rest, timeZoneNamed(name))
  const [, time = '', place] = PLACE.exec(text) ?? []
  return place === undefined ? undefined : zonedBy(time, timeZoneOfPlace(place))
}

function zonedBy(text: string, zone: string | undefined): Zoned | undefined {
  return zone === undefined ? undefined : { text: text.trim(), zone }
}
