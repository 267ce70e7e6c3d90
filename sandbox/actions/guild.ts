import { AuditLogEvent, GatewayDispatchEvents, GatewayIntentBits } from 'discord-api-types/v10'
import { guildPayload } from '../payloads/guild.ts'
import type { JsonObject } from '../world/json.ts'
import type { Actor } from './actor.ts'
import { updateChanges, writeEntry } from './entry.ts'

export function updateGuild(actor: Actor, before: JsonObject, after: JsonObject, reason?: string): void {
  const { guild, world } = actor
  if (typeof after.name === 'string') guild.name = after.name
  writeEntry(actor, {
    type: AuditLogEvent.GuildUpdate,
    targetId: guild.id,
    changes: updateChanges(before, after),
    reason,
  })
  const event = GatewayDispatchEvents.GuildUpdate
  world.emit({ event, guildId: guild.id, data: guildPayload(guild), intent: GatewayIntentBits.Guilds })
}

/** @param permissions by the id of the role, member or channel that may use the command, which is the change's key */
export function setCommandPermissions(
  actor: Actor,
  commandId: string,
  applicationId: string,
  permissions: JsonObject,
): void {
  writeEntry(actor, {
    type: AuditLogEvent.ApplicationCommandPermissionUpdate,
    targetId: commandId,
    changes: updateChanges({}, permissions),
    options: { application_id: applicationId },
  })
}

export function updateOnboarding(actor: Actor, before: JsonObject, after: JsonObject): void {
  writeEntry(actor, {
    type: AuditLogEvent.OnboardingUpdate,
    targetId: actor.guild.id,
    changes: updateChanges(before, after),
  })
}

export function setVoiceStatus(actor: Actor, channelId: string, status: string | null): void {
  const type =
    status === null ? AuditLogEvent.VoiceChannelStatusDelete : AuditLogEvent.VoiceChannelStatusCreate
  const options = { channel_id: channelId, ...(status !== null && { status }) }
  writeEntry(actor, { type, targetId: channelId, options })
}
