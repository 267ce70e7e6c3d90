import { PermissionFlagsBits as May, OverwriteType } from 'discord-api-types/v10'
import { overwrite, textChannel } from '../world/channels.ts'
import type { Town } from './town.ts'

/**
 * Adds the channel `#mod-log`, which only moderators and Custos may view, and in which only Custos writes.
 * @returns its id
 */
export function addModLog({ discord, guild, roles }: Town): string {
  const id = discord.world.newId(discord.world.now())
  const posting =
    May.ViewChannel | May.SendMessages | May.EmbedLinks | May.AttachFiles | May.ReadMessageHistory
  guild.channels.set(id, {
    ...textChannel(id, guild.id, 'mod-log', 9),
    permission_overwrites: [
      overwrite(guild.id, OverwriteType.Role, 0n, May.ViewChannel | May.SendMessages),
      overwrite(roles.moderator.id, OverwriteType.Role, May.ViewChannel, 0n),
      overwrite(roles.custos.id, OverwriteType.Role, posting, 0n),
    ],
  })
  return id
}
