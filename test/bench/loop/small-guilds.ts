import { AuditLogEvent, PermissionFlagsBits } from 'discord-api-types/v10'
import { writeEntry } from '../../../sandbox/actions/entry.ts'
import type { Discord } from '../../../sandbox/discord.ts'
import { textChannel } from '../../../sandbox/world/channels.ts'
import { Guild, newRole } from '../../../sandbox/world/guild.ts'
import type { Application } from '../../../sandbox/world/world.ts'

/** Adds guilds of a usual size, with the bot in them: 50 channels, 20 roles, and the guild's own name. */
export function addSmallGuilds(discord: Discord, bot: Application, howMany: number): Guild[] {
  const { world } = discord
  const owner = world.addUser('smith', { displayName: 'Smith' })
  return Array.from({ length: howMany }, (_, index) => {
    const guild = new Guild({ id: world.newId(), name: `A small library ${index}`, ownerId: owner.id })
    world.guilds.set(guild.id, guild)
    const id = world.newId()
    guild.roles.set(
      id,
      newRole({ id, name: 'Custos', permissions: PermissionFlagsBits.ViewAuditLog, managed: true }),
    )
    for (let nth = 0; nth < 18; nth++) {
      const role = newRole({ id: world.newId(), name: `Readers of shelf ${nth}` })
      guild.roles.set(role.id, role)
    }
    for (let nth = 0; nth < 50; nth++) {
      const channel = textChannel(world.newId(), guild.id, `reading-room-${nth}`, nth)
      guild.channels.set(channel.id, channel)
    }
    guild.addMember(bot.user, [id], world.now())
    return guild
  })
}

/** Writes an entry into a guild's log, and sends its event. */
export function kickIn({ world }: Discord, guild: Guild, userId: string): void {
  const actor = { world, guild, actorId: guild.ownerId }
  writeEntry(actor, {
    type: AuditLogEvent.MemberKick,
    targetId: userId,
    reason: 'Rule 3: see the pinned message',
  })
}
