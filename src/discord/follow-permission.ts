import { GatewayDispatchEvents as Event } from 'discord.js'
import type { Snowflake } from '../core/snowflake.ts'
import type { CatchUp } from '../sync/catch-up.ts'
import type { GatewayEvents } from './gateway/gateway-events.ts'
import { KnownGuilds } from './known-guilds.ts'

/**
 * Notices when the bot may no longer view a guild's audit log, and when it may again. Discord then sends none of its
 * entries, and does not say so.
 * @returns what is known of the guilds, from which it is worked out
 */
export function followPermission(
  events: GatewayEvents,
  catchUp: Pick<CatchUp, 'bar' | 'begin'>,
): KnownGuilds {
  const barred = new Set<Snowflake>()
  // A guild that comes is followed anew, whatever was known of it.
  for (const event of [Event.GuildCreate, Event.GuildDelete] as const) {
    events.on(event, (guildId) => barred.delete(guildId))
  }
  const guilds = new KnownGuilds(events, (guildId) => {
    const mayView = guilds.mayView(guildId)
    if (mayView === undefined) return
    if (mayView && barred.delete(guildId)) catchUp.begin(guildId)
    if (mayView || barred.has(guildId)) return
    barred.add(guildId)
    catchUp.bar(guildId)
  })
  return guilds
}
