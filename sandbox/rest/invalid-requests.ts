import type { MiddlewareHandler } from 'hono'
import { cloudflareFault, responseOf } from './faults.ts'
import type { BucketLimit } from './rate-limits.ts'

/** Statuses that Discord counts as invalid. */
const INVALID: readonly number[] = [401, 403, 429]

/**
 * Counts invalid requests, whoever makes them, since Discord counts by address. Past the limit Cloudflare answers
 * everything until the window ends. Limits on shared resources do not count.
 * https://docs.discord.com/developers/topics/rate-limits#invalid-request-limit-aka-cloudflare-bans
 */
export function banAfterInvalidRequests(limits: { readonly invalid: BucketLimit }): MiddlewareHandler {
  let [count, endsAt] = [0, 0]
  return async (context, next) => {
    const now = Date.now()
    if (now >= endsAt) [count, endsAt] = [0, now + limits.invalid.window]
    if (count >= limits.invalid.limit)
      return responseOf(cloudflareFault(429, 1015, Math.ceil((endsAt - now) / 1000)))
    await next()
    const isShared = context.res.headers.get('x-ratelimit-scope') === 'shared'
    if (INVALID.includes(context.res.status) && !isShared) count++
    return undefined
  }
}
