import { hash } from 'node:crypto'
import type { Context, MiddlewareHandler } from 'hono'
import { MINUTE } from '../world/units.ts'
import { pathOf } from './rest-call.ts'

/** How many requests a bucket allows in a window. */
export interface BucketLimit {
  readonly limit: number
  /** In milliseconds. */
  readonly window: number
}

export interface RateLimits {
  /** All requests of a bot except responses to interactions. */
  global: BucketLimit
  /** By route with `:id` for ids, such as `GET /guilds/:id/audit-logs`. Other routes have `standard`. */
  readonly routes: Map<string, BucketLimit>
  standard: BucketLimit
  /** Invalid requests of all bots, since they share an address. */
  invalid: BucketLimit
  /** How many requests were past the limit of all routes, and past that of their route. */
  readonly exceeded: Record<'global' | 'user', number>
}

/** Discord does not publish the limits of its routes. They are assumptions; tests set their own. */
export function defaultRateLimits(): RateLimits {
  return {
    global: { limit: 50, window: 1000 },
    routes: new Map([
      ['GET /guilds/:id/audit-logs', { limit: 30, window: 1000 }],
      ['POST /channels/:id/messages', { limit: 5, window: 5000 }],
      ['PATCH /channels/:id/messages/:id', { limit: 5, window: 5000 }],
    ]),
    standard: { limit: 50, window: 1000 },
    invalid: { limit: 10_000, window: 10 * MINUTE },
    exceeded: { global: 0, user: 0 },
  }
}

interface Bucket {
  readonly limit: number
  left: number
  resetsAt: number
}

/**
 * Counts requests and answers 429 past a limit, with Discord's headers. It uses the system clock, as the clients do
 * that obey it. https://docs.discord.com/developers/topics/rate-limits
 */
export function enforceRateLimits(limits: RateLimits): MiddlewareHandler {
  const buckets = new Map<string, Bucket>()
  const takeFrom = (key: string, { limit, window }: BucketLimit): Bucket & { exceeded: boolean } => {
    const now = Date.now()
    const known = buckets.get(key)
    const isOpen = known !== undefined && known.resetsAt > now && known.limit === limit
    const bucket = isOpen ? known : { limit, left: limit, resetsAt: now + window }
    buckets.set(key, bucket)
    if (bucket.left === 0) return { ...bucket, exceeded: true }
    bucket.left--
    return { ...bucket, exceeded: false }
  }

  return async (context, next) => {
    const path = pathOf(context)
    const answersInteraction = /^\/(interactions|webhooks)\//.test(path)
    const bot = answersInteraction ? '' : (context.req.header('authorization') ?? '')
    if (!answersInteraction) {
      const { exceeded, resetsAt } = takeFrom(bot, limits.global)
      if (exceeded) return tooManyRequests(context, resetsAt, limits, 'global')
    }
    const { route, major } = routeOf(context.req.method, path)
    const limit = limits.routes.get(route) ?? limits.standard
    const { exceeded, left, resetsAt } = takeFrom(`${bot} ${route} ${major}`, limit)
    context.header('X-RateLimit-Limit', String(limit.limit))
    context.header('X-RateLimit-Remaining', String(left))
    context.header('X-RateLimit-Reset', String(resetsAt / 1000))
    context.header('X-RateLimit-Reset-After', String(Math.max(resetsAt - Date.now(), 0) / 1000))
    context.header('X-RateLimit-Bucket', hash('md5', route).slice(0, 16))
    if (exceeded) return tooManyRequests(context, resetsAt, limits, 'user')
    await next()
  }
}

function tooManyRequests(
  context: Context,
  resetsAt: number,
  { exceeded }: RateLimits,
  scope: 'global' | 'user',
) {
  exceeded[scope]++
  const seconds = Math.max(resetsAt - Date.now(), 1) / 1000
  context.header('Retry-After', String(Math.ceil(seconds)))
  context.header('X-RateLimit-Scope', scope)
  if (scope === 'global') context.header('X-RateLimit-Global', 'true')
  return context.json(
    { message: 'You are being rate limited.', retry_after: seconds, global: scope === 'global' },
    429,
  )
}

/**
 * A route with `:id` for ids, and its major parameter: each guild, channel and webhook has a bucket of its own.
 * https://docs.discord.com/developers/topics/rate-limits#rate-limits
 */
function routeOf(method: string, path: string): { route: string; major: string } {
  const major = /^\/(?:guilds|channels)\/\d+|^\/(?:webhooks|interactions)\/\d+\/[^/]+/.exec(path)?.[0] ?? ''
  const route = path
    .replace(/^\/(webhooks|interactions)\/(\d+)\/[^/]+/, '/$1/:id/:token')
    .replace(/\/\d{15,20}/g, '/:id')
  return { route: `${method} ${route}`, major }
}
