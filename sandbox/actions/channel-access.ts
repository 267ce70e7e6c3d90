import { GatewayDispatchEvents, GatewayIntentBits } from 'discord-api-types/v10'
import { asSeenBy, mayView } from '../world/access.ts'
import type { Actor } from './actor.ts'

/**
 * Makes a change that can give or take access to channels. Each bot that gained a channel then receives a CHANNEL_UPDATE
 * with its data, and each bot that lost one receives it hidden.
 * https://docs.discord.com/developers/resources/channel#channel-object-obfuscated-channels
 * @param change makes the change and sends its own events
 * @param announcedId a channel whose event `change` sends itself
 */
export function changeAccess(actor: Actor, change: () => void, announcedId?: string): void {
  const before = visibleChannels(actor)
  change()
  const after = visibleChannels(actor)
  for (const [botId, ids] of after) {
    for (const id of ids.symmetricDifference(before.get(botId) ?? ids)) {
      if (id !== announcedId) emitChannelUpdate(actor, botId, id)
    }
  }
}

/** The ids of the channels that each bot in the guild may view, by bot id. */
function visibleChannels({ world, guild }: Actor): ReadonlyMap<string, ReadonlySet<string>> {
  const bots = [...world.applications.values()].filter(({ id }) => guild.members.has(id))
  return new Map(
    bots.map((bot) => {
      const visible = [...guild.channels.values()].filter((channel) => mayView(guild, bot.id, channel))
      return [bot.id, new Set(visible.map(({ id }) => id))]
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
    dataFor: (id) => (id === botId ? { ...asSeenBy(guild, botId, channel) } : undefined),
    intent: GatewayIntentBits.Guilds,
  })
}
