import type { ParseContext } from '../core/time/bound.ts'
import { formatOffset, formatTimeOfDay } from '../core/time/format-time.ts'
import { findTimeZones } from '../core/time/zones/time-zones.ts'
import type { Suggestion } from './option.ts'

/** How many zones are suggested. A choice needs the time there, and Discord shows no more. */
const MOST_SUGGESTED = 25

/** The time zones that match a text, best first, each with the time there now: `Europe/Berlin · UTC+1 · 13:30`. */
export function timeZoneSuggestions(typed: string, { now, timeZone }: ParseContext): Suggestion[] {
  const found = findTimeZones(typed, now)
  // Before anything is typed, the zone in force shows the form.
  const zones = typed.trim() === '' ? [timeZone, ...found.filter((zone) => zone !== timeZone)] : found
  return zones.slice(0, MOST_SUGGESTED).map((zone) => ({
    name: `${zone} · ${formatOffset(now, zone)} · ${formatTimeOfDay(now, zone)}`,
    value: zone,
  }))
}
