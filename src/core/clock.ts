import { MINUTE } from './time/units.ts'
/** Where the time comes from. Handed in, so that tests can live through 45 days in a moment. */
export interface Clock {
  /** The time of day, in whole milliseconds since the Unix epoch. It can be wrong, and step forwards or back. */
  now(): number
  /**
   * Milliseconds, and fractions of them, since some fixed moment of this run. It never steps, whatever happens to the
   * time of day: how long something took, or has to wait, is measured by it.
   */
  elapsed(): number
  /** Resolves after so many milliseconds; rejects when the signal aborts first. */
  sleep(milliseconds: number, signal?: AbortSignal): Promise<void>
}

/** How far the machine's clock may be off from Discord's before it is said, in milliseconds. */
export const CLOCK_OFF = MINUTE

/** The longest that a timer takes, in milliseconds: one for longer is over at once. */
export const LONGEST_TIMER = 2 ** 31 - 1
