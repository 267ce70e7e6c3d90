import type { ParseContext } from '../../core/time/bound.ts'
import { formatOffset, formatTimeOfDay } from '../../core/time/format-time.ts'
import { findTimeZones } from '../../core/time/zones/time-zones.ts'
import type { Suggestion } from '../option.ts'

/** The time zones that match a text, best first, each with the time there now: `Europe/Berlin · UTC+1 · 13:30`. */
export function timeZoneSuggestions(
  typed: string,
  { now, timeZone }: ParseContext,
  limit: number,
): Suggestion[] {
  const found = findTimeZones(typed, now)
  // Before anything is typed, the zone in force shows the form.
  const zones = typed.trim() === '' ? [timeZone, ...found.filter((zone) => zone !== timeZone)] : found
  return zones.slice(0, limit).map((zone) => ({
    name: `${zone} · ${formatOffset(now, zone)} · ${formatTimeOfDay(now, zone)}`,
    value: zone,
  }))
}
