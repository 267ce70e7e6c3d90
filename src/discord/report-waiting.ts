import type { Clock } from '../core/clock.ts'

/** After how long a wait is reported first, in milliseconds. The interval doubles with each report. */
export const FIRST_REPORT = 5000

/** The longest interval between two reports, in milliseconds. */
const MAX_INTERVAL = 300_000

/**
 * Reports repeatedly how long something has been waited for.
 * @param done aborts when the wait is over
 * @param report is passed the seconds waited so far
 */
export async function reportWaiting(
  clock: Clock,
  done: AbortSignal,
  report: (seconds: number) => void,
): Promise<void> {
  let waited = 0
  for (let interval = FIRST_REPORT; !done.aborted; interval = Math.min(MAX_INTERVAL, interval * 2)) {
    await clock.sleep(interval, done).catch(() => {})
    if (done.aborted) return
    waited += interval / 1000
    report(waited)
  }
}
