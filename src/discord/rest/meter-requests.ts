import type { REST, RESTOptions } from 'discord.js'
import type { Clock } from '../../core/clock.ts'
import type { Metrics } from '../../core/metrics/metrics.ts'
import { routeOf } from './route-of.ts'

interface Deps {
  readonly metrics: Metrics
  readonly clock: Pick<Clock, 'elapsed'>
}

/** Discord's own scopes of a limit. Cloudflare names none. https://docs.discord.com/developers/topics/rate-limits */
const SCOPES: readonly (string | null)[] = ['user', 'global', 'shared']

/** The statuses that tell something of their own; others are counted by their class, such as `4xx`. */
const STATUSES: readonly number[] = [
  200, 201, 202, 204, 304, 400, 401, 403, 404, 405, 409, 413, 429, 500, 502, 503, 504, 520, 521, 522, 524,
]

/** Gives what has the requests of clients counted and timed. */
export function meterRequests(deps: Deps): (...rests: readonly REST[]) => void {
  return (...rests) => {
    for (const { options } of rests) options.makeRequest = metered(options.makeRequest, deps)
  }
}

function metered(
  makeRequest: RESTOptions['makeRequest'],
  { metrics, clock }: Deps,
): RESTOptions['makeRequest'] {
  return async (url, init) => {
    const route = routeOf(url)
    const { method = 'GET' } = init
    const sentAt = clock.elapsed()
    let status = 'none'
    try {
      const response = await makeRequest(url, init)
      status = statusOf(response.status)
      if (response.status === 429) {
        const scope = response.headers.get('x-ratelimit-scope')
        metrics.count('custos_rest_rate_limits_total', {
          scope: scope !== null && SCOPES.includes(scope) ? scope : 'none',
        })
      }
      return response
    } finally {
      metrics.count('custos_rest_requests_total', { method, route, status })
      metrics.time('custos_rest_request_duration_seconds', { route }, clock.elapsed() - sentAt)
    }
  }
}

function statusOf(status: number): string {
  return STATUSES.includes(status) ? String(status) : `${Math.floor(status / 100)}xx`
}
