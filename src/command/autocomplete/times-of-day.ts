import { truncate } from '../../core/text/escape.ts'
import type { ParseContext } from '../../core/time/bound.ts'
import { formatMinutes, parseTimeOfDay } from '../../core/time/time-of-day.ts'
import { MAX_CHOICE_LENGTH, type Suggestion } from '../option.ts'

const USUAL = ['09:00', '12:00', '18:00', '00:00']

/** The suggestions for a time of day: what the typed text means, or the usual ones, in the guild's time zone. */
export function timeOfDaySuggestions(typed: string, { timeZone }: ParseContext): Suggestion[] {
  if (typed.trim() === '') return USUAL.map((time) => ({ name: `${time} (${timeZone})`, value: time }))
  const minutes = parseTimeOfDay(typed)
  if (minutes !== undefined) {
    const time = formatMinutes(minutes)
    return [{ name: `${time} (${timeZone})`, value: time }]
  }
  const value = truncate(typed, MAX_CHOICE_LENGTH)
  return [{ name: truncate(`“${typed}” is not a time of day. Try 9, 9:30 or 9pm`, MAX_CHOICE_LENGTH), value }]
}
