import { MINUTE } from './time/units.ts'

/** Where the time comes from. It is injected, so that tests can let 45 days pass at once. */
export interface Clock {
  /** The host's time, in whole milliseconds since the Unix epoch. It can be wrong, and step forward or back. */
  now(): number
  /** Milliseconds since a fixed moment of this run, with fractions. It never steps, so durations are measured with it. */
  elapsed(): number
  /** Resolves after so many milliseconds; rejects when the signal aborts first. */
  sleep(milliseconds: number, signal?: AbortSignal): Promise<void>
}

/** How far the host's clock may be off from Discord's before that is reported, in milliseconds. */
export const CLOCK_OFF = MINUTE

/** The longest wait a timer supports, in milliseconds: a longer one ends at once. */
export const LONGEST_TIMER = 2 ** 31 - 1
