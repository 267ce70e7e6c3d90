import { type BaseInteraction, PermissionFlagsBits } from 'discord.js'
import type { CommandContext } from '../../command/context.ts'
import type { BotContext, InGuild } from './bot-context.ts'
import type { Responder } from './responder.ts'

/** The context of an interaction, for the command or component that answers it. */
export function contextOf(
  bot: BotContext,
  { guildId, id, attachmentSizeLimit, memberPermissions }: InGuild<BaseInteraction>,
  responder: Responder,
): CommandContext {
  const { guilds, clock, log, roleHolders } = bot
  return {
    now: clock.momentOf(id),
    guildName: guilds.nameOf(guildId) ?? guildId,
    retentionDays: bot.retentionDays,
    fileLimit: attachmentSizeLimit,
    hiddenChannels: guilds.hiddenIn(guildId),
    hasPermission: (permission) => memberPermissions?.has(PermissionFlagsBits[permission]) ?? false,
    roleMembers: (roleId, candidates) => roleHolders.of(guildId, roleId, candidates),
    drawChart: (chart) =>
      bot.painter.paint(chart, { guildId, signal: responder.over }).catch((error: unknown) => {
        if (!responder.over.aborted) log.error({ guild: guildId, err: error }, 'Drawing a chart failed.')
        return undefined
      }),
    report: (sentence) => responder.report(sentence),
  }
}
