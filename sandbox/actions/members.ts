import { type APIGuildMember, AuditLogEvent, GatewayDispatchEvents } from 'discord-api-types/v10'
import { isoTime } from '../world/guild.ts'
import type { Actor } from './actor.ts'
import { changeAccess } from './channel-access.ts'
import { updateChanges, writeEntry } from './entry.ts'
import { emitBan, emitMemberUpdate } from './member-events.ts'
import { mergeIntoRecent } from './merge.ts'

/** How many members one entry of a prune covers at most. */
const PRUNE_BATCH = 1000

/** The time between the entries of one prune, in milliseconds. */
const PRUNE_INTERVAL = 2000

/** The username, without its number, of the members that later entries of a large prune name. */
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

/** Bans several users at once. The entries have no executor. https://github.com/discord/discord-api-docs/issues/8188 */
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
 * Prunes members. Discord writes one entry per 1,000 members. The first names who pruned; each later one names a
 * pruned member as executor and has a wrong amount, here always 1,000. The last entry is written now.
 * https://github.com/discord/discord-api-docs/issues/6428
 */
export function prune(actor: Actor, days: number, removed: number): void {
  const { world } = actor
  const batches = Math.max(Math.ceil(removed / PRUNE_BATCH), 1)
  const start = world.now() - (batches - 1) * PRUNE_INTERVAL
  const write = (batch: number, amount: number, userId?: string) => {
    const options = { delete_member_days: String(days), members_removed: String(amount) }
    const at = start + batch * PRUNE_INTERVAL
    writeEntry(actor, {
      type: AuditLogEvent.MemberPrune,
      options,
      at,
      ...(userId !== undefined && { userId }),
    })
  }
  write(0, Math.min(removed, PRUNE_BATCH))
  for (let batch = 1; batch < batches; batch++) {
    write(batch, PRUNE_BATCH, world.addUser(`${PRUNED_NAME}${batch}`).id)
  }
}

/** @param until milliseconds since the Unix epoch; null removes the timeout */
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

/** Moves a member to a voice channel. Merged into a recent move to the same channel. */
export function move(actor: Actor, channelId: string): void {
  const type = AuditLogEvent.MemberMove
  const merged = mergeIntoRecent(actor, { type, targetId: null, options: { channel_id: channelId } })
  if (!merged) writeEntry(actor, { type, options: { channel_id: channelId, count: '1' } })
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
  const current = member?.roles ?? []
  // Adding a role the member has, or removing one they lack, writes no entry.
  const moved = roleIds.filter((id) => current.includes(id) === (key === '$remove'))
  if (moved.length === 0) return
  const roles = moved.map((id) => ({ id, name: actor.guild.roles.get(id)?.name ?? 'deleted-role' }))
  const changes = [{ key, new_value: roles }]
  changeAccess(actor, () => {
    if (member)
      member.roles = key === '$add' ? [...current, ...moved] : current.filter((id) => !moved.includes(id))
    writeEntry(actor, { type: AuditLogEvent.MemberRoleUpdate, targetId: userId, changes, reason })
    emitMemberUpdate(actor, userId)
  })
}
