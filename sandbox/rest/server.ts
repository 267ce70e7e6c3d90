import { Hono } from 'hono'
import { attachmentRoutes } from './attachments.ts'
import { authorize, type BotEnv } from './authorize.ts'
import type { RestBackend } from './backend.ts'
import { ApiError, notFound } from './errors.ts'
import { banAfterInvalidRequests } from './invalid-requests.ts'
import {
  addDate,
  addDiscordHeaders,
  countAnswering,
  injectFaults,
  observe,
  sendResponse,
} from './middleware.ts'
import { enforceRateLimits } from './rate-limits.ts'
import { applicationRoutes } from './routes/applications.ts'
import { channelRoutes } from './routes/channels.ts'
import { gatewayRoutes } from './routes/gateway.ts'
import { guildRoutes } from './routes/guilds.ts'
import { interactionRoutes } from './routes/interactions.ts'
import { messageRoutes } from './routes/messages.ts'
import { webhookRoutes } from './routes/webhooks.ts'

/** Discord's REST API, version 10. https://docs.discord.com/developers/reference */
export function restServer(backend: RestBackend): Hono {
  // Interactions and webhooks are authorized by the token in their path.
  const api = new Hono<BotEnv>()
    .route('/', interactionRoutes(backend))
    .route('/', webhookRoutes(backend))
    .use(authorize(backend.world))
    .route('/', gatewayRoutes(backend))
    .route('/', applicationRoutes(backend.world))
    .route('/', guildRoutes(backend.world))
    .route('/', channelRoutes(backend.world))
    .route('/', messageRoutes(backend))

  const server = new Hono()
  server.onError((error, context) => {
    const known =
      error instanceof ApiError ? error : new ApiError(500, 0, `500: Internal Server Error: ${error.message}`)
    return context.json(known.body(), known.status)
  })
  server.notFound((context) => context.json(notFound().body(), 404))
  server.use(countAnswering(backend), sendResponse(backend), addDate(backend))
  server.use(
    '/api/*',
    banAfterInvalidRequests(backend.rateLimits),
    injectFaults(backend),
    addDiscordHeaders,
    observe(backend),
    enforceRateLimits(backend.rateLimits),
  )
  server.get('/api/v10/gateway', (context) => context.json({ url: `ws://${context.req.header('host')}` }))
  server.route('/api/v10', api)
  server.route('/', attachmentRoutes(backend.conversation))
  return server
}
