import type { Clock } from '../core/clock.ts'

/** After how long a wait is said, in milliseconds; then after twice as long, … */
export const FIRST_WORD = 5000

/** … and never later than this. */
const LONGEST_SILENCE = 300_000

/**
 * Says for how long something has been waited for, again and again until it is over.
 * @param say is given the seconds
 */
export async function sayWhileWaiting(
  clock: Clock,
  over: AbortSignal,
  say: (seconds: number) => void,
): Promise<void> {
  let waited = 0
  for (let pause = FIRST_WORD; !over.aborted; pause = Math.min(LONGEST_SILENCE, pause * 2)) {
    await clock.sleep(pause, over).catch(() => {})
    if (over.aborted) return
    waited += pause / 1000
    say(waited)
  }
}
