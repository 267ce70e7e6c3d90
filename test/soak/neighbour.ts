import { OverwriteType, PermissionFlagsBits } from 'discord-api-types/v10'
import { ban } from '../../sandbox/actions/members.ts'
import type { Town } from '../../sandbox/town/town.ts'
import { overwrite } from '../../sandbox/world/channels.ts'
import type { Guild } from '../../sandbox/world/guild.ts'

const DAY = 86_400_000
const HOUR = 3_600_000

/** Adds a guild with the town's channels and members, to notice data of one guild that ends up in another. */
export function addNeighbour(town: Town, createdAt = town.discord.world.now() - 100 * DAY): Guild {
  const { discord, bot, moderators, members, roles, channels, modRoom, guild: first } = town
  const { world } = discord
  const guild = world.addGuild('Next door', moderators[0]?.id ?? '', createdAt)
  guild.roles.set(roles.custos.id, roles.custos)
  guild.addMember(bot.user, [roles.custos.id], world.now())
  for (const user of [...moderators, ...members]) guild.addMember(user, [], world.now())
  for (const id of channels) {
    const channel = first.channels.get(id)
    if (channel) guild.channels.set(id, { ...channel, guild_id: guild.id, permission_overwrites: [] })
  }
  const privateChannel = guild.channels.get(modRoom)
  const hideFromEveryone = overwrite(guild.id, OverwriteType.Role, 0n, PermissionFlagsBits.ViewChannel)
  if (privateChannel)
    guild.channels.set(modRoom, { ...privateChannel, permission_overwrites: [hideFromEveryone] })
  // No event says that its executor is a bot. The log does, when it is read.
  for (const { id, bot: isBot } of moderators)
    if (isBot) world.at(world.now() - HOUR, () => ban({ world, guild, actorId: id }, members[0]?.id ?? ''))
  return guild
}
