import { GatewayDispatchEvents, GatewayIntentBits } from 'discord-api-types/v10'
import { asSeenBy, mayView } from '../world/access.ts'
import type { Actor } from './actor.ts'

/**
 * Does something that can give or take access to channels, then tells each bot of the channels that it may view from
 * now on, or no longer: the gateway sends the true or the hidden data as a CHANNEL_UPDATE.
 * @param change also tells of the act itself, which is heard first
 * @param told a channel that the act tells of anyway
 */
export function changeAccess(actor: Actor, change: () => void, update?: string): void {
  const before = visible(actor)
  change()
  const after = visible(actor)
  for (const [botId, ids] of after) {
    for (const id of ids.symmetricDifference(before.get(botId) ?? ids)) {
      if (id !== update) emitChannelUpdate(actor, botId, id)
    }
  }
}

/** The ids of the channels that each bot in the guild may view. */
function visible({ world, guild }: Actor): ReadonlyMap<string, ReadonlySet<string>> {
  const bots = [...world.applications.values()].filter(({ id }) => guild.members.has(id))
  return new Map(
    bots.map((bot) => {
      const reply = [...guild.channels.values()].filter((channel) => mayView(guild, bot.id, channel))
      return [bot.id, new Set(reply.map(({ id }) => id))]
    }),
  )
}

function emitChannelUpdate({ world, guild }: Actor, botId: string, channelId: string): void {
  const channel = guild.channels.get(channelId)
  if (!channel) return
  world.emit({
    event: GatewayDispatchEvents.ChannelUpdate,
    guildId: guild.id,
    data: { ...channel },
    dataFor: (hearer) => (hearer === botId ? { ...asSeenBy(guild, botId, channel) } : undefined),
    intent: GatewayIntentBits.Guilds,
  })
}
