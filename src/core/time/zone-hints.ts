import { Temporal } from 'temporal-polyfill'
import { ABBREVIATIONS } from './zone.ts'

/** `pacific`, `eastern standard time`: the first letters form the abbreviation. */
const IN_WORDS = /\b(?:us )?([pmce])(?:acific|ountain|entral|astern)(?: (s)tandard| (d)aylight)?(?: time)?\b/

/** A name of the time zone database: `america/los_angeles`. */
const NAME = /\b[a-z]+(?:\/[a-z_-]+)+/

/** The text with the abbreviation of a time zone in place of its name: `10am PT` for `10am pacific`. */
export function zoneHints(typed: string, { year }: Temporal.PlainDate): string[] {
  const [words, letter, standard = '', daylight = ''] = IN_WORDS.exec(typed) ?? []
  if (words !== undefined) {
    return [typed.replace(words, `${letter}${standard}${daylight}t`.toUpperCase())]
  }
  const [name] = NAME.exec(typed) ?? []
  const short = name === undefined ? undefined : shortName(name, year)
  return name === undefined || short === undefined ? [] : [typed.replace(name, short)]
}

/** The abbreviation of a zone with the same clock changes, or the offset of a zone without any. */
function shortName(name: string, year: number): string | undefined {
  const offsets = offsetsIn(name, year)
  if (!offsets) return undefined
  const [winter, summer] = offsets
  if (winter === summer) return `UTC${winter}`
  const same = (zone: string) => zone.includes('/') && offsetsIn(zone, year)?.join() === offsets.join()
  return Object.entries(ABBREVIATIONS).find(([, zone]) => same(zone))?.[0]
}

/** The offsets from UTC in January and July; undefined for a name that is not a time zone. */
function offsetsIn(zone: string, year: number): readonly string[] | undefined {
  try {
    return [1, 7].map(
      (month) => Temporal.PlainDate.from({ year, month, day: 1 }).toZonedDateTime(zone).offset,
    )
  } catch (error) {
    if (error instanceof RangeError) return undefined
    throw error
  }
}
