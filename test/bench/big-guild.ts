import { PermissionFlagsBits } from 'discord-api-types/v10'
import type { Discord } from '../../sandbox/discord.ts'
import { MemberClient } from '../../sandbox/member-client/member-client.ts'
import { textChannel } from '../../sandbox/world/channels.ts'
import { Guild, newRole } from '../../sandbox/world/guild.ts'
import type { Application } from '../../sandbox/world/world.ts'
import { BIG_GUILD } from './data.ts'

export type BigGuild = ReturnType<typeof createBigGuild>

/** The guild of the benchmark's data in a sandbox Discord, and a moderator who types in it. */
export function createBigGuild(discord: Discord, bot: Application) {
  const { world } = discord
  const owner = world.addUser('owner', { displayName: 'Owner' })
  const guild = new Guild({ id: BIG_GUILD, name: 'A Large Library', ownerId: owner.id })
  world.guilds.set(guild.id, guild)
  guild.addMember(owner, [], world.now())
  const custos = newRole({
    id: world.newId(),
    name: 'Custos',
    permissions: PermissionFlagsBits.ViewAuditLog,
    managed: true,
    position: 1,
  })
  guild.roles.set(custos.id, custos)
  guild.addMember(bot.user, [custos.id], world.now())
  const channel = textChannel(world.newId(), guild.id, 'general', 0)
  guild.channels.set(channel.id, channel)
  const moderator = new MemberClient(discord, owner.id, {
    guild,
    channelId: channel.id,
    applicationId: bot.id,
  })
  return { guild, moderator, actor: { world, guild, actorId: owner.id } }
}
