import {
  type APIGuildMember,
  AuditLogEvent,
  GatewayDispatchEvents,
  GatewayIntentBits,
} from 'discord-api-types/v10'
import { isoTime } from '../world/guild.ts'
import { changeAccess } from './channel-access.ts'
import { grow } from './merge.ts'
import { changed, record, type Scene } from './actor.ts'

/** How many members one entry of a prune stands for at most, and how far apart its entries are (milliseconds). */
const PRUNED_AT_ONCE = 1000
const PRUNE_STEP = 2000

/** How the members are called whom the later entries of a large prune name. */
export const PRUNED_NAME = 'sleeper'

export function kick(scene: Scene, userId: string, reason?: string): void {
  scene.guild.members.delete(userId)
  record(scene, { type: AuditLogEvent.MemberKick, targetId: userId, reason })
}

export function ban(scene: Scene, userId: string, reason?: string): void {
  scene.guild.members.delete(userId)
  scene.guild.bans.add(userId)
  record(scene, { type: AuditLogEvent.MemberBanAdd, targetId: userId, reason })
  tellOfBan(scene, userId, GatewayDispatchEvents.GuildBanAdd)
}

/** Bans many at once: Discord does not say who did. */
export function bulkBan(scene: Scene, userIds: readonly string[], reason?: string): void {
  for (const userId of userIds) {
    scene.guild.members.delete(userId)
    scene.guild.bans.add(userId)
    record(scene, { type: AuditLogEvent.MemberBanAdd, targetId: userId, reason, userId: null })
    tellOfBan(scene, userId, GatewayDispatchEvents.GuildBanAdd)
  }
}

export function unban(scene: Scene, userId: string, reason?: string): void {
  scene.guild.bans.delete(userId)
  record(scene, { type: AuditLogEvent.MemberBanRemove, targetId: userId, reason })
  tellOfBan(scene, userId, GatewayDispatchEvents.GuildBanRemove)
}

/**
 * Prunes members: the last of them goes now. Of more than 1,000 Discord writes one entry for each 1,000. The first
 * names who pruned, each later one a member who was pruned, and an amount that is wrong: here always 1,000.
 * https://github.com/discord/discord-api-docs/issues/6428
 */
export function prune(scene: Scene, days: number, removed: number): void {
  const { world } = scene
  const parts = Math.max(Math.ceil(removed / PRUNED_AT_ONCE), 1)
  const begins = world.now() - (parts - 1) * PRUNE_STEP
  const write = (part: number, amount: number, userId?: string) => {
    const options = { delete_member_days: String(days), members_removed: String(amount) }
    const at = begins + part * PRUNE_STEP
    record(scene, { type: AuditLogEvent.MemberPrune, options, at, ...(userId !== undefined && { userId }) })
  }
  write(0, Math.min(removed, PRUNED_AT_ONCE))
  for (let part = 1; part < parts; part++) {
    write(part, PRUNED_AT_ONCE, world.addUser(`${PRUNED_NAME}${part}`).id)
  }
}

/** @param until milliseconds since the Unix epoch; null lifts the timeout */
export function timeout(scene: Scene, userId: string, until: number | null, reason?: string): void {
  const values = { communication_disabled_until: until === null ? null : isoTime(until) }
  update(scene, userId, values, reason)
}

export function rename(scene: Scene, userId: string, nick: string | null, reason?: string): void {
  update(scene, userId, { nick }, reason)
}

export function giveRoles(scene: Scene, userId: string, roleIds: readonly string[], reason?: string): void {
  changeRoles(scene, userId, '$add', roleIds, reason)
}

export function takeRoles(scene: Scene, userId: string, roleIds: readonly string[], reason?: string): void {
  changeRoles(scene, userId, '$remove', roleIds, reason)
}

/** Moves a member to a voice channel. Folded into a recent move by the same moderator to the same channel. */
export function move(scene: Scene, channelId: string): void {
  const type = AuditLogEvent.MemberMove
  const grown = grow(scene, { type, targetId: null, options: { channel_id: channelId } })
  if (!grown) record(scene, { type, options: { channel_id: channelId, count: '1' } })
}

export function disconnect(scene: Scene): void {
  const type = AuditLogEvent.MemberDisconnect
  if (!grow(scene, { type, targetId: null, options: {} })) record(scene, { type, options: { count: '1' } })
}

export function addBot(scene: Scene, botId: string): void {
  const user = scene.world.users.get(botId)
  if (user) scene.guild.addMember(user, [], scene.world.now())
  record(scene, { type: AuditLogEvent.BotAdd, targetId: botId })
}

function update(scene: Scene, userId: string, values: Partial<APIGuildMember>, reason?: string): void {
  const before = scene.guild.members.get(userId)
  if (before) scene.guild.members.set(userId, { ...before, ...values })
  const changes = changed(before ? { ...before } : {}, values)
  if (changes.length > 0)
    record(scene, { type: AuditLogEvent.MemberUpdate, targetId: userId, changes, reason })
  tellOfMember(scene, userId)
}

function changeRoles(
  scene: Scene,
  userId: string,
  key: '$add' | '$remove',
  roleIds: readonly string[],
  reason?: string,
): void {
  const member = scene.guild.members.get(userId)
  const held = member?.roles ?? []
  // Giving what is held, or taking what is not, changes nothing, and nothing is logged.
  const moved = roleIds.filter((id) => held.includes(id) === (key === '$remove'))
  if (moved.length === 0) return
  const roles = moved.map((id) => ({ id, name: scene.guild.roles.get(id)?.name ?? 'deleted-role' }))
  const changes = [{ key, new_value: roles }]
  changeAccess(scene, () => {
    if (member) member.roles = key === '$add' ? [...held, ...moved] : held.filter((id) => !moved.includes(id))
    record(scene, { type: AuditLogEvent.MemberRoleUpdate, targetId: userId, changes, reason })
    tellOfMember(scene, userId)
  })
}

function tellOfMember({ world, guild }: Scene, userId: string): void {
  const member = guild.members.get(userId)
  if (!member) return
  world.tell({
    event: GatewayDispatchEvents.GuildMemberUpdate,
    guildId: guild.id,
    data: { ...member, guild_id: guild.id },
    intent: GatewayIntentBits.GuildMembers,
    ofUser: userId,
  })
}

function tellOfBan(
  { world, guild }: Scene,
  userId: string,
  event: GatewayDispatchEvents.GuildBanAdd | GatewayDispatchEvents.GuildBanRemove,
): void {
  const user = world.users.get(userId)
  const data = { guild_id: guild.id, user }
  if (user) world.tell({ event, guildId: guild.id, data, intent: GatewayIntentBits.GuildModeration })
}
