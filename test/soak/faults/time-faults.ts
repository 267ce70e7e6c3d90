import type { SoakSetup } from '../soak-setup.ts'
import type { EndFault } from './fault.ts'

const MINUTE = 60_000
const DAY = 86_400_000

export function stepHostClock({ host, random }: SoakSetup): undefined {
  host.ahead = random.pick([0, -100 * DAY, -60 * MINUTE, 60 * MINUTE, 100 * DAY])
}

/** One response is dated by a cache or a wrong clock. */
export function misdateResponse({ discord, random }: SoakSetup): undefined {
  const off = random.pick([-100 * DAY, -DAY, 2 * MINUTE, 100 * DAY])
  discord.dateHeader = (now) => {
    discord.dateHeader = undefined
    return now + off
  }
}

/** All responses are dated by a proxy whose clock is ahead. */
export function misdateAllResponses({ discord, random, watches }: SoakSetup): EndFault {
  watches.excuseDigests()
  const off = random.pick([2, 100]) * DAY
  discord.dateHeader = (now) => now + off
  return () => {
    discord.dateHeader = undefined
  }
}
