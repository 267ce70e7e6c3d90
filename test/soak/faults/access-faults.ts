import { PermissionFlagsBits } from 'discord-api-types/v10'
import * as channels from '../../../sandbox/actions/channels.ts'
import * as members from '../../../sandbox/actions/members.ts'
import * as overwrites from '../../../sandbox/actions/overwrites.ts'
import * as roles from '../../../sandbox/actions/roles.ts'
import { textChannel } from '../../../sandbox/world/channels.ts'
import type { SoakSetup } from '../soak-setup.ts'
import type { EndFault } from './fault.ts'

export function takePermission({ discord, town, guilds, random }: SoakSetup): EndFault {
  const actor = { world: discord.world, guild: random.pick(guilds), actorId: town.moderators[0]?.id ?? '' }
  const { id, permissions } = town.roles.custos
  roles.updateRole(actor, id, { permissions: '0' })
  return () => roles.updateRole(actor, id, { permissions })
}

export function takeRole({ discord, town, guilds, random }: SoakSetup): EndFault {
  const actor = { world: discord.world, guild: random.pick(guilds), actorId: town.moderators[0]?.id ?? '' }
  members.removeRoles(actor, town.bot.id, [town.roles.custos.id])
  return () => members.addRoles(actor, town.bot.id, [town.roles.custos.id])
}

export function dropPermissionSilently({ town, guilds, random }: SoakSetup): EndFault {
  const guild = random.pick(guilds)
  const { id, permissions } = town.roles.custos
  const set = (changed: string) => guild.roles.set(id, { ...town.roles.custos, permissions: changed })
  set('0')
  return () => set(permissions)
}

/** Makes a channel private, so that it becomes hidden from the bot. */
export function hideChannel({ discord, town, guilds, random }: SoakSetup): EndFault {
  const guild = random.pick(guilds)
  const actor = { world: discord.world, guild, actorId: town.moderators[0]?.id ?? '' }
  const channel = random.pick(town.channels.slice(0, 2))
  overwrites.setOverwrite(
    actor,
    channel,
    overwrites.roleOverwrite(guild.id, 0n, PermissionFlagsBits.ViewChannel),
  )
  return () => overwrites.deleteOverwrite(actor, channel, guild.id)
}

/** Allows the bot to view a private channel. */
export function revealChannel({ discord, town, guilds, random }: SoakSetup): EndFault {
  const actor = { world: discord.world, guild: random.pick(guilds), actorId: town.moderators[0]?.id ?? '' }
  const letIn = overwrites.roleOverwrite(town.roles.custos.id, PermissionFlagsBits.ViewChannel, 0n)
  overwrites.setOverwrite(actor, town.modRoom, letIn)
  return () => overwrites.deleteOverwrite(actor, town.modRoom, town.roles.custos.id)
}

/** Creates a private channel, and soon deletes it. */
export function deleteHiddenChannel({ discord, town, guilds, random }: SoakSetup): EndFault {
  const guild = random.pick(guilds)
  const actor = { world: discord.world, guild, actorId: town.moderators[0]?.id ?? '' }
  const permission_overwrites = [overwrites.roleOverwrite(guild.id, 0n, PermissionFlagsBits.ViewChannel)]
  const id = discord.world.newId()
  const ticket = textChannel(id, guild.id, `ticket-${random.whole(1, 999)}`)
  channels.createChannel(actor, { ...ticket, permission_overwrites })
  return () => channels.deleteChannel(actor, id)
}
