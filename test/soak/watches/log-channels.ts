import type { Discord } from '../../../sandbox/discord.ts'
import { addModLog } from '../../../sandbox/town/mod-log.ts'
import type { Town } from '../../../sandbox/town/town.ts'
import { textChannel } from '../../../sandbox/world/channels.ts'
import type { Guild } from '../../../sandbox/world/guild.ts'

/** Where Custos posts in a guild. The first is often used by several feeds. */
export interface LogChannels {
  readonly first: string
  readonly second: string
}

/** Adds the channels to post in: in the town one that Custos sees only by its role, elsewhere two that everyone sees. */
export function addLogChannels(town: Town, guilds: readonly Guild[]): ReadonlyMap<Guild, LogChannels> {
  return new Map(
    guilds.map((guild) => {
      const first = guild === town.guild ? addModLog(town) : addChannel(town.discord, guild, 'mod-log')
      return [guild, { first, second: addChannel(town.discord, guild, 'more-log') }]
    }),
  )
}

function addChannel({ world }: Discord, guild: Guild, name: string): string {
  const id = world.newId()
  guild.channels.set(id, textChannel(id, guild.id, name, 20))
  return id
}
