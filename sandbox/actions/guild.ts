import { AuditLogEvent, GatewayDispatchEvents, GatewayIntentBits } from 'discord-api-types/v10'
import { guildToWire } from '../payloads/guild.ts'
import { changed, record, type Scene, type Values } from './actor.ts'

export function updateGuild(scene: Scene, before: Values, after: Values, reason?: string): void {
  const { guild, world } = scene
  if (typeof after.name === 'string') guild.name = after.name
  record(scene, {
    type: AuditLogEvent.GuildUpdate,
    targetId: guild.id,
    changes: changed(before, after),
    reason,
  })
  const event = GatewayDispatchEvents.GuildUpdate
  world.tell({ event, guildId: guild.id, data: guildToWire(guild), intent: GatewayIntentBits.Guilds })
}

/** @param permissions who may use the command: changes keyed by the id of a role, member or channel */
export function setCommandPermissions(
  scene: Scene,
  commandId: string,
  applicationId: string,
  permissions: Values,
): void {
  record(scene, {
    type: AuditLogEvent.ApplicationCommandPermissionUpdate,
    targetId: commandId,
    changes: changed({}, permissions),
    options: { application_id: applicationId },
  })
}

export function updateOnboarding(scene: Scene, before: Values, after: Values): void {
  record(scene, {
    type: AuditLogEvent.OnboardingUpdate,
    targetId: scene.guild.id,
    changes: changed(before, after),
  })
}

export function setVoiceStatus(scene: Scene, channelId: string, status: string | null): void {
  const type =
    status === null ? AuditLogEvent.VoiceChannelStatusDelete : AuditLogEvent.VoiceChannelStatusCreate
  const options = { channel_id: channelId, ...(status !== null && { status }) }
  record(scene, { type, targetId: channelId, options })
}
