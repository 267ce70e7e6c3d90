import {
  type APIGuildMember,
  AuditLogEvent,
  GatewayDispatchEvents,
  GatewayIntentBits,
} from 'discord-api-types/v10'
import { isoTime } from '../world/guild.ts'
import { type Actor, updateChanges, writeEntry } from './actor.ts'
import { changeAccess } from './channel-access.ts'
import { mergeIntoRecent } from './merge.ts'

/** How many members one entry of a prune stands for at most, and how far apart its entries are (milliseconds). */
const PRUNED_AT_ONCE = 1000
const PRUNE_STEP = 2000

/** How the members are called whom the later entries of a large prune name. */
export const PRUNED_NAME = 'sleeper'

export function kick(actor: Actor, userId: string, reason?: string): void {
  actor.guild.members.delete(userId)
  writeEntry(actor, { type: AuditLogEvent.MemberKick, targetId: userId, reason })
}

export function ban(actor: Actor, userId: string, reason?: string): void {
  actor.guild.members.delete(userId)
  actor.guild.bans.add(userId)
  writeEntry(actor, { type: AuditLogEvent.MemberBanAdd, targetId: userId, reason })
  emitBan(actor, userId, GatewayDispatchEvents.GuildBanAdd)
}

/** Bans many at once: Discord does not say who did. */
export function bulkBan(actor: Actor, userIds: readonly string[], reason?: string): void {
  for (const userId of userIds) {
    actor.guild.members.delete(userId)
    actor.guild.bans.add(userId)
    writeEntry(actor, { type: AuditLogEvent.MemberBanAdd, targetId: userId, reason, userId: null })
    emitBan(actor, userId, GatewayDispatchEvents.GuildBanAdd)
  }
}

export function unban(actor: Actor, userId: string, reason?: string): void {
  actor.guild.bans.delete(userId)
  writeEntry(actor, { type: AuditLogEvent.MemberBanRemove, targetId: userId, reason })
  emitBan(actor, userId, GatewayDispatchEvents.GuildBanRemove)
}

/**
 * Prunes members: the last of them goes now. Of more than 1,000 Discord writes one entry for each 1,000. The first
 * names who pruned, each later one a member who was pruned, and an amount that is wrong: here always 1,000.
 * https://github.com/discord/discord-api-docs/issues/6428
 */
export function prune(actor: Actor, days: number, removed: number): void {
  const { world } = actor
  const parts = Math.max(Math.ceil(removed / PRUNED_AT_ONCE), 1)
  const begins = world.now() - (parts - 1) * PRUNE_STEP
  const write = (part: number, amount: number, userId?: string) => {
    const options = { delete_member_days: String(days), members_removed: String(amount) }
    const at = begins + part * PRUNE_STEP
    writeEntry(actor, {
      type: AuditLogEvent.MemberPrune,
      options,
      at,
      ...(userId !== undefined && { userId }),
    })
  }
  write(0, Math.min(removed, PRUNED_AT_ONCE))
  for (let part = 1; part < parts; part++) {
    write(part, PRUNED_AT_ONCE, world.addUser(`${PRUNED_NAME}${part}`).id)
  }
}

/** @param until milliseconds since the Unix epoch; null lifts the timeout */
export function timeout(actor: Actor, userId: string, until: number | null, reason?: string): void {
  const values = { communication_disabled_until: until === null ? null : isoTime(until) }
  update(actor, userId, values, reason)
}

export function setNickname(actor: Actor, userId: string, nick: string | null, reason?: string): void {
  update(actor, userId, { nick }, reason)
}

export function addRoles(actor: Actor, userId: string, roleIds: readonly string[], reason?: string): void {
  changeRoles(actor, userId, '$add', roleIds, reason)
}

export function removeRoles(actor: Actor, userId: string, roleIds: readonly string[], reason?: string): void {
  changeRoles(actor, userId, '$remove', roleIds, reason)
}

/** Moves a member to a voice channel. Folded into a recent move by the same moderator to the same channel. */
export function move(actor: Actor, channelId: string): void {
  const type = AuditLogEvent.MemberMove
  const grown = mergeIntoRecent(actor, { type, targetId: null, options: { channel_id: channelId } })
  if (!grown) writeEntry(actor, { type, options: { channel_id: channelId, count: '1' } })
}

export function disconnect(actor: Actor): void {
  const type = AuditLogEvent.MemberDisconnect
  if (!mergeIntoRecent(actor, { type, targetId: null, options: {} }))
    writeEntry(actor, { type, options: { count: '1' } })
}

export function addBot(actor: Actor, botId: string): void {
  const user = actor.world.users.get(botId)
  if (user) actor.guild.addMember(user, [], actor.world.now())
  writeEntry(actor, { type: AuditLogEvent.BotAdd, targetId: botId })
}

function update(actor: Actor, userId: string, values: Partial<APIGuildMember>, reason?: string): void {
  const before = actor.guild.members.get(userId)
  if (before) actor.guild.members.set(userId, { ...before, ...values })
  const changes = updateChanges(before ? { ...before } : {}, values)
  if (changes.length > 0)
    writeEntry(actor, { type: AuditLogEvent.MemberUpdate, targetId: userId, changes, reason })
  emitMemberUpdate(actor, userId)
}

function changeRoles(
  actor: Actor,
  userId: string,
  key: '$add' | '$remove',
  roleIds: readonly string[],
  reason?: string,
): void {
  const member = actor.guild.members.get(userId)
  const held = member?.roles ?? []
  // Giving what is held, or taking what is not, changes nothing, and nothing is logged.
  const moved = roleIds.filter((id) => held.includes(id) === (key === '$remove'))
  if (moved.length === 0) return
  const roles = moved.map((id) => ({ id, name: actor.guild.roles.get(id)?.name ?? 'deleted-role' }))
  const changes = [{ key, new_value: roles }]
  changeAccess(actor, () => {
    if (member) member.roles = key === '$add' ? [...held, ...moved] : held.filter((id) => !moved.includes(id))
    writeEntry(actor, { type: AuditLogEvent.MemberRoleUpdate, targetId: userId, changes, reason })
    emitMemberUpdate(actor, userId)
  })
}

function emitMemberUpdate({ world, guild }: Actor, userId: string): void {
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

function emitBan(
  { world, guild }: Actor,
  userId: string,
  event: GatewayDispatchEvents.GuildBanAdd | GatewayDispatchEvents.GuildBanRemove,
): void {
  const user = world.users.get(userId)
  const data = { guild_id: guild.id, user }
  if (user) world.emit({ event, guildId: guild.id, data, intent: GatewayIntentBits.GuildModeration })
}
