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

/** A duration in whole units of one kind, rounded down: `41 days`, `7 hours`. */
export function inOneUnit(seconds: number): string {
  const length = Math.abs(seconds) * SECOND
  const [, unit] = UNITS.find(([, each]) => length >= each) ?? ['second', SECOND]
  return inWords((Math.floor(length / unit) * unit) / SECOND)
}

/**
 * A duration as people say it: in steps of ten seconds, from ten minutes on in minutes, from a day on in hours. The end of
 * a timeout is a few seconds closer than what the moderator chose, since Discord logs it after it was set.
 */
export function inRoundWords(seconds: number): string {
  const length = Math.abs(seconds) * SECOND
  const step = length >= DAY ? HOUR : length >= 10 * MINUTE ? MINUTE : 10 * SECOND
  return inWords((Math.max(Math.round(length / step), 1) * step) / SECOND)
}
