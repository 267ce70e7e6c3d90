import { setTimeout as sleep } from 'node:timers/promises'
import { type Clock, LONGEST_TIMER } from '../core/clock.ts'

const timeOfDay = Date.now

/** The clock of the host. */
export const hostClock: Clock = {
  now: () => timeOfDay(),
  elapsed: () => performance.now(),
  sleep: async (milliseconds, signal) => {
    let left = milliseconds
    for (; left > LONGEST_TIMER; left -= LONGEST_TIMER) await sleep(LONGEST_TIMER, undefined, { signal })
    await sleep(left, undefined, { signal })
  },
}

/**
 * Makes `Date.now` of this process advance with elapsed time, even if the host's time of day is changed. discord.js
 * measures its waits with it: if the time of day was set back by a day, it would send nothing for a day. `Clock.now` still
 * returns the time of day.
 */
export function steadyDate({ now, elapsed }: Pick<Clock, 'now' | 'elapsed'>): void {
  const start = now() - elapsed()
  Date.now = () => Math.floor(start + elapsed())
}
