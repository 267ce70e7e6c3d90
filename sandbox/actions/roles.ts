import { type APIRole, AuditLogEvent, GatewayDispatchEvents, GatewayIntentBits } from 'discord-api-types/v10'
import { changeAccess } from './channel-access.ts'
import { changed, made, record, type Scene, unmade, type Values } from './actor.ts'

export function createRole(scene: Scene, role: APIRole, reason?: string): void {
  scene.guild.roles.set(role.id, role)
  record(scene, { type: AuditLogEvent.RoleCreate, targetId: role.id, changes: made(described(role)), reason })
  tell(scene, GatewayDispatchEvents.GuildRoleCreate, { role })
}

export function updateRole(scene: Scene, roleId: string, values: Partial<APIRole>, reason?: string): void {
  const before = scene.guild.roles.get(roleId)
  if (!before) return
  const role = { ...before, ...values }
  const changes = changed({ ...before }, values)
  changeAccess(scene, () => {
    scene.guild.roles.set(roleId, role)
    if (changes.length > 0)
      record(scene, { type: AuditLogEvent.RoleUpdate, targetId: roleId, changes, reason })
    tell(scene, GatewayDispatchEvents.GuildRoleUpdate, { role })
  })
}

export function deleteRole(scene: Scene, roleId: string, reason?: string): void {
  const { guild } = scene
  const role = guild.roles.get(roleId)
  if (!role) return
  changeAccess(scene, () => {
    guild.roles.delete(roleId)
    for (const member of guild.members.values()) member.roles = member.roles.filter((id) => id !== roleId)
    record(scene, {
      type: AuditLogEvent.RoleDelete,
      targetId: roleId,
      changes: unmade(described(role)),
      reason,
    })
    tell(scene, GatewayDispatchEvents.GuildRoleDelete, { role_id: roleId })
  })
}

function described({ name, permissions, color, hoist, mentionable }: APIRole): Values {
  return { name, permissions, color, hoist, mentionable }
}

function tell({ world, guild }: Scene, event: GatewayDispatchEvents, data: Values): void {
  world.tell({
    event,
    guildId: guild.id,
    data: { ...data, guild_id: guild.id },
    intent: GatewayIntentBits.Guilds,
  })
}
