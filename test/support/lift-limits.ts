import type { Discord } from '../../sandbox/discord.ts'

/**
 * Lets requests be made as fast as they come. Discord's limits are by the system's clock, as those of discord.js are: while
 * hours pass on a manual clock in a moment, Custos would wait for them all the same.
 */
export function liftLimits({ rateLimits }: Pick<Discord, 'rateLimits'>): void {
  const none = { limit: 100_000, window: 1000 }
  rateLimits.global = none
  rateLimits.standard = none
  rateLimits.routes.clear()
}
