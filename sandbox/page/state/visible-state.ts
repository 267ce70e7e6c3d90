import { mayView } from '../../world/access.ts'
import type { Faults } from '../faults.ts'
import type { MemberRequests } from '../member-requests.ts'
import type { Playground } from '../playground.ts'
import type { TimeLapse } from '../time-lapse.ts'
import type { BotView, StateUpdate } from './page-state.ts'
import { commandViews, menuViews } from './view-commands.ts'
import { guildView } from './view-guild.ts'
import { logView } from './view-log.ts'
import { messageView } from './view-message.ts'

/**
 * All that a member can see, by what it is about; and backstage, what only the page's reader does.
 * @param asked who; the first it is worth being where there is no such member
 */
export function visibleState(
  playground: Playground,
  members: MemberRequests,
  faults: Faults,
  timeLapse: TimeLapse,
  asked: string,
): Map<string, StateUpdate> {
  const { town, suggestedMembers } = playground
  const { guild } = town
  const memberId = town.discord.world.users.has(asked) ? asked : (suggestedMembers[0]?.id ?? '')
  const commands = town.as(memberId).commands()
  const reply = new Map<string, StateUpdate>([
    ['guild', { type: 'guild', guild: guildView(playground, memberId) }],
    ['commands', { type: 'commands', commands: commandViews(commands), menus: menuViews(commands) }],
    ['bot', { type: 'bot', bot: botView(playground, faults, timeLapse) }],
    ['log', { type: 'log', log: logView(town) }],
  ])
  for (const message of town.discord.conversation.messages.values()) {
    const { id, channelId, deleted, ephemeralTo } = message
    if (deleted || (ephemeralTo !== null && ephemeralTo !== memberId)) continue
    const channel = guild.channels.get(channelId) ?? guild.threads.get(channelId)
    if (channel && !mayView(guild, memberId, channel)) continue
    reply.set(id, { type: 'message', message: messageView(message, members.commandOf.get(id)) })
  }
  return reply
}

function botView({ town, bot }: Playground, faults: Faults, timeLapse: TimeLapse): BotView {
  const connected = town.discord.gateway.sessionsOf(town.bot.id).some(({ socket }) => socket)
  const isAway = !connected && (bot.state === 'reading' || bot.state === 'watching')
  return {
    state: isAway ? 'away' : bot.state,
    lastLogMessage: bot.lastLogMessage,
    faults: faults.on,
    isTimePassing: timeLapse.isRunning,
  }
}
