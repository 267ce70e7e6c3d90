import { BRISK } from '../limits.ts'
import type { SoakSetup } from '../soak-setup.ts'
import type { EndFault, Fault } from './fault.ts'

/** Each takes one request, and then none for a moment. */
const SLOW = { limit: 1, window: 20 }

/** Every guild or channel takes one request at a time on these routes. */
export function limitRoutes(...routes: readonly string[]): Fault {
  return ({ discord: { rateLimits } }) => {
    for (const route of routes) rateLimits.routes.set(route, SLOW)
    return () => {
      for (const route of routes) rateLimits.routes.set(route, BRISK)
    }
  }
}

export function limitGlobally({ discord: { rateLimits } }: SoakSetup): EndFault {
  rateLimits.global = SLOW
  return () => {
    rateLimits.global = BRISK
  }
}
