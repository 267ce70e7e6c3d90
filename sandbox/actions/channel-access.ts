import { GatewayDispatchEvents, GatewayIntentBits } from 'discord-api-types/v10'
import { asSeenBy, mayView } from '../world/access.ts'
import type { Scene } from './actor.ts'

/**
 * Does something that can give or take access to channels, then tells each bot of the channels that it may view from
 * now on, or no longer: the gateway sends the true or the hidden data as a CHANNEL_UPDATE.
 * @param change also tells of the act itself, which is heard first
 * @param told a channel that the act tells of anyway
 */
export function changeAccess(scene: Scene, change: () => void, told?: string): void {
  const before = visible(scene)
  change()
  const after = visible(scene)
  for (const [botId, ids] of after) {
    for (const id of ids.symmetricDifference(before.get(botId) ?? ids)) {
      if (id !== told) tellOne(scene, botId, id)
    }
  }
}

/** The ids of the channels that each bot in the guild may view. */
function visible({ world, guild }: Scene): ReadonlyMap<string, ReadonlySet<string>> {
  const bots = [...world.applications.values()].filter(({ id }) => guild.members.has(id))
  return new Map(
    bots.map((bot) => {
      const seen = [...guild.channels.values()].filter((channel) => mayView(guild, bot.id, channel))
      return [bot.id, new Set(seen.map(({ id }) => id))]
    }),
  )
}

function tellOne({ world, guild }: Scene, botId: string, channelId: string): void {
  const channel = guild.channels.get(channelId)
  if (!channel) return
  world.tell({
    event: GatewayDispatchEvents.ChannelUpdate,
    guildId: guild.id,
    data: { ...channel },
    dataFor: (hearer) => (hearer === botId ? { ...asSeenBy(guild, botId, channel) } : undefined),
    intent: GatewayIntentBits.Guilds,
  })
}
