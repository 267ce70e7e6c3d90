import { whole } from './report.ts'
import { Simulation } from './simulation.ts'

/** The size of a simulated bot. */
export interface Size {
  readonly guilds: number
  /** Which share of them is busy. */
  readonly busy: number
  readonly readsPerMinute: number
}

/** A simulation of a bot of this size, which has not started. */
export function open(size: Size, { hasWholeLogs = false, sqlite = false } = {}): Promise<Simulation> {
  return Simulation.open({ ...size, hasWholeLogs, sqlite })
}

export function titleOf({ guilds, busy }: Size): string {
  return `${whole(guilds)} servers, ${whole(busy * 100)} % busy`
}
