import { GatewayDispatchEvents, GatewayIntentBits } from 'discord-api-types/v10'
import type { Actor } from './actor.ts'

export function emitMemberUpdate({ world, guild }: Actor, userId: string): void {
  const member = guild.members.get(userId)
  if (!member) return
  world.emit({
    event: GatewayDispatchEvents.GuildMemberUpdate,
    guildId: guild.id,
    data: { ...member, guild_id: guild.id },
    intent: GatewayIntentBits.GuildMembers,
    aboutUser: userId,
  })
}

export function emitBan(
  { world, guild }: Actor,
  userId: string,
  event: GatewayDispatchEvents.GuildBanAdd | GatewayDispatchEvents.GuildBanRemove,
): void {
  const user = world.users.get(userId)
  const data = { guild_id: guild.id, user }
  if (user) world.emit({ event, guildId: guild.id, data, intent: GatewayIntentBits.GuildModeration })
}
