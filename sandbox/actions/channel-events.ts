import { type GatewayDispatchEvents, GatewayIntentBits } from 'discord-api-types/v10'
import { asSeenBy, mayView } from '../world/access.ts'
import type { Channel, Thread } from '../world/channels.ts'
import type { JsonObject } from '../world/json.ts'
import type { Actor } from './actor.ts'

/** Sends a channel's event to each bot: with the channel's data, or hidden. */
export function emitChannel({ world, guild }: Actor, event: GatewayDispatchEvents, channel: Channel): void {
  world.emit({
    event,
    guildId: guild.id,
    data: { ...channel },
    dataFor: (botId) => ({ ...asSeenBy(guild, botId, channel) }),
    intent: GatewayIntentBits.Guilds,
  })
}

/** Sends a thread's event to the bots that may view its channel. */
export function emitThread(
  { world, guild }: Actor,
  event: GatewayDispatchEvents,
  thread: Thread,
  data: JsonObject,
): void {
  world.emit({
    event,
    guildId: guild.id,
    data,
    dataFor: (botId) => (mayView(guild, botId, thread) ? data : undefined),
    intent: GatewayIntentBits.Guilds,
  })
}
