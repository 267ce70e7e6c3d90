import type { SoakSetup } from '../soak-setup.ts'
import type { EndFault } from './fault.ts'

export function takeGatewayDown({ discord: { gateway } }: SoakSetup): EndFault {
  gateway.down = true
  gateway.dropConnections()
  return () => {
    gateway.down = false
  }
}

/** The connection drops, and the next one begins with a malformed HELLO. */
export function sendOddHello({ discord: { gateway }, random }: SoakSetup): EndFault {
  const usual = gateway.hello
  gateway.hello = random.pick([null, 'hello', [], {}, { heartbeat_interval: 0 }, { heartbeat_interval: -1 }])
  gateway.dropConnections()
  return () => {
    gateway.hello = usual
  }
}

/** Invalidates the session with malformed data. */
export function sendOddInvalidSession({ discord: { gateway }, random }: SoakSetup): undefined {
  gateway.invalidSession = random.pick([null, 'false', [], {}])
  gateway.invalidate()
  gateway.invalidSession = false
}

export function makeGuildUnavailable({ discord, guilds, random }: SoakSetup): EndFault {
  const { id } = random.pick(guilds)
  discord.gateway.setAvailable(id, false)
  return () => discord.gateway.setAvailable(id, true)
}

export function removeBot({ discord, town, guilds, random }: SoakSetup): EndFault | undefined {
  const guild = random.pick(guilds)
  if (!guild.members.has(town.bot.id)) return undefined
  discord.gateway.announceLeave(guild.id, town.bot.id)
  guild.members.delete(town.bot.id)
  return () => {
    guild.addMember(town.bot.user, [town.roles.custos.id], discord.world.now())
    discord.gateway.announceJoin(guild.id, town.bot.id)
  }
}

export async function restartBot(setup: SoakSetup): Promise<undefined> {
  if (!setup.canRestart) return
  await setup.stopBot()
  await setup.startBot()
}
