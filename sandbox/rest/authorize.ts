import type { MiddlewareHandler } from 'hono'
import type { Application, World } from '../world/world.ts'
import { unauthorized } from './errors.ts'

/** The context of routes that need a bot's token. */
export interface BotEnv {
  Variables: { application: Application }
}

/** Rejects requests without the token of a known bot. */
export function authorize(world: World): MiddlewareHandler<BotEnv> {
  return async (context, next) => {
    const token = /^Bot (\S+)$/.exec(context.req.header('authorization') ?? '')?.[1]
    const application = world.applications.get(token ?? '')
    if (!application) throw unauthorized()
    context.set('application', application)
    await next()
  }
}
