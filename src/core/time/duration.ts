import { pluralize } from '../text/numbers.ts'

const UNITS = [
  ['day', 86_400],
  ['hour', 3600],
  ['minute', 60],
  ['second', 1],
] as const

/** A length of time in words, in the two largest units that tell it exactly or nearly: `1 hour 30 minutes`. */
export function inWords(seconds: number): string {
  const parts: string[] = []
  let left = Math.round(Math.abs(seconds))
  for (const [unit, length] of UNITS) {
    const amount = Math.floor(left / length)
    left -= amount * length
    if (amount > 0) parts.push(pluralize(amount, unit))
  }
  return parts.slice(0, 2).join(' ') || '0 seconds'
}
