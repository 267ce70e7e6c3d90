import { type BaseInteraction, PermissionFlagsBits } from 'discord.js'
import type { Place } from '../../command/context.ts'
import type { Desk, InGuild } from './bot-context.ts'
import type { Responder } from './responder.ts'

/** Where an interaction came from. */
export function placeOf(
  desk: Desk,
  { guildId, id, attachmentSizeLimit, memberPermissions }: InGuild<BaseInteraction>,
  responder: Responder,
): Place {
  const { guilds, clock, log, roleHolders } = desk
  return {
    now: clock.momentOf(id),
    guildName: guilds.nameOf(guildId) ?? guildId,
    mayView: memberPermissions?.has(PermissionFlagsBits.ViewAuditLog) ?? false,
    retentionDays: desk.retentionDays,
    fileLimit: attachmentSizeLimit,
    hiddenChannels: guilds.hiddenIn(guildId),
    roleMembers: (roleId, candidates) => roleHolders.of(guildId, roleId, candidates),
    paint: (chart) =>
      desk.painter.paint(chart).catch((error: unknown) => {
        log.error({ guild: guildId, err: error }, 'A chart could not be drawn.')
        return undefined
      }),
    report: (sentence) => responder.report(sentence),
  }
}
