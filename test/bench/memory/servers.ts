import { PermissionFlagsBits } from 'discord-api-types/v10'
import type { Discord } from '../../../sandbox/discord.ts'
import { textChannel } from '../../../sandbox/world/channels.ts'
import { newRole } from '../../../sandbox/world/guild.ts'
import type { Application } from '../../../sandbox/world/world.ts'

const CHANNELS = 50
const ROLES = 20
const MEMBERS = 20

/** How many servers a shard has on average. Discord rejects one with more than 2,500. */
const PER_SHARD = 2000

/** Adds a bot to so many servers more, each with 50 channels, 20 roles and 20 members, all of which it is sent. */
export function addServers({ world, gateway }: Discord, bot: Application, count: number): void {
  const members = Array.from({ length: MEMBERS - 1 }, (_, index) => world.addUser(`member-${index}`))
  for (let server = 0; server < count; server++) {
    const guild = world.addGuild(`Server ${server}`, members[0]?.id ?? '')
    guild.listsMembers = true
    for (const user of [bot.user, ...members]) guild.addMember(user, [], world.now())
    for (let index = 1; index < ROLES; index++) {
      const role = newRole({
        id: world.newId(),
        name: `Role ${index} of ${server}`,
        permissions: index === 1 ? PermissionFlagsBits.ViewAuditLog : 0n,
        position: index,
      })
      guild.roles.set(role.id, role)
      if (index === 1) guild.members.get(bot.id)?.roles.push(role.id)
    }
    for (let index = 0; index < CHANNELS; index++) {
      const channel = textChannel(world.newId(), guild.id, `channel-${index}-of-${server}`, index)
      guild.channels.set(channel.id, channel)
    }
  }
  gateway.shards = Math.ceil(world.guilds.size / PER_SHARD)
}
