import { mayView } from '../../world/access.ts'
import type { Guild } from '../../world/guild.ts'
import type { Message } from '../../world/message.ts'
import type { PageParts } from '../parts.ts'
import type { BotView, StateUpdate } from './page-state.ts'
import { commandViews, menuViews } from './view-commands.ts'
import { guildView } from './view-guild.ts'
import { logView } from './view-log.ts'
import { messageView } from './view-message.ts'

/**
 * Everything that the page shows to a member, by key: `guild`, `commands`, `bot`, `log`, and the id of each message.
 * @param requestedId the member; the first suggested one if there is no such user
 */
export function visibleState(parts: PageParts, requestedId: string): Map<string, StateUpdate> {
  const { town, suggestedMembers } = parts.playground
  const { guild } = town
  const isKnown = town.discord.world.users.has(requestedId)
  const memberId = isKnown ? requestedId : (suggestedMembers[0]?.id ?? '')
  const commands = town.as(memberId).commands()
  const state = new Map<string, StateUpdate>([
    ['guild', { type: 'guild', guild: guildView(parts.playground, memberId) }],
    ['commands', { type: 'commands', commands: commandViews(commands), menus: menuViews(commands) }],
    ['bot', { type: 'bot', bot: botView(parts) }],
    ['log', { type: 'log', log: logView(town) }],
  ])
  for (const message of town.discord.conversation.messages.values()) {
    const { id, channelId, deleted, ephemeralTo } = message
    if (deleted || (ephemeralTo !== null && ephemeralTo !== memberId)) continue
    const channel = guild.channels.get(channelId) ?? guild.threads.get(channelId)
    if (channel && !mayView(guild, memberId, channel)) continue
    const direct = town.discord.world.directChannels.get(channelId)
    if (direct && direct.userId !== memberId) continue
    const command = parts.memberRequests.commandOf.get(id)
    const isMention = pings(message, guild, memberId)
    state.set(id, { type: 'message', message: messageView(message, command, isMention) })
  }
  return state
}

/** Whether a message mentions a member, by name, by one of their roles, or with everyone. */
function pings({ pinged }: Message, guild: Guild, memberId: string): boolean {
  const roles = guild.members.get(memberId)?.roles ?? []
  return ['everyone', memberId, ...roles].some((each) => pinged.includes(each))
}

function botView({ playground, faults, timeLapse, raid }: PageParts): BotView {
  const { town, bot } = playground
  const isOnline = bot.state === 'reading' || bot.state === 'connected'
  const isConnected = town.discord.gateway.isConnected(town.bot.id)
  return {
    state: isOnline && !isConnected ? 'disconnected' : bot.state,
    lastLogMessage: bot.lastLogMessage,
    faults: faults.active,
    isTimePassing: timeLapse.isRunning,
    isRaid: raid.isRunning,
  }
}
