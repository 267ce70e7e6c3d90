import { mayView } from '../../world/access.ts'
import type { Faults } from '../faults.ts'
import type { Members } from '../member-requests.ts'
import type { Passing } from '../time-lapse.ts'
import type { Stage } from '../playground.ts'
import type { BotView, Told } from './page-state.ts'
import { commandViews, menuViews } from './view-commands.ts'
import { guildView } from './view-guild.ts'
import { logView } from './view-log.ts'
import { messageView } from './view-message.ts'

/**
 * All that a member can see, by what it is about; and backstage, what only the page's reader does.
 * @param asked who; the first it is worth being where there is no such member
 */
export function see(
  stage: Stage,
  members: Members,
  faults: Faults,
  passing: Passing,
  asked: string,
): Map<string, Told> {
  const { town, personas } = stage
  const { guild } = town
  const memberId = town.discord.world.users.has(asked) ? asked : (personas[0]?.id ?? '')
  const commands = town.as(memberId).commands()
  const seen = new Map<string, Told>([
    ['guild', { is: 'guild', guild: guildView(stage, memberId) }],
    ['commands', { is: 'commands', commands: commandViews(commands), menus: menuViews(commands) }],
    ['bot', { is: 'bot', bot: botView(stage, faults, passing) }],
    ['log', { is: 'log', log: logView(town) }],
  ])
  for (const message of town.discord.conversation.messages.values()) {
    const { id, channelId, deleted, ephemeralTo } = message
    if (deleted || (ephemeralTo !== null && ephemeralTo !== memberId)) continue
    const channel = guild.channels.get(channelId) ?? guild.threads.get(channelId)
    if (channel && !mayView(guild, memberId, channel)) continue
    seen.set(id, { is: 'message', message: messageView(message, members.used.get(id)) })
  }
  return seen
}

function botView({ town, bot }: Stage, faults: Faults, passing: Passing): BotView {
  const connected = town.discord.gateway.sessionsOf(town.bot.id).some(({ socket }) => socket)
  const isAway = !connected && (bot.state === 'reading' || bot.state === 'watching')
  return { state: isAway ? 'away' : bot.state, said: bot.said, faults: faults.on, timePasses: passing.passes }
}
