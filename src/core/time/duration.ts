import { pluralize } from '../text/numbers.ts'
import { DAY, HOUR, MINUTE, SECOND } from './units.ts'

const UNITS = [
  ['day', DAY],
  ['hour', HOUR],
  ['minute', MINUTE],
  ['second', SECOND],
] as const

/** A duration in words, in at most two units: `1 hour 30 minutes`. The rest is dropped. */
export function inWords(seconds: number): string {
  const parts: string[] = []
  let left = Math.round(Math.abs(seconds)) * SECOND
  for (const [unit, length] of UNITS) {
    const amount = Math.floor(left / length)
    left -= amount * length
    if (amount > 0) parts.push(pluralize(amount, unit))
  }
  return parts.slice(0, 2).join(' ') || '0 seconds'
}
