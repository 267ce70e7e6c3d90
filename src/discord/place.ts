import { type BaseInteraction, ChannelFlags, PermissionFlagsBits } from 'discord.js'
import type { Place } from '../../commands/place.ts'
import type { Desk, InGuild } from './desk.ts'
import type { Responder } from './responder.ts'

const HIDDEN = ChannelFlags.ChannelObfuscated

/** How large a file may be where Discord does not say, in bytes. https://docs.discord.com/developers/reference#uploading-files */
const USUAL_FILE_LIMIT = 10 * 1024 * 1024

/** Where an interaction came from. */
export function placeOf(
  desk: Desk,
  { guild, guildId, id, attachmentSizeLimit, memberPermissions }: InGuild<BaseInteraction>,
  responder: Responder,
): Place {
  const { clock, log, roleHolders } = desk
  return {
    now: clock.momentOf(id),
    guildName: guild?.name ?? guildId,
    mayView: memberPermissions?.has(PermissionFlagsBits.ViewAuditLog) ?? false,
    retentionDays: desk.retentionDays,
    fileLimit: Number.isFinite(attachmentSizeLimit) ? attachmentSizeLimit : USUAL_FILE_LIMIT,
    hiddenChannels: guild?.channels.cache.filter(({ flags }) => flags?.has(HIDDEN)).size ?? 0,
    roleMembers: (roleId, candidates) => roleHolders.of(guildId, roleId, candidates),
    paint: (chart) =>
      desk.painter.paint(chart).catch((error: unknown) => {
        log.error({ guild: guildId, err: error }, 'A chart could not be drawn.')
        return undefined
      }),
    report: (sentence) => responder.report(sentence),
  }
}
