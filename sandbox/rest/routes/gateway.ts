import { Hono } from 'hono'
import type { BotEnv } from '../authorize.ts'
import type { RestBackend } from '../backend.ts'

/**
 * What a bot requests before it connects.
 * https://docs.discord.com/developers/events/gateway#get-gateway-bot
 */
export function gatewayRoutes(backend: RestBackend) {
  return new Hono<BotEnv>()
    .get('/gateway/bot', (context) =>
      context.json({
        // A bot that asks through a proxy connects through it.
        url: `ws://${context.req.header('host')}`,
        shards: backend.gateway.shards,
        session_start_limit: {
          total: backend.gateway.sessionStarts.total,
          remaining: backend.gateway.sessionStarts.left,
          reset_after: backend.gateway.sessionStarts.resetAfter,
          max_concurrency: backend.gateway.maxConcurrency,
        },
      }),
    )
    .get('/users/@me', (context) =>
      context.json({ ...context.var.application.user, mfa_enabled: true, locale: 'en-US', verified: true }),
    )
}
