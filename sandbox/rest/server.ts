import { type Context, Hono } from 'hono'
import type { Discord } from '../discord.ts'
import { attachmentRoutes } from './attachments.ts'
import { authorize, type BotEnv } from './authorize.ts'
import { ApiError, notFound } from './errors.ts'
import { responseOf, VIA_DISCORD } from './faults.ts'
import { enforceRateLimits } from './rate-limits.ts'
import { applicationRoutes } from './routes/applications.ts'
import { channelRoutes } from './routes/channels.ts'
import { guildRoutes } from './routes/guilds.ts'
import { interactionRoutes } from './routes/interactions.ts'
import { webhookRoutes } from './routes/webhooks.ts'

/** One request and its answer, for those who check every body against Discord's published schema. */
export interface RestCall {
  readonly method: string
  readonly path: string
  readonly requestBody: unknown
  readonly status: number
  readonly responseBody: unknown
}

/** Discord's REST API, version 10. */
export function restServer(discord: Discord): Hono {
  const api = new Hono<BotEnv>()
    .route('/', interactionRoutes(discord))
    .route('/', webhookRoutes(discord))
    .use(authorize(discord))
    .get('/gateway/bot', (context) =>
      context.json({
        url: discord.gateway.url,
        shards: discord.gateway.shards,
        session_start_limit: {
          total: 1000,
          remaining: discord.sessionStartsLeft,
          reset_after: 86_400_000,
          max_concurrency: discord.gateway.maxConcurrency,
        },
      }),
    )
    .get('/users/@me', (context) =>
      context.json({ ...context.var.application.user, mfa_enabled: true, locale: 'en-US', verified: true }),
    )
    .route('/', applicationRoutes(discord))
    .route('/', guildRoutes(discord))
    .route('/', channelRoutes(discord))

  const server = new Hono()
  server.onError((error, context) => {
    const known =
      error instanceof ApiError ? error : new ApiError(500, 0, `500: Internal Server Error: ${error.message}`)
    return context.json(known.body(), known.status)
  })
  server.notFound((context) => context.json(notFound().body(), 404))
  server.use(dated(discord))
  server.use('/api/*', trouble(discord), fromDiscord, observe(discord), enforceRateLimits(discord.rateLimits))
  server.get('/api/v10/gateway', (context) => context.json({ url: discord.gateway.url }))
  server.route('/api/v10', api)
  server.route('/', attachmentRoutes(discord.conversation))
  return server
}

/** Every answer says when it was given, by Discord's own clock. https://www.rfc-editor.org/rfc/rfc9110#field.date */
function dated(discord: Discord) {
  return async (context: Context, next: () => Promise<void>): Promise<void> => {
    await next()
    const now = discord.world.now()
    const update = discord.dateHeader?.(now, context.req.path.replace(/^\/api\/v\d+/, ''))
    if (update === null) context.header('Date', undefined)
    else context.header('Date', new Date(update ?? now).toUTCString())
  }
}

/** Only Discord's own servers say by which way an answer came. https://docs.discord.com/developers/topics/rate-limits */
async function fromDiscord(context: Context, next: () => Promise<void>): Promise<void> {
  await next()
  for (const [name, value] of Object.entries(VIA_DISCORD)) context.header(name, value)
}

function observe(discord: Discord) {
  return async (context: Context, next: () => Promise<void>): Promise<void> => {
    const sent = await bodyOf(context.req.raw.clone())
    await next()
    const { method, path } = context.req
    const answered = await bodyOf(context.res.clone())
    discord.onRestCall?.({
      method,
      path: path.replace(/^\/api\/v10/, ''),
      requestBody: sent,
      status: context.res.status,
      responseBody: answered,
    })
  }
}

async function bodyOf(carrier: Request | Response): Promise<unknown> {
  const type = carrier.headers.get('content-type') ?? ''
  if (type.startsWith('multipart/form-data')) {
    const payload = (await carrier.formData()).get('payload_json')
    return typeof payload === 'string' ? JSON.parse(payload) : undefined
  }
  const text = await carrier.text()
  try {
    return text === '' ? undefined : JSON.parse(text)
  } catch {
    return text
  }
}

function trouble(discord: Discord) {
  return async (context: Context, next: () => Promise<void>) => {
    const { method, path } = context.req
    const found = discord.fault?.(method, path.replace(/^\/api\/v\d+/, ''))
    if (found === undefined) return next()
    if (found === 'silence') {
      await discord.stopped
      return context.body(null, 503)
    }
    if (!found.isDone) return responseOf(found)
    await next()
    context.res = responseOf(found)
    return undefined
  }
}
