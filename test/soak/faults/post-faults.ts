import { PermissionFlagsBits } from 'discord-api-types/v10'
import * as overwrites from '../../../sandbox/actions/overwrites.ts'
import { unknown } from '../../../sandbox/rest/errors.ts'
import { apiErrorFault, type FaultRule, type RestFault } from '../../../sandbox/rest/faults.ts'
import { POSTS } from '../limits.ts'
import type { SoakSetup } from '../soak-setup.ts'
import type { EndFault, Fault } from './fault.ts'

/** Every request for a post fails: to send, to edit or to find it. */
export function failPosts(fault: RestFault): Fault {
  return (setup) => {
    setup.postFault = (_, path) => (POSTS.test(path) ? fault : undefined)
    return () => {
      setup.postFault = undefined
    }
  }
}

/** Some requests fail, others do not. */
export function failSomePosts(fault: RestFault): Fault {
  return (setup) => {
    const { random } = setup
    const rule: FaultRule = (method, path) =>
      method !== 'GET' && POSTS.test(path) && random.chance(0.5) ? fault : undefined
    setup.postFault = rule
    return () => {
      setup.postFault = undefined
    }
  }
}

/** Discord says that there are no channels. */
export const loseChannels: Fault = failPosts(apiErrorFault(unknown.channel()))

/** Posts take longer than anything else. */
export function slowPosts({ discord, random }: SoakSetup): EndFault {
  discord.latency = (method, path) => (method !== 'GET' && POSTS.test(path) ? random.whole(5, 60) : 0)
  return () => {
    discord.latency = undefined
  }
}

/** Custos loses a permission in a channel that it posts in, which is announced. */
export function takePostPermission(...permissions: readonly bigint[]): Fault {
  return ({ discord, town, guilds, random, channels }) => {
    const guild = random.pick(guilds)
    const actor = { world: discord.world, guild, actorId: town.moderators[0]?.id ?? '' }
    const channelId = random.pick(Object.values(channels.get(guild) ?? {}))
    const denied = random.pick(permissions)
    overwrites.setOverwrite(actor, channelId, overwrites.memberOverwrite(town.bot.id, 0n, denied))
    return () => overwrites.deleteOverwrite(actor, channelId, town.bot.id)
  }
}

/** Custos loses a permission in a channel that it posts in, and Discord sends no event. */
export function dropPostPermissionSilently({ town, guilds, random, channels }: SoakSetup): EndFault {
  const guild = random.pick(guilds)
  const channelId = random.pick(Object.values(channels.get(guild) ?? {}))
  const channel = guild.channels.get(channelId)
  if (!channel) return () => {}
  const denied = overwrites.memberOverwrite(town.bot.id, 0n, PermissionFlagsBits.SendMessages)
  const own = channel.permission_overwrites
  guild.channels.set(channelId, { ...channel, permission_overwrites: [...own, denied] })
  return () => {
    const now = guild.channels.get(channelId)
    if (!now) return
    const left = now.permission_overwrites.filter(({ id }) => id !== town.bot.id)
    guild.channels.set(channelId, { ...now, permission_overwrites: left })
  }
}
