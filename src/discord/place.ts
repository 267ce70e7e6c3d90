import { type BaseInteraction, PermissionFlagsBits } from 'discord.js'
import type { Place } from '../../commands/place.ts'
import type { Desk, InGuild } from './desk.ts'
import type { Responder } from './responder.ts'
import { roleMembers } from './role-members.ts'

/** Where an interaction came from. */
export function placeOf(
  desk: Desk,
  { guildId, id, attachmentSizeLimit, memberPermissions }: InGuild<BaseInteraction>,
  responder: Responder,
): Place {
  const { rest, guilds, clock, log, signal } = desk
  return {
    now: clock.momentOf(id),
    guildName: guilds.nameOf(guildId) ?? guildId,
    mayView: memberPermissions?.has(PermissionFlagsBits.ViewAuditLog) ?? false,
    retentionDays: desk.retentionDays,
    fileLimit: attachmentSizeLimit,
    hiddenChannels: guilds.hiddenIn(guildId),
    roleMembers: (roleId, candidates) => roleMembers({ rest, log, signal }, guildId, roleId, candidates),
    paint: (chart) =>
      desk.painter.paint(chart).catch((error: unknown) => {
        log.error({ guild: guildId, err: error }, 'A chart could not be drawn.')
        return undefined
      }),
    report: (sentence) => responder.report(sentence),
  }
}
