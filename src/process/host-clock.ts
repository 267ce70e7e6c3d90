import { setTimeout as sleep } from 'node:timers/promises'
import { type Clock, LONGEST_TIMER } from '../core/clock.ts'

const timeOfDay = Date.now

/** The clock of the machine. */
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
 * Lets `Date.now` go steadily from now on, for this process: it steps no more when the time of day does. discord.js
 * measures how long it has to wait by it: after the clock was put back by a day, it would send nothing for a day.
 * Whoever wants the time of day asks the clock.
 */
export function steadyDate({ now, elapsed }: Pick<Clock, 'now' | 'elapsed'>): void {
  const start = now() - elapsed()
  Date.now = () => Math.floor(start + elapsed())
}
