import { type BaseInteraction, PermissionFlagsBits } from 'discord.js'
import type { CommandContext } from '../../command/context.ts'
import { timeZoneOf } from '../../core/guild-settings.ts'
import type { Snowflake } from '../../core/snowflake.ts'
import type { CommandUser } from '../rest/command-permissions.ts'
import type { BotContext, InGuild } from './bot-context.ts'
import type { Responder } from './responder.ts'

/**
 * The context of an interaction, for the command or component that answers it.
 * @param timeZone the guild's
 */
export function contextOf(
  bot: BotContext,
  interaction: InGuild<BaseInteraction>,
  responder: Responder,
  timeZone: string,
): CommandContext {
  const { guildId, id, user, attachmentSizeLimit, memberPermissions } = interaction
  const { guilds, clock, log, ownerRights, roleHolders, watching } = bot
  const change = { id, by: user.id }
  return {
    now: clock.momentOf(id),
    timeZone,
    guildName: guilds.nameOf(guildId) ?? guildId,
    retentionDays: bot.retentionDays,
    fileLimit: attachmentSizeLimit,
    hiddenChannels: guilds.hiddenIn(guildId),
    hasPermission: (permission) => memberPermissions?.has(PermissionFlagsBits[permission]) ?? false,
    hasOwnPermission: (permission) => interaction.appPermissions.has(PermissionFlagsBits[permission]),
    ownerRights: (command) => ownerRights.of(commandUser(interaction), command, log),
    roleMembers: (roleId, candidates) => roleHolders.of(guildId, roleId, candidates),
    rolePermissions: () => bot.guildRoles.permissionsIn(guildId),
    drawChart: (chart) =>
      bot.painter.paint(chart, { guildId, signal: responder.over }).catch((error: unknown) => {
        if (!responder.over.aborted) log.error({ err: error }, 'Drawing a chart failed.')
        return undefined
      }),
    obstacleIn: (channelId, hasFiles = false) => watching.obstacleIn({ guildId, channelId, hasFiles }),
    isMentionable: (roleId) =>
      interaction.isChatInputCommand() &&
      interaction.options.resolved?.roles?.get(roleId)?.mentionable === true,
    addWatch: (draft) => watching.add(guildId, change, draft),
    removeWatch: (number) => watching.remove(guildId, change, number),
    operate: (detail) => bot.archive.recordOperation(guildId, { ...change, detail }),
    report: (sentence) => responder.report(sentence),
  }
}

/** The member of an interaction, for what the guild's command permissions say about them. */
export function commandUser({ applicationId, guildId, user, member }: InGuild<BaseInteraction>): CommandUser {
  // discord.js knows no guild, so the roles are as Discord sent them.
  const roles = Array.isArray(member?.roles) ? member.roles : []
  return { applicationId, guildId, userId: user.id, roles }
}

/** The time zone that days and times mean in a guild, an IANA name. */
export async function timeZoneIn({ archive }: BotContext, guildId: Snowflake): Promise<string> {
  return timeZoneOf(await archive.settings(guildId))
}
