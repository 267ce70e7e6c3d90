import type { RateLimits } from '../../../sandbox/rest/rate-limits.ts'
import type { SoakSetup } from '../soak-setup.ts'
import type { EndFault, Fault } from './fault.ts'

/** Discord's own limits are by the system's clock, and a month passes in a minute. */
const BRISK = { limit: 1000, window: 1000 }

/** Each takes one request, and then none for a moment. */
const SLOW = { limit: 1, window: 20 }

export const READ = 'GET /guilds/:id/audit-logs'

/** The paths of posts in a channel, and of one, without `/api/v10`. */
export const POSTS = /^\/channels\/\d+\/messages(\/\d+)?$/

/** The routes of posts: sending one, and editing one. */
export const POST = ['POST /channels/:id/messages', 'PATCH /channels/:id/messages/:id'] as const

/** Lets requests be made as fast as they come, but for the faults that limit them. */
export function liftLimits(rateLimits: RateLimits): void {
  rateLimits.global = BRISK
  for (const route of [READ, ...POST]) rateLimits.routes.set(route, BRISK)
}

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
