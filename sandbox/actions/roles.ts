import { type APIRole, AuditLogEvent, GatewayDispatchEvents, GatewayIntentBits } from 'discord-api-types/v10'
import type { JsonObject } from '../world/json.ts'
import type { Actor } from './actor.ts'
import { changeAccess } from './channel-access.ts'
import { creationChanges, deletionChanges, updateChanges, writeEntry } from './entry.ts'

export function createRole(actor: Actor, role: APIRole, reason?: string): void {
  actor.guild.roles.set(role.id, role)
  writeEntry(actor, {
    type: AuditLogEvent.RoleCreate,
    targetId: role.id,
    changes: creationChanges(loggedFields(role)),
    reason,
  })
  emitRole(actor, GatewayDispatchEvents.GuildRoleCreate, { role })
}

export function updateRole(actor: Actor, roleId: string, values: Partial<APIRole>, reason?: string): void {
  const before = actor.guild.roles.get(roleId)
  if (!before) return
  const role = { ...before, ...values }
  const changes = updateChanges({ ...before }, values)
  changeAccess(actor, () => {
    actor.guild.roles.set(roleId, role)
    if (changes.length > 0)
      writeEntry(actor, { type: AuditLogEvent.RoleUpdate, targetId: roleId, changes, reason })
    emitRole(actor, GatewayDispatchEvents.GuildRoleUpdate, { role })
  })
}

export function deleteRole(actor: Actor, roleId: string, reason?: string): void {
  const { guild } = actor
  const role = guild.roles.get(roleId)
  if (!role) return
  changeAccess(actor, () => {
    guild.roles.delete(roleId)
    for (const member of guild.members.values()) member.roles = member.roles.filter((id) => id !== roleId)
    writeEntry(actor, {
      type: AuditLogEvent.RoleDelete,
      targetId: roleId,
      changes: deletionChanges(loggedFields(role)),
      reason,
    })
    emitRole(actor, GatewayDispatchEvents.GuildRoleDelete, { role_id: roleId })
  })
}

function loggedFields({ name, permissions, color, hoist, mentionable }: APIRole): JsonObject {
  return { name, permissions, color, hoist, mentionable }
}

function emitRole({ world, guild }: Actor, event: GatewayDispatchEvents, data: JsonObject): void {
  world.emit({
    event,
    guildId: guild.id,
    data: { ...data, guild_id: guild.id },
    intent: GatewayIntentBits.Guilds,
  })
}
