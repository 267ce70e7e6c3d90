import type { MiddlewareHandler } from 'hono'
import type { Discord } from '../discord.ts'
import type { Application } from '../world/world.ts'
import { unauthorized } from './errors.ts'

/** Routes that need a bot's token have its application at hand. */
export interface BotEnv {
  Variables: { application: Application }
}

/** Lets only bots in that Discord knows. */
export function authorize(discord: Discord): MiddlewareHandler<BotEnv> {
  return async (context, next) => {
    const token = /^Bot (\S+)$/.exec(context.req.header('authorization') ?? '')?.[1]
    const application = discord.world.applications.get(token ?? '')
    if (!application) throw unauthorized()
    context.set('application', application)
    await next()
  }
}
