import { Temporal } from 'temporal-polyfill'
import { RENAMED_ZONES, WELL_KNOWN_ZONES } from './well-known-zones.ts'

// A time zone is an IANA name. Offsets such as `+02:00` are none, because they do not follow summer time.

/**
 * The time zone with an IANA name in any case: the name that the database has now, also for an old one such as
 * `Asia/Calcutta`; undefined if this version of Node knows no such zone.
 */
export function timeZoneNamed(name: string): string | undefined {
  if (!/^[a-z]/i.test(name)) return undefined
  try {
    const { timeZone } = new Intl.DateTimeFormat('en', { timeZone: name }).resolvedOptions()
    return RENAMED_ZONES[timeZone] ?? timeZone
  } catch (error) {
    if (error instanceof RangeError) return undefined
    throw error
  }
}

/**
 * The time zone that a text means: an IANA name, or a city, abbreviation or country that means one zone only; undefined
 * for any other text.
 */
export function parseTimeZone(typed: string): string | undefined {
  const name = typed.trim().replace(/\s+/g, '_')
  // Intl also knows abbreviations, in which it sees places that few people mean: `EST` is Panama.
  const zone = name.includes('/') || name.toUpperCase() === 'UTC' ? timeZoneNamed(name) : undefined
  return zone ?? onlyOf(namedExactly(typed)) ?? onlyOf([...zonesOfCountry(folded(typed), 'exact')])
}

/** The time zone of a city or abbreviation, if it means one zone only. */
export function timeZoneOfPlace(typed: string): string | undefined {
  return onlyOf(namedExactly(typed))
}

/**
 * The time zones that match a part of a name, a city, an abbreviation, a country, or an offset such as `+2` or
 * `utc+5:30`, best match first: exact, then by its beginning, then by a later part. Among equal matches, those where
 * most people live come first.
 * @param now in milliseconds since the Unix epoch: what an offset is compared with
 */
export function findTimeZones(typed: string, now: number): string[] {
  const offset = offsetIn(typed)
  if (offset !== undefined) return ZONES.filter(({ id }) => offsetOf(id, now) === offset).map(({ id }) => id)
  const text = folded(typed)
  if (text === '' && typed.trim() !== '') return []
  const [isCountry, maybeCountry] = [zonesOfCountry(text, 'exact'), zonesOfCountry(text, 'prefix')]
  const ranked = ZONES.flatMap(({ id, names }) => {
    const rank = [
      names.includes(text),
      isCountry.has(id),
      names.some((name) => name.startsWith(text)),
      maybeCountry.has(id) || names.some((name) => name.includes(` ${text}`)),
      names.some((name) => name.includes(text)),
    ].indexOf(true)
    return rank < 0 ? [] : [{ id, rank }]
  })
  return ranked.sort((one, other) => one.rank - other.rank).map(({ id }) => id)
}

interface Zone {
  readonly id: string
  /** The names it is found by, in the form of `folded`. */
  readonly names: readonly string[]
}

/** Every zone: the well-known ones first, then the others by name. */
const ZONES: readonly Zone[] = allZones()

function allZones(): Zone[] {
  const oldNames = Map.groupBy(Object.keys(RENAMED_ZONES), (old) => RENAMED_ZONES[old] ?? old)
  const ids = Intl.supportedValuesOf('timeZone').map((name) => RENAMED_ZONES[name] ?? name)
  return [...new Set([...Object.keys(WELL_KNOWN_ZONES), ...ids.sort()])].map((id) => {
    const paths = [id, ...(oldNames.get(id) ?? [])]
    const cities = paths.map((path) => path.slice(path.lastIndexOf('/') + 1))
    const others = (WELL_KNOWN_ZONES[id] ?? '').split(',').filter((name) => name !== '')
    return { id, names: [...cities, ...paths, ...others].map(folded) }
  })
}

/** The zones that have a name. */
function namedExactly(typed: string): string[] {
  const text = folded(typed)
  return text === '' ? [] : ZONES.filter(({ names }) => names.includes(text)).map(({ id }) => id)
}

function onlyOf(zones: readonly string[]): string | undefined {
  return zones.length === 1 ? zones[0] : undefined
}

/** Lower case, without accents, and with a space for everything between words: `sao paulo`. */
function folded(text: string): string {
  const letters = text.normalize('NFD').replace(/\p{M}/gu, '').toLowerCase()
  return letters.replace(/[^\p{L}\p{N}]+/gu, ' ').trim()
}

const LETTERS = [...'ABCDEFGHIJKLMNOPQRSTUVWXYZ']

/** The zones of the countries with a name or code, or with a word that begins with three letters or more. */
function zonesOfCountry(text: string, match: 'exact' | 'prefix'): ReadonlySet<string> {
  if (text.length < (match === 'exact' ? 2 : 3)) return new Set()
  const countries = new Intl.DisplayNames('en', { type: 'region', fallback: 'none' })
  const codes = LETTERS.flatMap((first) => LETTERS.map((second) => first + second)).filter((code) => {
    const name = folded(countries.of(code) ?? '')
    return match === 'exact'
      ? name === text || (name !== '' && code.toLowerCase() === text)
      : ` ${name}`.includes(` ${text}`)
  })
  const zones = codes.flatMap((code) => new Intl.Locale(`und-${code}`).getTimeZones() ?? [])
  return new Set(zones.map((zone) => RENAMED_ZONES[zone] ?? zone))
}

/** `+2`, `-03:30`, `utc+5:30`, `GMT-8`; also `UTC +2`. */
const OFFSET = /^(?:utc|gmt)?\s*([+-])\s*(\d{1,2})(?::?(\d{2}))?$/i

/** The offset that a text is, in minutes; undefined if it is none. */
function offsetIn(typed: string): number | undefined {
  const [, sign, hours, minutes = '0'] = OFFSET.exec(typed.trim().replace('−', '-')) ?? []
  if (hours === undefined) return undefined
  return (sign === '-' ? -1 : 1) * (Number(hours) * 60 + Number(minutes))
}

/** The offset of a zone at a moment, in minutes. */
function offsetOf(zone: string, time: number): number {
  const at = Temporal.Instant.fromEpochMilliseconds(Math.floor(time)).toZonedDateTimeISO(zone)
  return at.offsetNanoseconds / 60e9
}
