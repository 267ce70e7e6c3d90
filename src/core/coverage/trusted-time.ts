import { DAY } from '../time/units.ts'
/** What tells how late it is. Moments are in milliseconds since the Unix epoch. */
export interface TimeKnown {
  /** What Discord's clock shows. */
  readonly discord: number
  /** When the newest thing was made that the archive holds, and that Discord's clock does not put in the future. */
  readonly newest: number | undefined
  /** The last moment that was trusted, in this run or an earlier one. */
  readonly last: number | undefined
  /** How long Custos has run since then, in milliseconds of elapsed time; 0 where that was in an earlier run. */
  readonly passed: number
}

/**
 * The moment by which entries are old enough to go, in milliseconds since the Unix epoch: never later than Discord's
 * clock, which a proxy could get wrong by years, and never later than something else bears out. That is a day past the
 * newest thing in the archive, or the last trusted moment and as long as Custos has run since. So one wrong clock, or
 * many restarts under it, can bring the moment forward by a day at most; and in an archive where nothing happens any
 * more it still goes on.
 * @returns undefined where nothing but Discord's clock tells the time
 */
export function trustedTime({ discord, newest, last, passed }: TimeKnown): number | undefined {
  if (newest === undefined && last === undefined) return undefined
  const borneOut = Math.max(
    newest === undefined ? Number.NEGATIVE_INFINITY : newest + DAY,
    last === undefined ? Number.NEGATIVE_INFINITY : last + passed,
  )
  return Math.min(discord, borneOut)
}

/** Whether a moment is so far past the last trusted one that Discord is asked for its time once more. */
export function isLeap(time: number, last: number): boolean {
  return time - last > DAY
}
