import { DAY } from '../time/units.ts'

/** What the trusted time is derived from. Times are in milliseconds since the Unix epoch. */
export interface TimeSources {
  /** What Discord's clock shows. */
  readonly discord: number
  /** The time of the newest entry in the archive that Discord's clock does not put in the future. */
  readonly newest: number | undefined
  /** The last trusted time, of this run or an earlier one. */
  readonly last: number | undefined
  /** How long Custos has run since then, in milliseconds of elapsed time; 0 where it was an earlier run. */
  readonly passed: number
}

/**
 * The time by which entries are old enough to be removed, in milliseconds since the Unix epoch. It is never later than
 * Discord's clock. Because a proxy could get that wrong by years, it is also never later than what a second source
 * confirms: a day past the newest entry in the archive, or the last trusted time plus the run time since then. So a wrong
 * clock moves it forward by a day at most, even over many restarts. Run time counts, so that it also moves on in an
 * archive that gets no new entries.
 * @returns undefined where there is no second source
 */
export function trustedTime({ discord, newest, last, passed }: TimeSources): number | undefined {
  if (newest === undefined && last === undefined) return undefined
  const confirmed = Math.max(
    newest === undefined ? Number.NEGATIVE_INFINITY : newest + DAY,
    last === undefined ? Number.NEGATIVE_INFINITY : last + passed,
  )
  return Math.min(discord, confirmed)
}

/** Whether a time is so far past the last trusted one that Discord's time is requested again. */
export function isLeap(time: number, last: number): boolean {
  return time - last > DAY
}
